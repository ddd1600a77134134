#include "webhook/json.h"

namespace tocsin {

std::optional<Json> read_json(std::string_view text) {
    constexpr int kDeepest = 64;
    auto keep = [](int depth, Json::parse_event_t, Json&) { return depth <= kDeepest; };
    Json json = Json::parse(text, keep, false);
    if (json.is_discarded()) return std::nullopt;
    return json;
}

const Json& child(const Json& object, const char* name) {
    static const Json null;
    if (!object.is_object()) return null;
    auto found = object.find(name);
    return found == object.end() ? null : *found;
}

std::string as_text(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_number() ? value.dump() : "";
}

std::string text_in(const Json& object, const char* name) {
    return as_text(child(object, name));
}

std::vector<const Json*> each_of(const Json& value) {
    std::vector<const Json*> all;
    if (value.is_array()) {
        for (const Json& one : value) all.push_back(&one);
    } else if (!value.is_null()) {
        all.push_back(&value);
    }
    return all;
}

}  // namespace tocsin

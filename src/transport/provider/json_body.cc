#include "transport/provider/json_body.h"

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "mail/base64.h"
#include "mail/encoded_word.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostBytes = 1u << 20;
constexpr int kMostLevels = 32;

// The library reads without recursion, but what it read is copied and written with it.
bool is_deep(std::string_view text) {
    int level = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '"') quoted = !quoted;
        if (quoted && c == '\\') ++i;
        if (quoted) continue;
        if (c == '[' || c == '{') ++level;
        if (c == ']' || c == '}') --level;
        if (level > kMostLevels) return true;
    }
    return false;
}

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + '"';
}

bool is_among(std::span<const std::string_view> names, const std::string& name) {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view one) { return ascii_iequals(one, name); });
}

std::string header_value(const HeaderField& field) {
    if (field.structured) return field.value;
    return encode_unstructured(field.value, field.name.size() + 2);
}

}  // namespace

std::string json_text(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

HttpRequest post_json(std::string url, HttpHeaders headers, const Json& body) {
    headers.emplace_back("Content-Type", "application/json");
    headers.emplace_back("Accept", "application/json");
    return {"POST", std::move(url), std::move(headers), json_text(body)};
}

std::string base64(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() / 3 * 4 + 4);
    append_base64(out, bytes);
    return out;
}

std::string basic_auth(std::string_view user, std::string_view password) {
    return "Basic " + base64(std::string(user) + ":" + std::string(password));
}

Json person(const NamedMailbox& mailbox, const char* email, const char* name) {
    Json out = {{email, mailbox.address.wire()}};
    if (!mailbox.name.empty()) out[name] = mailbox.name;
    return out;
}

std::string written_address(const NamedMailbox& mailbox) {
    if (mailbox.name.empty()) return mailbox.address.wire();
    return in_quotes(mailbox.name) + " <" + mailbox.address.wire() + ">";
}

HttpHeaders custom_headers(const Draft& draft, std::span<const std::string_view> forbidden) {
    HttpHeaders out;
    for (const HeaderField& field : draft.headers) {
        if (!is_among(forbidden, field.name)) out.emplace_back(field.name, header_value(field));
    }
    return out;
}

Json metadata(const Message& message) {
    Json out = Json::object();
    if (!message.reference.empty()) out["tocsin"] = message.reference;
    if (!message.campaign.empty()) out["campaign"] = message.campaign;
    return out;
}

Json parse_json(std::string_view text) {
    if (text.size() > kMostBytes || is_deep(text)) return nullptr;
    Json value = Json::parse(text, nullptr, false);
    return value.is_discarded() ? Json(nullptr) : value;
}

const Json& member(const Json& value, const char* key) {
    static const Json kNothing;
    if (!value.is_object()) return kNothing;
    auto found = value.find(key);
    return found == value.end() ? kNothing : *found;
}

std::string text_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    return value.is_number_integer() ? value.dump() : std::string();
}

std::span<const Json> elements_of(const Json& value) {
    if (!value.is_array()) return {};
    const auto& elements = value.get_ref<const Json::array_t&>();
    return {elements.data(), elements.size()};
}

}  // namespace tocsin

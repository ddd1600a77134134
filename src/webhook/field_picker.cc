#include "webhook/field_picker.h"

#include <nlohmann/json.hpp>

namespace tocsin {
namespace {

using nlohmann::json;

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kMost = 200;

class Picker : public nlohmann::json_sax<json> {
  public:
    std::map<std::string, std::string> fields;
    bool is_object = false;

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t number) override { return take(std::to_string(number)); }
    bool number_unsigned(number_unsigned_t number) override { return take(std::to_string(number)); }
    bool number_float(number_float_t, const string_t& text) override { return take(text); }
    bool string(string_t& text) override { return take(std::move(text)); }
    bool binary(binary_t&) override { return false; }
    bool key(string_t& name) override {
        if (arrays_ == 0 && depth_ == 1) outer_ = name;
        name_ = std::move(name);
        return true;
    }
    bool start_object(std::size_t) override {
        if (depth_ == 0) is_object = true;
        return ++depth_ <= kDeepest;
    }
    bool end_object() override {
        --depth_;
        return true;
    }
    bool start_array(std::size_t) override {
        ++arrays_;
        return ++depth_ <= kDeepest;
    }
    bool end_array() override {
        --arrays_;
        --depth_;
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const json::exception&) override {
        return false;
    }

  private:
    bool take(std::string text) {
        if (arrays_ > 0 || depth_ == 0 || depth_ > 2) return true;
        std::string name = depth_ == 1 ? name_ : outer_ + "." + name_;
        return fields.size() < kMost && fields.emplace(std::move(name), std::move(text)).second;
    }

    std::size_t depth_ = 0, arrays_ = 0;
    std::string outer_, name_;
};

}  // namespace

std::optional<std::map<std::string, std::string>> pick_fields(std::string_view text) {
    Picker picker;
    if (!json::sax_parse(text, &picker) || !picker.is_object) return std::nullopt;
    return std::move(picker.fields);
}

}  // namespace tocsin

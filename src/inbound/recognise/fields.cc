#include "inbound/recognise/fields.h"

#include <algorithm>

#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostFields = 1000;
constexpr std::size_t kLongestValue = 8192;

bool is_name(std::string_view text) {
    auto fits = [](char c) { return c > ' ' && c < 127 && c != ':'; };
    return !text.empty() && text.size() <= 80 && std::all_of(text.begin(), text.end(), fits);
}

}  // namespace

void Fields::add(std::string_view name, std::string_view value) {
    if (fields_.size() >= kMostFields) return;
    fields_.push_back({ascii_lower(name), std::string(trim(value.substr(0, kLongestValue)))});
}

void Fields::extend(std::string_view more) {
    if (fields_.empty()) return;
    std::string& value = fields_.back().value;
    if (value.size() + more.size() < kLongestValue) value.append(" ").append(trim(more));
}

std::string_view Fields::first(std::string_view name) const {
    for (const Field& field : fields_) {
        if (field.name == name) return field.value;
    }
    return {};
}

bool Fields::has(std::string_view name) const {
    return std::any_of(fields_.begin(), fields_.end(),
                       [&](const Field& field) { return field.name == name; });
}

std::vector<std::string_view> Fields::all(std::string_view name) const {
    std::vector<std::string_view> found;
    for (const Field& field : fields_) {
        if (field.name == name) found.push_back(field.value);
    }
    return found;
}

FieldLine field_line(std::string_view line) {
    std::size_t colon = line.find(':');
    if (colon == line.npos) return {};
    std::string_view name = line.substr(0, colon);
    while (name.ends_with(' ')) name.remove_suffix(1);
    if (!is_name(name)) return {};
    return {name, trim(line.substr(colon + 1))};
}

std::string_view take_line(std::string_view& rest) {
    std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

Fields read_fields(std::string_view text) {
    Fields fields;
    while (!text.empty()) {
        std::string_view line = take_line(text);
        if (trim(line).empty()) {
            if (!fields.empty()) break;
        } else if (line.front() == ' ' || line.front() == '\t') {
            fields.extend(line);
        } else if (FieldLine field = field_line(line); !field.name.empty()) {
            fields.add(field.name, field.value);
        }
    }
    return fields;
}

}  // namespace tocsin

// JSON that a provider vouches for, read leniently: what is missing or of another type is empty.
// Private to this module.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

using Json = nlohmann::json;

// Nothing for what is no JSON; what is nested more than 64 deep is left out.
std::optional<Json> read_json(std::string_view text);
// A member of an object, or null.
const Json& child(const Json& object, const char* name);
// A text, or a number as text; else empty.
std::string as_text(const Json& value);
std::string text_in(const Json& object, const char* name);
// The array's elements, or the one value that stands for an array of one.
std::vector<const Json*> each_of(const Json& value);

}  // namespace tocsin

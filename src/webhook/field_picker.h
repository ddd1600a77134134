// Reads a few texts out of JSON that nobody vouches for yet: SNS and Mailgun sign what lies inside.
// What is not asked for is passed over, so that memory is bounded by the texts that are.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

// Texts and numbers of an object by name, those of the objects in it as "outer.name". Nothing for
// what is no JSON object, is nested more than 64 deep, has more than 200 of them, or one twice:
// others might take the other one.
std::optional<std::map<std::string, std::string>> pick_fields(std::string_view json);

}  // namespace tocsin

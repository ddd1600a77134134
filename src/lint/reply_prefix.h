// "Re:" and its kind at the beginning of a subject.
#pragma once

#include <string_view>

namespace tocsin {

// The prefix of a reply or a forwarded mail that `subject` begins with, in the languages of mail
// programs, with its colon: "Re:", "AW :"; empty where it begins with none.
std::string_view reply_prefix(std::string_view subject);

}  // namespace tocsin

// What a whole subject, or a whole first line, says that asks to leave: data, in comparable() form.
#pragma once

#include <span>
#include <string_view>

namespace tocsin {

std::span<const std::string_view> leaving_words();

}  // namespace tocsin

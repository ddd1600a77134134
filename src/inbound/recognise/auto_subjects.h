// How subjects of automatic replies begin: data, in comparable() form.
#pragma once

#include <span>
#include <string_view>

namespace tocsin {

std::span<const std::string_view> auto_subjects();

}  // namespace tocsin

// What the page brings with it, from src/preview/page/ (cmake/PageResources.cmake).
#pragma once

#include <string_view>

namespace tocsin {

std::string_view page_style();
std::string_view page_script();

}  // namespace tocsin

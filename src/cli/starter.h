// The files that `tocsin init` writes: those of src/cli/starter/, put into the program by
// cmake/Starter.cmake.
#pragma once

#include <string_view>
#include <vector>

namespace tocsin {

struct StarterFile {
    std::string_view name;  // relative to the workspace
    std::string_view content;
};

std::vector<StarterFile> starter_files();

}  // namespace tocsin

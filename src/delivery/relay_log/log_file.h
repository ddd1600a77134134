// The lines of a log file, plain or compressed with gzip, in constant memory.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

namespace tocsin {

// Calls `visit` with each line without its end; of a line longer than 64 KiB with the first 64 KiB.
// Throws MissingInput where there is no such file, Error (kBadInput) where it cannot be read or
// unpacked.
void for_each_log_line(const std::filesystem::path& file,
                       const std::function<void(std::string_view)>& visit);

}  // namespace tocsin

// The media type of an attachment, from its name's ending.
#pragma once

#include <filesystem>
#include <string>

namespace tocsin {

// "application/octet-stream" for an ending that is not known.
std::string media_type_of(const std::filesystem::path& file);

}  // namespace tocsin

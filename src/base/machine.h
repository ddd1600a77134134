// Which machine this is, so that a copy of something that must exist once is noticed on another.
#pragma once

#include <filesystem>
#include <string>

namespace tocsin {

// The 32 hex digits of machine-id(5); empty where the system has none (containers, say: no file, an
// empty one, or "uninitialized"). Never to be shown, stored or sent as it is: whoever keeps it,
// keeps a keyed hash.
std::string machine_id();

// What people call this machine; for messages only.
std::string host_name();

// For the test build of the command alone, before any thread starts: another machine's id.
void use_machine_id_file(const std::filesystem::path& file);

}  // namespace tocsin

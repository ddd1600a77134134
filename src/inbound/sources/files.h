// What a path on the command line means: a Maildir, a folder of mails, a file.
#pragma once

#include <filesystem>
#include <vector>

#include "inbound/sources/source.h"

namespace tocsin {

// `-` is standard input. In a folder that is no Maildir every file is a mail or an mbox, by name,
// and so in the folders below it, Maildirs among them; what begins with a dot is left out. Throws
// MissingInput where there is nothing at `path`.
std::vector<SourceMaker> sources_at(const std::filesystem::path& path);

}  // namespace tocsin

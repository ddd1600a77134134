// Brings the bytes of a YAML or JSON file into the form that its reader may see.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace tocsin {

inline constexpr std::size_t kLargestSource = 4u << 20;

// The file as text named `name`. Throws MissingInput if there is none, ConfigError if it cannot
// be read; a file over kLargestSource is a finding.
std::optional<SourceText> load_source(const std::filesystem::path& file, std::string name,
                                      Findings& findings);

// The same text without a byte order mark, in well-formed UTF-8 and without control characters
// other than tab, LF and CR LF. The first byte of each kind that does not fit is a finding; all of
// them become `?`, so that places stay and the rest of the file can still be checked. Nothing
// where the text is UTF-16 or no text at all.
//
// It must run before yaml-cpp, which guesses UTF-16 from NUL bytes, takes byte 4 for the end of
// the file and lets invalid UTF-8 pass.
std::optional<SourceText> clean_source(const SourceText& source, Findings& findings);

// The offset of the first character that no text of ours may hold: C0 other than tab and LF, DEL,
// C1. `text` is UTF-8.
std::optional<std::size_t> control_character(std::string_view text);

}  // namespace tocsin

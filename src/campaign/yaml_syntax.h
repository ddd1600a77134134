// Says in the user's terms what yaml-cpp could not parse. Internal to yaml_parse.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/diagnostic.h"
#include "campaign/yaml_builder.h"

namespace tocsin {

inline constexpr char kUnquotedTemplate[] = "text that begins with `{{` must stand in quotes";
inline constexpr char kQuoteIt[] = "write \"{{…}}\"";

// `message` is yaml-cpp's, `offset` where it gave up; `builder` knows what was open there.
void report_syntax_error(const SourceText& source, const YamlBuilder& builder,
                         std::string_view message, std::size_t offset, Findings& findings);

}  // namespace tocsin

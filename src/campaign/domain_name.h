// Domains as they stand in mail addresses, named in tocsin.yaml.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "campaign/node.h"

namespace tocsin {

// `written` in lower-case A-labels (mail/domain.h), or nothing after a finding at `place`.
std::optional<std::string> check_domain(const Node& node, const Place& place,
                                        std::string_view written);

}  // namespace tocsin

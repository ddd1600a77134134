// The machine-readable forms of docs/json.md: other programs rely on their names.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "base/diagnostic.h"
#include "model/state.h"
#include "model/suppression.h"

namespace tocsin {

nlohmann::ordered_json json_of(const Counts& counts);
nlohmann::ordered_json json_of(const Findings& findings);
nlohmann::ordered_json json_of(const Suppression& entry);

// Compact, one line; bytes that are no UTF-8 are replaced rather than refused.
std::string one_line(const nlohmann::ordered_json& value);

}  // namespace tocsin

// The machine-readable forms of docs/json.md: other programs rely on their names.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "base/diagnostic.h"
#include "ledger/ledger.h"
#include "model/feedback.h"
#include "model/state.h"
#include "model/suppression.h"

namespace tocsin {

// {"campaign": …}, and of an occurrence {"campaign": …, "occurrence": …}.
nlohmann::ordered_json json_of(const MailingKey& mailing);
nlohmann::ordered_json json_of(const Counts& counts);
nlohmann::ordered_json json_of(const Findings& findings);
// Of a hashed entry `address` is null and `hash` its name; `until` is there for a pause only.
nlohmann::ordered_json json_of(const Suppression& entry);
nlohmann::ordered_json json_of(const Feedback& feedback);
nlohmann::ordered_json json_of(const FeedbackCounts& counts);

// Compact, one line; bytes that are no UTF-8 are replaced rather than refused.
std::string one_line(const nlohmann::ordered_json& value);

}  // namespace tocsin

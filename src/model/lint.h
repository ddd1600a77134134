// What can be said against a mail that nobody forbids: the rules of the lint, by id.
#pragma once

#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.h"

namespace tocsin {

struct LintRule {
    std::string_view id;
    Severity severity;
    std::string_view why;  // one sentence without a full stop: what it does to whom
};

// Sorted by id. Ids are for ever: `lint: {ignore}` names them.
std::span<const LintRule> lint_rules();
// Null where there is no such rule.
const LintRule* find_lint_rule(std::string_view id);

// Ids that `lint: {ignore}` of tocsin.yaml and of the campaign name.
using LintIgnore = std::set<std::string, std::less<>>;

}  // namespace tocsin

#include "model/lint.h"

#include <algorithm>
#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("lint rules: sorted, so that each is found") {
    CHECK(std::ranges::is_sorted(lint_rules(), {}, &LintRule::id));
    for (const LintRule& rule : lint_rules()) CHECK(find_lint_rule(rule.id) == &rule);
    CHECK(find_lint_rule("long-subjects") == nullptr);
    CHECK(find_lint_rule("") == nullptr);
}

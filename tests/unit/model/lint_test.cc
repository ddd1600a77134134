#include "model/lint.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

using namespace tocsin;

namespace {

// The rows of docs/lint.md that the catalogue has of one severity, with their table's head.
std::string table(const char* heading, Severity severity) {
    std::string rows = std::string("## ") + heading + "\n\n| rule | why |\n| --- | --- |\n";
    for (const LintRule& rule : lint_rules()) {
        if (rule.severity != severity) continue;
        rows += "| `" + std::string(rule.id) + "` | " + std::string(rule.why) + " |\n";
    }
    return rows;
}

std::string page() {
    std::ostringstream text;
    text << std::ifstream(std::string(TOCSIN_SOURCE_DIR) + "/docs/lint.md").rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("lint rules: sorted, so that each is found") {
    CHECK(std::ranges::is_sorted(lint_rules(), {}, &LintRule::id));
    for (const LintRule& rule : lint_rules()) CHECK(find_lint_rule(rule.id) == &rule);
    CHECK(find_lint_rule("long-subjects") == nullptr);
    CHECK(find_lint_rule("") == nullptr);
}

TEST_CASE("lint rules: each says why in one sentence, which the page goes on with") {
    for (const LintRule& rule : lint_rules()) {
        CAPTURE(std::string(rule.id));
        CHECK(rule.why.size() > 20);
        CHECK_FALSE(rule.why.ends_with('.'));
        CHECK(rule.why.find('|') == std::string_view::npos);
    }
}

TEST_CASE("lint rules: docs/lint.md shows all of them, and no others") {
    const std::string text = page();
    REQUIRE_FALSE(text.empty());
    std::string tables =
        table("Errors", Severity::kError) + "\n" + table("Warnings", Severity::kWarning);
    CHECK(text.substr(std::min(text.find("## Errors\n"), text.size())) == tables);
}

#include "campaign/lint_reader.h"

#include <string>
#include <vector>

#include "base/text.h"
#include "campaign/quote.h"

namespace tocsin {
namespace {

void refuse_rule(const Node& item, const std::string& id) {
    std::vector<std::string> rules;
    for (const LintRule& rule : lint_rules()) rules.emplace_back(rule.id);
    std::string hint = did_you_mean(id, rules);
    item.error("unknown-lint", "the lint has no rule " + in_backquotes(id),
               hint.empty() ? "docs/lint.md lists them" : hint);
}

}  // namespace

LintIgnore read_lint_ignore(const Node& node) {
    LintIgnore ignore;
    auto map = Map::read(node, kLintKeys);
    auto ids = map ? map->find("ignore") : std::nullopt;
    if (!ids) return ignore;
    for (const Node& item : ids->items()) {
        auto id = item.line();
        if (!id) continue;
        if (find_lint_rule(id->text) == nullptr) {
            refuse_rule(item, id->text);
        } else {
            ignore.insert(id->text);
        }
    }
    return ignore;
}

}  // namespace tocsin

#include "lint/report.h"

#include <stdexcept>
#include <utility>

namespace tocsin {

void LintReport::add(std::string_view id, Place place, std::string message, std::string hint,
                     std::string excerpt) {
    const LintRule* rule = find_lint_rule(id);
    if (rule == nullptr) throw std::logic_error("no lint rule " + std::string(id));
    Findings& to = ignores(id) ? ignored_ : findings_;
    to.add({rule->severity, std::string(id), std::move(place), std::move(message), std::move(hint),
            std::move(excerpt)});
}

}  // namespace tocsin

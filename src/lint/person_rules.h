// What one person's cells can spoil: merge tags that were never filled in, words that stand for no
// value, links that lead where no mail should, a greeting without a name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compose/renderer.h"
#include "lint/audience.h"
#include "lint/personal_links.h"

namespace tocsin {

class PersonRules {
  public:
    // Both outlive it.
    PersonRules(const Renderer& renderer, const std::vector<PersonalLink>& links);

    // A cell without any word in it can leave a greeting without a name.
    bool wants_mail(const std::vector<std::string>& cells) const;
    // Fills in `trouble` and `hosts`. Thread-safe.
    void look(const std::vector<std::string>& cells, const Rendered* mail, LintSight& sight) const;

  private:
    struct Column {
        std::size_t column;
        std::string name;
    };
    void look_at_cells(const std::vector<std::string>& cells, LintSight& sight) const;
    void look_at_links(const std::vector<std::string>& cells, LintSight& sight) const;

    const std::vector<PersonalLink>& links_;
    std::vector<Column> columns_;  // that are used
};

}  // namespace tocsin

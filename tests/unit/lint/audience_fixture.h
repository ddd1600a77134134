// An audience that a lint has looked at: people are added row by row of lists/a.csv.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lint/audience.h"
#include "unit/lint/traced.h"

namespace tocsin::testing {

class LintedAudience {
  public:
    // `columns` in the order of the cells that `add` takes.
    LintedAudience(Content content, const Columns& columns);

    Composer& composer() { return *composer_; }
    AudienceLint& lint() { return *lint_; }

    // The next person, rendered or not. Errors in their cells do not leave them out.
    void add(const std::vector<std::string>& cells, bool rendered = true);
    // `count` people with the same cells.
    void add(std::size_t count, const std::vector<std::string>& cells);

    // "unresolved-tag: `name` holds …" of the last person.
    std::vector<std::string> troubles() const;
    const LintSight& sight() const { return sight_; }

    // What the audience's own rules say, those of lint/mail.h left out: "rare-branch
    // t.txt.mustache:2:1: only …".
    std::vector<std::string> finish();
    const AudienceSummary& summary() const { return summary_; }

  private:
    Content content_;
    std::unique_ptr<Composer> composer_;
    std::unique_ptr<AudienceLint> lint_;
    LintSight sight_;
    AudienceSummary summary_;
    int line_ = 1;
};

}  // namespace tocsin::testing

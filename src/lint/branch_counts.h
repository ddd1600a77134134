// How many people take each branch of the templates, and miss each column.
#pragma once

#include <cstddef>
#include <vector>

#include "compose/renderer.h"
#include "lint/audience.h"
#include "lint/rows.h"

namespace tocsin {

class BranchCounts {
  public:
    explicit BranchCounts(const Renderer& renderer);

    void add(const LintPerson& person);

    std::vector<AudienceSummary::Field> fields() const;
    std::vector<AudienceSummary::Branch> branches() const;
    // rare-branch: what nearly nobody sees.
    void report(std::size_t people, LintReport& report) const;

  private:
    struct Column {
        std::size_t column;
        Rows empty, filled;
    };
    const Column& counts(std::size_t column) const;
    const Rows& takers(const Branch& branch) const;

    const Renderer& renderer_;
    std::vector<Column> columns_;  // those that are used
};

// The columns that sections ask for, each once.
std::vector<std::size_t> asked_columns(const Renderer& renderer);

}  // namespace tocsin

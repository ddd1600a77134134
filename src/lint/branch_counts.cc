#include "lint/branch_counts.h"

#include <algorithm>
#include <set>

namespace tocsin {
namespace {

std::string shown(const Branch& branch) {
    return (branch.inverted ? "{{^" : "{{#") + branch.name + "}}";
}

std::string said_of(const Branch& branch, const Rows& takers) {
    if (takers.count() == 0) return "nobody sees `" + shown(branch) + "`";
    const bool one = takers.count() == 1;
    return "only " + counted_people(takers.count()) + (one ? " sees `" : " see `") + shown(branch) +
           "`: " + takers.named();
}

}  // namespace

std::vector<std::size_t> asked_columns(const Renderer& renderer) {
    std::set<std::size_t> asked;
    for (const Branch& branch : renderer.branches()) asked.insert(branch.column);
    return {asked.begin(), asked.end()};
}

BranchCounts::BranchCounts(const Renderer& renderer) : renderer_(renderer) {
    std::set<std::size_t> columns;
    for (const auto& used : renderer.used_columns()) columns.insert(used.column);
    for (const Branch& branch : renderer.branches()) columns.insert(branch.column);
    for (std::size_t column : columns) columns_.push_back({column, {}, {}});
}

void BranchCounts::add(const LintPerson& person) {
    for (Column& column : columns_) {
        bool is_empty = person.cells[column.column].empty();
        (is_empty ? column.empty : column.filled).add(person.place);
    }
}

const BranchCounts::Column& BranchCounts::counts(std::size_t column) const {
    return *std::ranges::lower_bound(columns_, column, {}, &Column::column);
}

const Rows& BranchCounts::takers(const Branch& branch) const {
    const Column& column = counts(branch.column);
    return branch.inverted ? column.empty : column.filled;
}

std::vector<AudienceSummary::Field> BranchCounts::fields() const {
    std::vector<AudienceSummary::Field> fields;
    for (const auto& used : renderer_.used_columns()) {
        fields.push_back(
            {used.name, used.place, counts(used.column).empty.count(), used.has_fallback});
    }
    return fields;
}

std::vector<AudienceSummary::Branch> BranchCounts::branches() const {
    std::vector<AudienceSummary::Branch> branches;
    for (const Branch& branch : renderer_.branches()) {
        branches.push_back({shown(branch), branch.place, takers(branch).count()});
    }
    return branches;
}

void BranchCounts::report(std::size_t people, LintReport& report) const {
    for (const Branch& branch : renderer_.branches()) {
        const Rows& rows = takers(branch);
        if (!is_rare(rows.count(), people)) continue;
        report.add("rare-branch", branch.place, said_of(branch, rows),
                   rows.count() == 0 ? "is the column's name right, and its list the right one?"
                                     : "look at it with `tocsin preview --as`, or take it out",
                   branch.excerpt);
    }
}

}  // namespace tocsin

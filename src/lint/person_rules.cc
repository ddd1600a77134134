#include "lint/person_rules.h"

#include <algorithm>

#include "base/text.h"
#include "lint/cell.h"
#include "lint/greeting.h"

namespace tocsin {
namespace {

constexpr char kCorrectTheList[] = "correct the list, or leave the person out";

// One trouble of a kind and person: two findings could not be told apart at one row.
void add(std::string_view id, std::string message, std::string hint, LintSight& sight) {
    bool known = std::ranges::find(sight.trouble, id, &LintTrouble::id) != sight.trouble.end();
    if (!known) sight.trouble.push_back({id, std::move(message), std::move(hint)});
}

void add_cell(CellFault fault, const std::string& column, const std::string& cell,
              LintSight& sight) {
    if (fault == CellFault::kMergeSyntax) {
        add("unresolved-tag",
            "`" + column + "` holds `" + merge_tag_in(cell) + "`, which nothing fills in",
            "export the list again with its values, or correct it", sight);
    } else if (fault == CellFault::kPlaceholder) {
        add("placeholder-value",
            "`" + column + "` is \"" + printable(cell) + "\", which looks like no value",
            "leave the cell empty where there is none: fallbacks and sections then see it", sight);
    }
}

void add_link(const PersonalLink& link, Leads leads, LintSight& sight) {
    const std::string whose = "the link in `" + link.name + "` ";
    if (leads == Leads::kOpenly) {
        add("insecure-link", whose + "begins with `http:`", "write `https:`", sight);
    } else if (leads == Leads::kToScript) {
        add("script-link", whose + "runs a script", kCorrectTheList, sight);
    } else if (leads == Leads::kNowhere) {
        add("relative-url", whose + "has no `https:` at its beginning", kCorrectTheList, sight);
    }
}

bool greets_nobody(const Rendered& mail) {
    auto fault = greeting_fault(mail.text);
    return fault && fault->kind == GreetingFault::Kind::kEmpty;
}

}  // namespace

PersonRules::PersonRules(const Renderer& renderer, const std::vector<PersonalLink>& links)
    : links_(links) {
    for (const auto& used : renderer.used_columns()) columns_.push_back({used.column, used.name});
}

bool PersonRules::wants_mail(const std::vector<std::string>& cells) const {
    return std::ranges::any_of(
        columns_, [&](const Column& column) { return has_no_word(cells[column.column]); });
}

void PersonRules::look(const std::vector<std::string>& cells, const Rendered* mail,
                       LintSight& sight) const {
    look_at_cells(cells, sight);
    look_at_links(cells, sight);
    if (mail != nullptr && wants_mail(cells) && greets_nobody(*mail)) {
        add("empty-greeting", "the greeting has no name for this person", kCorrectTheList, sight);
    }
}

void PersonRules::look_at_cells(const std::vector<std::string>& cells, LintSight& sight) const {
    for (const Column& column : columns_) {
        const std::string& cell = cells[column.column];
        if (CellFault fault = judge_cell(cell); fault != CellFault::kNone) {
            add_cell(fault, column.name, cell, sight);
        }
    }
}

void PersonRules::look_at_links(const std::vector<std::string>& cells, LintSight& sight) const {
    sight.hosts.resize(links_.size());
    for (std::size_t i = 0; i < links_.size(); ++i) {
        PersonalTarget target = target_for(links_[i], cells[links_[i].column]);
        add_link(links_[i], target.leads, sight);
        sight.hosts[i] = std::move(target.host);
    }
}

}  // namespace tocsin

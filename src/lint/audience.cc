#include "lint/audience.h"

#include <algorithm>
#include <limits>

#include "lint/branch_counts.h"
#include "lint/characters.h"
#include "lint/host_counts.h"
#include "lint/limits.h"
#include "lint/outliers.h"
#include "lint/person_rules.h"
#include "lint/shapes.h"
#include "lint/size_bound.h"
#include "lint/sketches.h"

namespace tocsin {
namespace {

std::uint32_t size_of(const Rendered& mail) {
    const std::string& part = mail.html.empty() ? mail.text : mail.html;
    constexpr std::size_t kMost = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint32_t>(std::min(part.size(), kMost));
}

// A personal link is the same link for everybody, wherever it leads.
bool is_same(const MailLink& a, const MailLink& b) {
    return a.place == b.place && a.personal == b.personal && (a.personal || a.url == b.url);
}

// Counts the links of one shape's mail once each.
void add_links(const std::vector<MailLink>& links, std::size_t people,
               std::vector<AudienceSummary::Link>& all) {
    const std::size_t before = all.size();
    std::vector<bool> counted(before);
    for (const MailLink& link : links) {
        auto known = std::ranges::find_if(
            all, [&](const AudienceSummary::Link& other) { return is_same(other.link, link); });
        const auto index = static_cast<std::size_t>(known - all.begin());
        if (known == all.end()) {
            all.push_back({link, people});
        } else if (index < before && !counted[index]) {
            counted[index] = true;
            known->people += people;
        }
    }
}

// Somebody of whom everything is known, where nobody is left whose mail could be looked at: faults
// of their rows must not hide those of the templates.
TracedMail made_up_mail(Composer& composer, const std::vector<PersonalLink>& links) {
    std::vector<std::string> cells(shown_columns(composer.renderer()), "Ada");
    for (const PersonalLink& link : links) {
        if (!link.loose) cells[link.column] = sketch_cell(link.column);
    }
    return composer.trace(Mailbox::from("nobody@somewhere.invalid"), cells);
}

}  // namespace

struct AudienceLint::Impl {
    Impl(const Content& of, Composer& by, const std::vector<TracedMail>& sketches)
        : content(of),
          composer(by),
          links(personal_links(sketches, by.renderer(), of)),
          bound(sketches, by.renderer()),
          rules(by.renderer(), links),
          shapes(asked_columns(by.renderer())),
          branches(by.renderer()),
          hosts(links.size()) {}

    const Content& content;
    Composer& composer;
    const std::vector<PersonalLink> links;
    const SizeBound bound;
    const PersonRules rules;

    std::size_t people = 0;
    Shapes shapes;
    BranchCounts branches;
    HostCounts hosts;
    Outliers outliers;
};

AudienceLint::AudienceLint(const Content& content, Composer& composer)
    : impl_(std::make_unique<Impl>(content, composer, sketches(composer))) {}

AudienceLint::~AudienceLint() = default;

bool AudienceLint::wants_mail(const std::vector<std::string>& cells) const {
    return impl_->bound.most(cells) > kLargestHtml || impl_->rules.wants_mail(cells);
}

void AudienceLint::look(const std::vector<std::string>& cells, std::string_view subject,
                        const Rendered* mail, LintSight& sight) const {
    sight.trouble.clear();
    sight.subject = static_cast<std::uint32_t>(characters(subject));
    sight.size = mail == nullptr ? 0 : size_of(*mail);
    impl_->rules.look(cells, mail, sight);
}

void AudienceLint::count(const LintPerson& person, const LintSight& sight) {
    ++impl_->people;
    impl_->shapes.add(person.address, person.cells);
    impl_->branches.add(person);
    impl_->outliers.add(person.place, sight);
    for (std::size_t i = 0; i < sight.hosts.size(); ++i) {
        impl_->hosts.add(i, sight.hosts[i], person.place);
    }
}

AudienceSummary AudienceLint::finish(LintReport& report) {
    const Impl& all = *impl_;
    AudienceSummary summary;
    for (const Shapes::Shape& shape : all.shapes.all()) {
        TracedMail mail = all.composer.trace(shape.first.address, shape.first.cells);
        add_links(lint_mail(mail, all.content, report), shape.people, summary.links);
    }
    if (all.shapes.all().empty()) {
        lint_mail(made_up_mail(all.composer, all.links), all.content, report);
    }
    all.branches.report(all.people, report);
    all.hosts.report(all.links, report);
    all.outliers.report(all.people, !all.content.html.empty(), report);
    summary.people = all.people;
    summary.fields = all.branches.fields();
    summary.branches = all.branches.branches();
    summary.sizes = all.outliers.sizes(all.people);
    return summary;
}

}  // namespace tocsin

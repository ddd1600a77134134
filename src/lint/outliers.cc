#include "lint/outliers.h"

#include "base/text.h"
#include "lint/limits.h"
#include "lint/rows.h"

namespace tocsin {
namespace {

// A mail that is this much larger than the one in the middle holds something that the others do
// not: a cell of a few words does not make it so.
bool is_outlier(std::size_t largest, std::size_t median) {
    constexpr std::size_t kAtLeast = 4096;
    return largest >= median + kAtLeast && largest >= median + median / 2;
}

}  // namespace

void Outliers::Greatest::add(std::uint32_t measure, std::uint32_t limit, const Place& place) {
    if (measure > limit) ++over;
    if (measure <= value) return;
    value = measure;
    row = place;
}

void Outliers::add(const Place& row, const LintSight& sight) {
    subject_.add(sight.subject, kLongestSubject, row);
    if (sight.size == 0) return;
    sizes_.add(sight.size);
    size_.add(sight.size, kLargestHtml, row);
}

AudienceSummary::Sizes Outliers::sizes(std::size_t people) const {
    if (sizes_.count() < people) return {};
    return {sizes_.smallest(), sizes_.median(), sizes_.largest()};
}

void Outliers::report(std::size_t people, bool is_html, LintReport& report) const {
    report_size(people, is_html, report);
    report_subject(people, report);
}

// Where everybody's is too large, it is the template's fault, and lint/mail.h says so there.
void Outliers::report_size(std::size_t people, bool is_html, LintReport& report) const {
    const std::string bytes = grouped(size_.value) + " bytes";
    if (is_html && size_.over > 0 && size_.over < people) {
        report.add("html-too-large", size_.row,
                   "the HTML is over " + grouped(kLargestHtml) + " bytes for " +
                       counted_people(size_.over) + "; the largest, of this row, has " + bytes,
                   "shorten what this row's cells put into the mail");
        return;
    }
    const AudienceSummary::Sizes all = sizes(people);
    if (!is_outlier(all.largest, all.median)) return;
    report.add("large-outlier", size_.row,
               "this row's mail has " + bytes + ", where " + grouped(all.median) + " are usual",
               "is one of its cells what it should be?");
}

void Outliers::report_subject(std::size_t people, LintReport& report) const {
    if (subject_.over == 0 || subject_.over == people) return;
    report.add("long-outlier", subject_.row,
               "the subject has more than " + std::to_string(kLongestSubject) + " characters for " +
                   counted_people(subject_.over) + "; the longest, of this row, has " +
                   std::to_string(subject_.value),
               "shorten the cell, or the subject around it");
}

}  // namespace tocsin

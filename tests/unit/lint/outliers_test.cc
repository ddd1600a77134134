#include "lint/outliers.h"

#include <doctest/doctest.h>

#include "lint/limits.h"

using namespace tocsin;

namespace {

using Lines = std::vector<std::string>;

struct Measuring {
    Outliers outliers;
    std::size_t people = 0;

    void add(std::size_t count, std::uint32_t size, std::uint32_t subject = 20) {
        for (std::size_t i = 0; i < count; ++i) {
            LintSight sight;
            sight.size = size;
            sight.subject = subject;
            outliers.add({"lists/a.csv", static_cast<int>(++people), 1}, sight);
        }
    }
    // Without what was found before.
    Lines report(bool is_html = true, const char* before = nullptr) const {
        Findings findings;
        LintReport report({}, findings);
        if (before != nullptr) report.add(before, {"c.yaml", 3, 1}, "");
        outliers.report(people, is_html, report);
        Lines lines;
        for (const Finding& finding : findings.all()) {
            if (before != nullptr && finding.id == before) continue;
            lines.push_back(finding.id + " " + std::to_string(finding.place.line) + ": " +
                            finding.message);
        }
        return lines;
    }
};

}  // namespace

TEST_CASE("outliers: the row of the largest HTML, where others are not too large") {
    Measuring mails;
    mails.add(5, 20'000);
    mails.add(1, 120'000);
    mails.add(1, 130'000);
    CHECK(mails.report() == Lines{"html-too-large 7: the HTML is over 102,400 bytes for 2 people; "
                                  "the largest, of this row, has 130,000 bytes"});
}

TEST_CASE("outliers: where everybody's is too large, it is not the rows' fault") {
    Measuring mails;
    mails.add(5, kLargestHtml + 1);
    CHECK(mails.report() == Lines{});
    Measuring just_right;
    just_right.add(5, kLargestHtml);
    CHECK(just_right.report() == Lines{});
}

TEST_CASE("outliers: a text may have any size, but not one person's alone") {
    Measuring mails;
    mails.add(5, 110'000);
    mails.add(1, 180'000);
    CHECK(mails.report(false) ==
          Lines{"large-outlier 6: this row's mail has 180,000 bytes, where 110,080 are usual"});
}

TEST_CASE("outliers: a cell of a few words makes no outlier") {
    Measuring mails;
    mails.add(5, 20'000);
    mails.add(1, 24'000);
    mails.add(1, 29'000);
    CHECK(mails.report() == Lines{});
    Measuring small;
    small.add(5, 500);
    small.add(1, 4'000);
    CHECK(small.report() == Lines{});
}

TEST_CASE("outliers: sizes are only told where everybody was rendered") {
    Measuring mails;
    mails.add(5, 20'000);
    mails.add(1, 90'000);
    CHECK(mails.outliers.sizes(6).largest == 90'000);
    CHECK(mails.outliers.sizes(6).smallest == 20'000);
    mails.add(1, 0);
    CHECK(mails.outliers.sizes(7).largest == 0);
    CHECK(mails.report() == Lines{});
}

TEST_CASE("outliers: the longest subject, where others are short enough") {
    Measuring mails;
    mails.add(5, 100, 60);
    mails.add(1, 100, 61);
    mails.add(1, 100, 83);
    mails.add(1, 100, 83);
    CHECK(mails.report() ==
          Lines{"long-outlier 7: the subject has more than 60 characters for 3 people; the "
                "longest, of this row, has 83"});
    CHECK(mails.report(true, "long-subject") == Lines{});
}

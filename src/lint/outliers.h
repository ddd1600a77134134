// The largest mail and the longest subject, and whether they fall out of line.
#pragma once

#include <cstddef>
#include <cstdint>

#include "lint/audience.h"
#include "lint/size_counts.h"

namespace tocsin {

class Outliers {
  public:
    void add(const Place& row, const LintSight& sight);

    // html-too-large and large-outlier, long-outlier: at the rows of the largest and the longest.
    // `people` are all who were added; `is_html`: the sizes are those of HTML.
    void report(std::size_t people, bool is_html, LintReport& report) const;

    // Zero where not every one of `people` mails was rendered.
    AudienceSummary::Sizes sizes(std::size_t people) const;

  private:
    // How many are over a limit, and the first of the greatest.
    struct Greatest {
        std::size_t over = 0;
        std::uint32_t value = 0;
        Place row;
        void add(std::uint32_t measure, std::uint32_t limit, const Place& place);
    };
    void report_size(std::size_t people, bool is_html, LintReport& report) const;
    void report_subject(std::size_t people, LintReport& report) const;

    SizeCounts sizes_;
    Greatest size_;
    Greatest subject_;
};

}  // namespace tocsin

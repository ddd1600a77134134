// How far a mailing is, as text: one line that fits a terminal, and one for a log. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace tocsin {

struct ProgressCounts {
    std::size_t total = 0;
    std::size_t settled = 0;   // accepted, rejected, in doubt or expired
    std::size_t deferred = 0;  // answered, and to be tried again
    std::size_t rejected = 0;
    std::size_t in_doubt = 0;
    std::string slowed{};  // which receivers are, or empty

    // What a rate counts: a deferral is work, too.
    std::size_t answered() const { return settled + deferred; }
};

struct ProgressStyle {
    std::size_t width = 80;  // columns of the terminal; the line stays below
    bool utf8 = false;       // the bar may be drawn with block characters
};

// "tech-contracts  [#####-----]  50 %  2,500/5,000  48/s  52 s left  1 in doubt
// google.com slowed to 2.5/s". A narrow terminal
// drops what matters least. Rate and time left are not guessed: without a rate they are absent,
// and so is the time where only deferred ones are left.
std::string progress_bar(const std::string& label, const ProgressCounts& counts,
                         std::optional<double> rate, const ProgressStyle& style);

// "tech-contracts: 2,500 of 5,000, 48/s, 52 s left, 1 in doubt, google.com slowed to 2.5/s"
std::string progress_report(const std::string& label, const ProgressCounts& counts,
                            std::optional<double> rate);

}  // namespace tocsin

#include "cli/progress_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::size_t kGap = 2;
// Columns at the end: a full line would begin a new one, and so would the ^C that a terminal
// echoes.
constexpr std::size_t kFree = 3;
constexpr std::size_t kShortestBar = 8;
constexpr std::size_t kLongestBar = 40;

// In the order of the line. `rank` is the order in which they get a place.
struct Field {
    std::string text;  // one byte a column; empty: absent
    int rank;
};

std::size_t percent(const ProgressCounts& counts) {
    if (counts.total == 0) return 100;
    return std::min<std::size_t>(100, counts.settled * 100 / counts.total);
}

std::string rate_text(std::optional<double> rate) {
    if (!rate) return "";
    if (*rate < 1) return std::to_string(std::lround(*rate * 60)) + "/min";
    if (*rate >= 10) return grouped(static_cast<std::size_t>(std::llround(*rate))) + "/s";
    long tenths = std::lround(*rate * 10);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "/s";
}

std::string left_text(const ProgressCounts& counts, std::optional<double> rate) {
    if (!rate || counts.answered() >= counts.total) return "";
    auto seconds =
        std::llround(std::ceil(static_cast<double>(counts.total - counts.answered()) / *rate));
    auto text = [](long long n, const char* unit) { return std::to_string(n) + unit; };
    if (seconds < 100) return text(seconds, " s left");
    long long minutes = (seconds + 30) / 60;
    if (minutes < 100) return text(minutes, " min left");
    long long hours = minutes / 60;
    if (hours >= 48) return text((hours + 12) / 24, " days left");
    return text(hours, " h ") + text(minutes % 60, " min left");
}

std::string count_text(std::size_t count, const char* what) {
    return count == 0 ? "" : grouped(count) + " " + what;
}

std::string drawn(std::size_t cells, std::size_t percent, bool utf8) {
    std::size_t inside = utf8 ? cells : cells - 2;
    std::size_t full = percent * inside / 100;
    std::string text = utf8 ? "" : "[";
    for (std::size_t i = 0; i < inside; ++i) {
        if (utf8)
            text += i < full ? "█" : "░";
        else
            text += i < full ? "#" : "-";
    }
    return utf8 ? text : text + "]";
}

using Fields = std::array<Field, 10>;
constexpr std::size_t kBar = 1;

Fields fields_of(const std::string& label, const ProgressCounts& counts,
                 std::optional<double> rate) {
    return {{
        {label, 9},
        {std::string(kShortestBar, ' '), 3},
        {std::to_string(percent(counts)) + " %", 1},
        {grouped(counts.settled) + "/" + grouped(counts.total), 0},
        {rate_text(rate), 4},
        {left_text(counts, rate), 2},
        {count_text(counts.deferred, "deferred"), 7},
        {count_text(counts.rejected, "rejected"), 6},
        {count_text(counts.in_doubt, "in doubt"), 5},
        {counts.slowed, 8},
    }};
}

// Empties the fields for which there is no place. Returns what is left of `width`.
std::size_t drop_to_fit(Fields& fields, std::size_t width) {
    for (int rank = 0; rank < static_cast<int>(fields.size()); ++rank) {
        auto field = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& one) { return one.rank == rank; });
        if (field->text.empty()) continue;
        std::size_t cells = field->text.size() + kGap;
        if (cells <= width)
            width -= cells;
        else
            field->text.clear();
    }
    return width;
}

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
    std::string line;
    for (const std::string& text : texts) {
        if (text.empty()) continue;
        if (!line.empty()) line += between;
        line += text;
    }
    return line;
}

}  // namespace

std::string progress_bar(const std::string& label, const ProgressCounts& counts,
                         std::optional<double> rate, const ProgressStyle& style) {
    Fields fields = fields_of(label, counts, rate);
    // The first field has no gap.
    std::size_t room = style.width > kFree ? style.width - kFree + kGap : 0;
    std::size_t spare = drop_to_fit(fields, room);
    std::string& bar = fields[kBar].text;
    if (!bar.empty()) {
        bar = drawn(std::min(kLongestBar, kShortestBar + spare), percent(counts), style.utf8);
    }
    std::vector<std::string> texts;
    for (Field& field : fields) texts.push_back(std::move(field.text));
    return joined(texts, "  ");
}

std::string progress_report(const std::string& label, const ProgressCounts& counts,
                            std::optional<double> rate) {
    return label + ": " +
           joined({grouped(counts.settled) + " of " + grouped(counts.total), rate_text(rate),
                   left_text(counts, rate), count_text(counts.deferred, "deferred"),
                   count_text(counts.rejected, "rejected"), count_text(counts.in_doubt, "in doubt"),
                   counts.slowed},
                  ", ");
}

}  // namespace tocsin

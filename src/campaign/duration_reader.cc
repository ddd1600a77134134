#include "campaign/duration_reader.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.h"
#include "campaign/quantity.h"
#include "campaign/quote.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;

constexpr std::array<TimeUnit, 5> kUnits{
    {{"second", 1s}, {"minute", 1min}, {"hour", 1h}, {"day", 24h}, {"week", 7 * 24h}}};

std::string in_words(std::string_view number, const TimeUnit& unit) {
    return std::string(number) + " " + std::string(unit.name) + (number == "1" ? "" : "s");
}

// "write `2 days`" for what was meant by `2d`.
std::string right_form(std::string_view text) {
    auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    std::string_view number = text.substr(0, end);
    const TimeUnit* meant = unit_meant(kUnits, text.substr(end));
    if (meant && plain_number(number)) return "write `" + in_words(number, *meant) + "`";
    return "write `90 minutes`, `6 hours`, `2 days` or `1 week`";
}

// One blank stands between number and unit; a plural is as good as none.
std::optional<Milliseconds> parse(std::string_view text) {
    auto blank = text.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    std::string_view word = text.substr(blank + 1);
    if (word.ends_with('s')) word.remove_suffix(1);
    auto number = plain_number(text.substr(0, blank));
    const TimeUnit* unit = unit_called(kUnits, word);
    if (!number || !unit) return std::nullopt;
    return *number * unit->length;
}

}  // namespace

std::optional<Milliseconds> parse_typed_duration(std::string_view text) {
    auto end = std::min(text.find_first_not_of("0123456789"), text.size());
    auto number = plain_number(text.substr(0, end));
    std::string_view word = trim(text.substr(end));
    const TimeUnit* unit = word.empty() ? kUnits.data() : unit_meant(kUnits, word);
    if (!number || *number == 0 || unit == nullptr) return std::nullopt;
    return *number * unit->length;
}

std::optional<Milliseconds> read_duration(const Node& node, const NamedDuration& least,
                                          const NamedDuration& most) {
    auto written = node.line();
    if (!written) return std::nullopt;
    auto length = parse(written->text);
    if (!length) {
        node.error("bad-duration",
                   node.name() + " expects a duration, such as `2 days`, found " +
                       in_backquotes(written->text),
                   right_form(written->text));
        return std::nullopt;
    }
    if (*length >= least.length && *length <= most.length) return length;
    node.error("out-of-range", node.name() + " must be between " + std::string(least.words) +
                                   " and " + std::string(most.words));
    return std::nullopt;
}

}  // namespace tocsin

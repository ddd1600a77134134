#include "campaign/calendar_reader.h"

#include <algorithm>
#include <chrono>

#include "base/text.h"
#include "campaign/duration_reader.h"
#include "campaign/quote.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;
using std::chrono::minutes;

constexpr NamedDuration kShortestGrace{1min, "1 minute"};
constexpr NamedDuration kLongestGrace{30 * 24h, "30 days"};
constexpr minutes kWholeDay = 24h;

// Whether `text` begins as `shape` does, in which `0` is any digit and a blank also a `T`.
bool begins_like(std::string_view text, std::string_view shape) {
    if (text.size() < shape.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        bool fits = shape[i] == '0'   ? text[i] >= '0' && text[i] <= '9'
                    : shape[i] == ' ' ? text[i] == ' ' || text[i] == 'T'
                                      : text[i] == shape[i];
        if (!fits) return false;
    }
    return true;
}

bool is_like(std::string_view text, std::string_view shape) {
    return text.size() == shape.size() && begins_like(text, shape);
}

constexpr std::string_view kDate = "0000-00-00";
constexpr std::string_view kDateAndTime = "0000-00-00 00:00";

// What to do about a time with something behind it, or of quite another form.
std::string right_form(std::string_view text) {
    if (!begins_like(text, kDateAndTime)) return "write it as `2026-12-01 09:00`";
    std::string time(text.substr(0, kDateAndTime.size()));
    bool is_finer = begins_like(text.substr(time.size()), ":00");
    return "write `" + time + "`" +
           (is_finer ? ", without seconds" : ", and the time zone as `timezone`");
}

void refuse_time(const Node& node, const std::string& text) {
    if (is_like(text, kDate)) {
        node.error("bad-time", node.name() + " names a day without a time",
                   "write `" + text + " 09:00`, or whenever it is");
    } else if (is_like(text, kDateAndTime)) {
        node.error("bad-time",
                   node.name() + ": no calendar and no clock shows " + in_backquotes(text));
    } else {
        node.error("bad-time",
                   node.name() + " expects a day and a time, such as `2026-12-01 09:00`, found " +
                       in_backquotes(text),
                   right_form(text));
    }
}

std::optional<minutes> time_of_day(std::string_view text) {
    if (!is_like(text, "00:00")) return std::nullopt;
    auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    minutes time(two(0) * 60 + two(3));
    bool exists = two(3) < 60 && time <= kWholeDay;
    return exists ? std::optional(time) : std::nullopt;
}

std::optional<Window> parse_window(std::string_view text) {
    auto dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    auto from = time_of_day(text.substr(0, dash));
    auto to = time_of_day(text.substr(dash + 1));
    if (!from || !to || *from == kWholeDay) return std::nullopt;
    return Window{*from, *to};
}

// By std::chrono::weekday::c_encoding().
const std::vector<std::string> kDays{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

std::optional<std::size_t> day_called(std::string_view name) {
    auto found = std::ranges::find(kDays, name);
    if (found == kDays.end()) return std::nullopt;
    return static_cast<std::size_t>(found - kDays.begin());
}

std::string day_meant(std::string_view word) {
    std::string lower = ascii_lower(word);
    if (day_called(lower.substr(0, 3))) lower.resize(3);
    std::string hint = did_you_mean(lower, kDays);
    return hint.empty() ? "the days are `mon`, `tue`, `wed`, `thu`, `fri`, `sat` and `sun`" : hint;
}

// One text of `days`; the place of its first character is known.
class DaysText {
  public:
    DaysText(const Node& node, const Located& line) : node_(node), line_(line) {}

    std::optional<Weekdays> read() {
        Weekdays days;
        const std::string& text = line_.text;
        for (std::size_t at = 0; at <= text.size();) {
            std::size_t comma = std::min(text.find(',', at), text.size());
            if (!add(at, comma, days)) return std::nullopt;
            at = comma + 1;
        }
        return days;
    }

  private:
    // `mon` or `mon-fri`, which may go over the end of the week.
    bool add(std::size_t from, std::size_t to, Weekdays& days) const {
        std::size_t dash = std::min(line_.text.find('-', from), to);
        auto first = day(from, dash);
        auto last = first && dash < to ? day(dash + 1, to) : first;
        if (!first || !last) return false;
        days.set(*last);
        for (std::size_t day = *first; day != *last; day = (day + 1) % 7) days.set(day);
        return true;
    }

    std::optional<std::size_t> day(std::size_t from, std::size_t to) const {
        std::string_view word = trim(std::string_view(line_.text).substr(from, to - from));
        auto day = day_called(word);
        if (day) return day;
        Place place = line_.place;
        std::size_t at = word.empty() ? from : line_.text.find(word, from);
        place.column += static_cast<int>(at);
        node_.error_at(place, "bad-day",
                       word.empty() ? node_.name() + " lacks a day here"
                                    : "there is no day " + in_backquotes(word),
                       day_meant(word));
        return std::nullopt;
    }

    const Node& node_;
    const Located& line_;
};

std::optional<Weekdays> read_days_text(const Node& node) {
    auto line = node.line();
    return line ? DaysText(node, *line).read() : std::nullopt;
}

}  // namespace

std::optional<LocalMinute> read_local_time(const Node& node) {
    auto written = node.line();
    if (!written) return std::nullopt;
    auto time = parse_local(written->text);
    if (!time) refuse_time(node, written->text);
    return time;
}

std::optional<Zone> read_zone(const Node& node) {
    auto written = node.line();
    if (!written) return std::nullopt;
    auto zone = Zone::find(written->text);
    if (zone) return zone;
    std::string meant = Zone::like(written->text);
    node.error("unknown-zone", "there is no time zone " + in_backquotes(written->text),
               meant.empty() ? "name it by continent and city: `Europe/London`"
                             : "did you mean `" + meant + "`?");
    return std::nullopt;
}

std::optional<Window> read_window(const Node& node) {
    auto written = node.line();
    if (!written) return std::nullopt;
    auto window = parse_window(written->text);
    if (!window) {
        node.error("bad-window",
                   node.name() + " expects two times of the day, such as `08:00-20:00`, found " +
                       in_backquotes(written->text),
                   "write both with hours and minutes, a `-` between them, and nothing else");
        return std::nullopt;
    }
    if (window->from == window->to) {
        node.error("bad-window", node.name() + " ends when it begins",
                   "for the whole day, leave it out");
        return std::nullopt;
    }
    if (window->to == 0min) window->to = kWholeDay;
    return window;
}

std::optional<Weekdays> read_weekdays(const Node& node) {
    if (node.is_text()) return read_days_text(node);
    Weekdays all;
    bool sound = true;
    for (const Node& item : node.items_named("day")) {
        auto days = read_days_text(item);
        if (days) all |= *days;
        sound &= days.has_value();
    }
    return sound && all.any() ? std::optional(all) : std::nullopt;
}

std::optional<CronExpression> read_cron(const Node& node) {
    auto written = node.line();
    if (!written) return std::nullopt;
    auto parsed = CronExpression::parse(written->text);
    if (auto* expression = std::get_if<CronExpression>(&parsed)) return *expression;
    const auto& fault = std::get<CronExpression::Fault>(parsed);
    Place place = written->place;
    place.column += static_cast<int>(std::min(fault.at, written->text.size()));
    node.error_at(place, "bad-cron", node.name() + ": " + fault.message,
                  "it has a minute, an hour, a day of the month, a month and a day of the week: "
                  "`0 9 * * mon`");
    return std::nullopt;
}

std::optional<Milliseconds> read_grace(const Node& node) {
    return read_duration(node, kShortestGrace, kLongestGrace);
}

}  // namespace tocsin

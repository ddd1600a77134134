#include "delivery/relay_log/log_line.h"

#include <algorithm>
#include <charconv>
#include <ctime>

namespace tocsin {
namespace {

constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
constexpr std::string_view kDigits = "0123456789";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Takes the next word and the blanks after it off.
std::string_view take_word(std::string_view& text) {
    std::size_t end = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(text.find_first_not_of(' ', end), text.size()));
    return word;
}

std::string_view up_to(std::string_view whole, std::string_view rest) {
    std::string_view taken = whole.substr(0, whole.size() - rest.size());
    return taken.substr(0, taken.find_last_not_of(' ') + 1);
}

// "2026-11-24"
bool is_date(std::string_view word) {
    return word.size() == 10 && is_digit(word[0]) && word[4] == '-' && word[7] == '-';
}

bool is_clock(std::string_view word) {
    return word.size() >= 8 && is_digit(word[0]) && word[2] == ':' && word[5] == ':';
}

bool is_zone(std::string_view word) {
    return word.size() == 5 && (word[0] == '+' || word[0] == '-') &&
           word.find_first_not_of(kDigits, 1) == std::string_view::npos;
}

// What Exim writes into its own log after date and time: zone and process where it is told to.
void skip_exim_prefix(std::string_view& text, bool stamped) {
    std::string_view rest = text;
    if (stamped && is_zone(take_word(rest))) text = rest;
    rest = text;
    std::string_view process = take_word(rest);
    if (process.starts_with('[') && process.ends_with(']')) text = rest;
}

std::optional<LogLine> parse_exim(std::string_view line) {
    std::string_view rest = line;
    take_word(rest);
    if (!is_clock(take_word(rest))) return std::nullopt;
    std::string_view zoned = rest;
    if (is_zone(take_word(zoned))) rest = zoned;
    std::string_view stamp = up_to(line, rest);
    skip_exim_prefix(rest, false);
    return LogLine{stamp, "exim", rest};
}

std::optional<LogLine> parse_syslog(std::string_view line, std::string_view rest) {
    LogLine found{up_to(line, rest), {}, {}};
    take_word(rest);  // the host
    std::size_t end = rest.find(": ");
    if (end == std::string_view::npos) return std::nullopt;
    found.program = rest.substr(0, std::min(end, rest.find('[')));
    found.text = rest.substr(end + 2);
    if (!found.program.starts_with("exim")) return found;
    // Exim repeats its own stamp unless it is told not to.
    found.program = "exim";
    std::string_view own = found.text;
    if (is_date(take_word(own)) && is_clock(take_word(own))) found.text = own;
    skip_exim_prefix(found.text, true);
    return found;
}

std::optional<int> number(std::string_view text, std::size_t at, std::size_t size) {
    int value = 0;
    if (at + size > text.size()) return std::nullopt;
    const char* begin = text.data() + at;
    auto [end, fault] = std::from_chars(begin, begin + size, value);
    if (fault != std::errc() || end != begin + size) return std::nullopt;
    return value;
}

// Minutes east of UTC; nothing where the text does not end with a zone.
std::optional<int> zone_of(std::string_view clock) {
    if (clock.ends_with('Z')) return 0;
    std::size_t sign = clock.find_first_of("+-");
    if (sign == std::string_view::npos) return std::nullopt;
    std::size_t minutes_at = clock.find(':', sign) == std::string_view::npos ? sign + 3 : sign + 4;
    auto hours = number(clock, sign + 1, 2), minutes = number(clock, minutes_at, 2);
    if (!hours || !minutes) return std::nullopt;
    int east = *hours * 60 + *minutes;
    return clock[sign] == '-' ? -east : east;
}

std::optional<WallTime> time_of(std::tm fields, std::string_view clock) {
    auto hour = number(clock, 0, 2), minute = number(clock, 3, 2), second = number(clock, 6, 2);
    if (!hour || !minute || !second) return std::nullopt;
    fields.tm_hour = *hour;
    fields.tm_min = *minute;
    fields.tm_sec = *second;
    fields.tm_isdst = -1;
    auto zone = zone_of(clock);
    std::time_t time = zone ? ::timegm(&fields) - *zone * 60 : ::mktime(&fields);
    return WallTime(std::chrono::seconds(time));
}

std::optional<WallTime> dated(std::string_view date, std::string_view clock) {
    auto year = number(date, 0, 4), month = number(date, 5, 2), day = number(date, 8, 2);
    if (!year || !month || !day) return std::nullopt;
    std::tm fields{};
    fields.tm_year = *year - 1900;
    fields.tm_mon = *month - 1;
    fields.tm_mday = *day;
    return time_of(fields, clock);
}

std::optional<WallTime> undated(std::string_view stamp, WallTime now) {
    std::size_t month = kMonths.find(take_word(stamp));
    std::string_view day = take_word(stamp);
    auto day_of_month = number(day, 0, day.size());
    if (month == std::string_view::npos || month % 3 != 0 || !day_of_month) return std::nullopt;
    std::time_t seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    std::tm fields{};
    ::gmtime_r(&seconds, &fields);
    std::optional<WallTime> found;
    // Next year too: the relay's new year may have come before ours.
    for (int year = fields.tm_year + 1; year >= fields.tm_year - 1; --year) {
        std::tm then{};
        then.tm_year = year;
        then.tm_mon = static_cast<int>(month / 3);
        then.tm_mday = *day_of_month;
        found = time_of(then, stamp);
        if (found && *found <= now + std::chrono::hours(24)) break;
    }
    return found;
}

}  // namespace

std::optional<LogLine> parse_log_line(std::string_view line) {
    std::string_view rest = line;
    std::string_view first = take_word(rest);
    if (is_date(first)) return parse_exim(line);
    if (first.size() > 10 && is_date(first.substr(0, 10)) && first[10] == 'T') {
        return is_clock(first.substr(11)) ? parse_syslog(line, rest) : std::nullopt;
    }
    if (first.size() != 3 || kMonths.find(first) == std::string_view::npos) return std::nullopt;
    take_word(rest);
    return is_clock(take_word(rest)) ? parse_syslog(line, rest) : std::nullopt;
}

std::optional<WallTime> log_time(std::string_view stamp, WallTime now) {
    bool has_year = stamp.size() > 11 && is_date(stamp.substr(0, 10));
    if (!has_year) return undated(stamp, now);
    return dated(stamp.substr(0, 10), stamp.substr(11));
}

}  // namespace tocsin

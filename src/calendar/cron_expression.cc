#include "calendar/cron_expression.h"

#include <array>
#include <bit>
#include <vector>

#include "base/text.h"
#include "calendar/cron_field.h"

namespace tocsin {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::months;
using std::chrono::year_month;
using std::chrono::year_month_day;

struct Nickname {
    std::string_view name, meaning;
};
constexpr std::array<Nickname, 7> kNicknames = {{{"@hourly", "0 * * * *"},
                                                 {"@daily", "0 0 * * *"},
                                                 {"@midnight", "0 0 * * *"},
                                                 {"@weekly", "0 0 * * 0"},
                                                 {"@monthly", "0 0 1 * *"},
                                                 {"@yearly", "0 0 1 1 *"},
                                                 {"@annually", "0 0 1 1 *"}}};

struct Word {
    std::size_t at = 0;
    std::string_view text;
};

std::vector<Word> words_of(std::string_view text) {
    constexpr std::string_view kBlanks = " \t\r\n";
    std::vector<Word> words;
    for (std::size_t at = text.find_first_not_of(kBlanks); at != text.npos;) {
        const std::size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
        words.push_back({at, text.substr(at, end - at)});
        at = text.find_first_not_of(kBlanks, end);
    }
    return words;
}

std::string joined(const std::vector<Word>& words) {
    std::string text;
    for (const Word& word : words) text += (text.empty() ? "" : " ") + ascii_lower(word.text);
    return text;
}

bool has(std::uint64_t values, unsigned n) {
    return (values >> n & 1) != 0;
}

constexpr std::array<unsigned, 13> kLongest = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

// Where one of the days is enough, a day of the week always comes. Where both must fit they do some
// time if the date exists: within 400 years each falls on every day of the week, 29 February, too.
bool is_never(const std::array<CronField, 5>& fields) {
    const CronField &month_days = fields[2], &in_months = fields[3];
    if (!month_days.is_any && !fields[4].is_any) return false;
    for (unsigned month = 1; month <= 12; ++month) {
        const std::uint64_t its_days = (std::uint64_t(1) << (kLongest[month] + 1)) - 1;
        if (has(in_months.values, month) && (month_days.values & its_days) != 0) return false;
    }
    return true;
}

std::string fields_missing(std::size_t given) {
    std::string missing;
    for (const CronFieldKind& kind : cron_fields().subspan(given)) {
        missing += (missing.empty() ? "" : ", ") + std::string(kind.name);
    }
    return "a cron expression has five fields; missing here: " + missing;
}

std::string field_too_many(std::string_view field) {
    return "`" + printable(field) +
           "` is one field too many: a cron expression has minute, hour, day of month, month, day "
           "of week";
}

std::string never_matches(std::string_view month_days) {
    return "no month of those named has the day of month `" + printable(month_days) +
           "`: it would never match";
}

}  // namespace

CronExpression::CronExpression(std::string text, const std::array<CronField, 5>& fields)
    : text_(std::move(text)),
      minutes_(fields[0].values),
      hours_(static_cast<std::uint32_t>(fields[1].values)),
      days_(static_cast<std::uint32_t>(fields[2].values)),
      months_(static_cast<std::uint32_t>(fields[3].values)),
      weekdays_(static_cast<std::uint32_t>(fields[4].values)),
      any_day_(fields[2].is_any),
      any_weekday_(fields[4].is_any) {}

std::variant<CronExpression, CronExpression::Fault> CronExpression::parse(std::string_view text) {
    const std::vector<Word> words = words_of(text);
    if (!words.empty() && words[0].text.starts_with('@')) return parse_nickname(text);
    if (words.size() < 5) return Fault{text.size(), fields_missing(words.size())};
    if (words.size() > 5) return Fault{words[5].at, field_too_many(words[5].text)};
    std::array<CronField, 5> fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        CronFieldFault fault;
        const auto field = read_cron_field(cron_fields()[i], words[i].text, fault);
        if (!field) return Fault{words[i].at + fault.at, fault.message};
        fields[i] = *field;
    }
    if (is_never(fields)) return Fault{words[2].at, never_matches(words[2].text)};
    return CronExpression(joined(words), fields);
}

std::variant<CronExpression, CronExpression::Fault> CronExpression::parse_nickname(
    std::string_view text) {
    const std::vector<Word> words = words_of(text);
    if (words.size() > 1) {
        return Fault{words[1].at, "nothing may follow `" + printable(words[0].text) + "`"};
    }
    for (const Nickname& nickname : kNicknames) {
        if (!ascii_iequals(words[0].text, nickname.name)) continue;
        auto expression = parse(nickname.meaning);
        std::get<CronExpression>(expression).text_ = nickname.name;
        return expression;
    }
    return Fault{words[0].at, "`" + printable(words[0].text) +
                                  "` is none of @hourly, @daily, @weekly, @monthly, @yearly"};
}

LocalMinute CronExpression::next(LocalMinute after) const {
    const LocalMinute from = after + minutes(1);
    local_days day = floor<days>(from);
    if (takes(day)) {
        if (const auto time = time_of_day(from - day)) return day + *time;
    }
    return next_day(day) + *time_of_day(minutes(0));
}

bool CronExpression::takes(local_days day) const {
    const year_month_day date(day);
    const bool month = has(months_, static_cast<unsigned>(date.month()));
    const bool by_date = has(days_, static_cast<unsigned>(date.day()));
    const bool by_weekday = has(weekdays_, std::chrono::weekday(day).c_encoding());
    const bool both = any_day_ || any_weekday_;
    return month && (both ? by_date && by_weekday : by_date || by_weekday);
}

std::optional<minutes> CronExpression::time_of_day(minutes from) const {
    const auto hour = static_cast<unsigned>(from.count() / 60);
    const std::uint64_t later = minutes_ >> (from.count() % 60);
    if (has(hours_, hour) && later != 0) return from + minutes(std::countr_zero(later));
    const std::uint64_t later_hours = std::uint64_t(hours_) >> (hour + 1);
    if (later_hours == 0) return std::nullopt;
    return hours(static_cast<int>(hour) + 1 + std::countr_zero(later_hours)) +
           minutes(std::countr_zero(minutes_));
}

local_days CronExpression::next_day(local_days after) const {
    for (local_days day = after + days(1);;) {
        const year_month_day date(day);
        if (!has(months_, static_cast<unsigned>(date.month()))) {
            day = local_days((year_month(date.year(), date.month()) + months(1)) /
                             std::chrono::day(1));
        } else if (takes(day)) {
            return day;
        } else {
            day += days(1);
        }
    }
}

}  // namespace tocsin

// `every: "0 9 * * mon"`: five fields as crontab(5) has them - minute, hour, day of month, month,
// day of week - with `*`, lists, ranges, steps, names of months and days (0 and 7 are Sunday), and
// @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually. Where both days are
// restricted, one of them is enough, as everywhere; a field that begins with `*` does not restrict
// in this sense, so that with `*/2` both must fit.
//
// As with crontab, a range does not go backwards (`22-6`, `fri-mon`) and a step needs a range
// (`5/15`); the fault says what to write. Only sunday ends a week as well as it begins one:
// `sat-sun`.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "calendar/local_time.h"

namespace tocsin {

struct CronField;

class CronExpression {
  public:
    struct Fault {
        std::size_t at = 0;   // the byte of the text that it is about; its size: what is missing
        std::string message;  // "the hour 25 is not between 0 and 23"
    };
    // A Fault, too, where it would never match: "0 0 30 2 *".
    static std::variant<CronExpression, Fault> parse(std::string_view text);

    // The first match later than `after`. There is always one.
    LocalMinute next(LocalMinute after) const;
    // In small letters, with single blanks.
    const std::string& text() const { return text_; }
    friend bool operator==(const CronExpression&, const CronExpression&) = default;

  private:
    CronExpression(std::string text, const std::array<CronField, 5>& fields);
    static std::variant<CronExpression, Fault> parse_nickname(std::string_view text);
    bool takes(std::chrono::local_days day) const;
    // The first match in a day that matches, not before `from` of it.
    std::optional<std::chrono::minutes> time_of_day(std::chrono::minutes from) const;
    std::chrono::local_days next_day(std::chrono::local_days after) const;

    std::string text_;
    std::uint64_t minutes_ = 0;
    std::uint32_t hours_ = 0, days_ = 0, months_ = 0, weekdays_ = 0;  // bit N: N matches
    bool any_day_ = false, any_weekday_ = false;                      // begins with `*`
};

}  // namespace tocsin

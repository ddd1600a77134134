#include "calendar/local_time.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tocsin {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::year_month_day;

constexpr std::string_view kForm = "0000-00-00T00:00";

bool has_the_form(std::string_view text) {
    if (text.size() != kForm.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool fits = kForm[i] == '0'   ? text[i] >= '0' && text[i] <= '9'
                    : kForm[i] == 'T' ? text[i] == 'T' || text[i] == ' '
                                      : text[i] == kForm[i];
        if (!fits) return false;
    }
    return true;
}

int number(std::string_view digits) {
    int value = 0;
    for (char digit : digits) value = value * 10 + (digit - '0');
    return value;
}

}  // namespace

std::string shown(LocalMinute time) {
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const auto since_midnight = (time - day).count();
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(since_midnight / 60),
                  static_cast<int>(since_midnight % 60));
    return text.data();
}

std::optional<LocalMinute> parse_local(std::string_view text) {
    if (!has_the_form(text)) return std::nullopt;
    const year_month_day date{std::chrono::year(number(text.substr(0, 4))),
                              std::chrono::month(static_cast<unsigned>(number(text.substr(5, 2)))),
                              std::chrono::day(static_cast<unsigned>(number(text.substr(8, 2))))};
    const hours hour(number(text.substr(11, 2)));
    const minutes minute(number(text.substr(14, 2)));
    if (!date.ok() || hour >= hours(24) || minute >= minutes(60)) return std::nullopt;
    return local_days(date) + hour + minute;
}

}  // namespace tocsin

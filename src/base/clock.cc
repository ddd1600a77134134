#include "base/clock.h"

#include <cstdio>
#include <ctime>
#include <fstream>

namespace tocsin {

WallTime SystemClock::now() const {
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
}

Milliseconds SystemClock::since_boot() const {
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return std::chrono::seconds(time.tv_sec) +
           std::chrono::duration_cast<Milliseconds>(std::chrono::nanoseconds(time.tv_nsec));
}

std::string boot_id() {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(file, id);
    return id;
}

std::string iso8601(WallTime time) {
    auto day = std::chrono::floor<std::chrono::days>(time);
    std::chrono::year_month_day date(day);
    std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    char text[64];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", int(date.year()),
                  unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()),
                  int(clock.minutes().count()), int(clock.seconds().count()));
    return text;
}

namespace {

// The number that the digits of `text` at [at, at + count) spell, or -1.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    int number = 0;
    for (char c : text.substr(at, count)) {
        if (c < '0' || c > '9') return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

bool has_shape(std::string_view text) {
    constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:ddZ";
    if (text.size() != kShape.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';
        if (kShape[i] == 'd' ? !is_digit : text[i] != kShape[i]) return false;
    }
    return true;
}

}  // namespace

std::optional<WallTime> parse_iso8601(std::string_view text) {
    if (!has_shape(text)) return std::nullopt;
    using namespace std::chrono;
    auto part = [&](std::size_t at) { return static_cast<unsigned>(digits(text, at, 2)); };
    year_month_day date{year(digits(text, 0, 4)), month(part(5)), day(part(8))};
    if (!date.ok() || part(11) > 23 || part(14) > 59 || part(17) > 60) return std::nullopt;
    return WallTime(sys_days(date)) + hours(part(11)) + minutes(part(14)) + seconds(part(17));
}

}  // namespace tocsin

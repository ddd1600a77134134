// Whatever `every:` says: either a fault that lies in the text, or an expression whose matches
// follow one another, and whose occurrences are found by their names.
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/text.h"
#include "calendar/schedule.h"

using namespace tocsin;

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

LocalMinute after_the_start_of(int year) {
    return std::chrono::local_days(std::chrono::year(year) / 1 / 1) + std::chrono::minutes(0);
}

void check_fault(const CronExpression::Fault& fault, std::string_view text) {
    demand(fault.at <= text.size());
    demand(!fault.message.empty() && !has_control(fault.message));
    if (!invalid_utf8(text)) demand(!invalid_utf8(fault.message));
}

void check_text(const CronExpression& expression) {
    const auto again = CronExpression::parse(expression.text());
    demand(std::holds_alternative<CronExpression>(again));
    demand(std::get<CronExpression>(again) == expression);
}

// From anywhere between two matches, the next is the same.
void check_matches(const CronExpression& expression, LocalMinute after) {
    for (int i = 0; i < 20; ++i) {
        const LocalMinute next = expression.next(after);
        demand(next > after && next < after + std::chrono::years(41));
        demand(expression.next(next - std::chrono::minutes(1)) == next);
        demand(expression.next(after + (next - after) / 2) == next ||
               next - after < std::chrono::minutes(2));
        after = next;
    }
}

void check_occurrences(const CronExpression& expression, const char* zone) {
    Schedule schedule;
    schedule.every = expression;
    schedule.zone = Zone::find(zone).value();
    WallTime before = schedule.zone.instant(after_the_start_of(2026) + std::chrono::days(85));
    for (int i = 0; i < 20; ++i) {
        const auto next = next_occurrence(schedule, before);
        demand(next && next->time > before);
        const auto found = find_occurrence(schedule, next->name);
        demand(found && found->time == next->time);
        before = next->time;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto parsed = CronExpression::parse(text);
    if (const auto* fault = std::get_if<CronExpression::Fault>(&parsed)) {
        check_fault(*fault, text);
        return 0;
    }
    const auto& expression = std::get<CronExpression>(parsed);
    check_text(expression);
    for (int year : {1, 1969, 2026, 2095}) check_matches(expression, after_the_start_of(year));
    for (auto zone : {"Europe/London", "Australia/Lord_Howe"}) check_occurrences(expression, zone);
    return 0;
}

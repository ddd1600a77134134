#include "calendar/schedule.h"

#include <array>
#include <cstdio>
#include <string_view>

namespace tocsin {
namespace {

std::string text_of(const Window& window) {
    std::array<char, 64> text{};
    auto from = window.from.count(), to = window.to.count();
    std::snprintf(text.data(), text.size(), "%02d:%02d-%02d:%02d", static_cast<int>(from / 60),
                  static_cast<int>(from % 60), static_cast<int>(to / 60),
                  static_cast<int>(to % 60));
    return text.data();
}

std::string text_of(const Weekdays& days) {
    constexpr std::array<std::string_view, 7> kNames = {"sun", "mon", "tue", "wed",
                                                        "thu", "fri", "sat"};
    std::string text;
    for (std::size_t i = 1; i <= kNames.size(); ++i) {  // Monday first
        if (!days.test(i % 7)) continue;
        text += (text.empty() ? "" : ",") + std::string(kNames[i % 7]);
    }
    return text.empty() ? "none" : text;
}

}  // namespace

std::string Schedule::text() const {
    std::string text;
    auto add = [&text](std::string_view key, const std::string& value) {
        text += (text.empty() ? "" : "; ") + std::string(key) + " " + value;
    };
    if (at) add("at", shown(*at));
    if (every) add("every", every->text());
    add("timezone", by_recipient ? "recipient, " + zone.name() : zone.name());
    if (window) add("window", text_of(*window));
    if (!days.all()) add("days", text_of(days));
    if (not_after) add("not_after", shown(*not_after));
    if (grace) add("grace", std::to_string(grace->count()) + " ms");
    return text;
}

std::optional<WallTime> end_of(const Schedule& schedule) {
    if (!schedule.not_after) return std::nullopt;
    return schedule.zone.instant(*schedule.not_after);
}

WallTime earliest_due(const Schedule& schedule, LocalMinute local) {
    if (!schedule.by_recipient) {
        return due_in(schedule, local, schedule.zone).value_or(schedule.zone.instant(local));
    }
    const auto due = due_in(schedule, local, Zone());
    return due ? first_on_earth(Zone().local(*due)) : first_on_earth(local);
}

WallTime first_on_earth(LocalMinute local) {
    constexpr std::chrono::hours kEarliestOffset(14);
    return Zone().instant(local) - kEarliestOffset;
}

std::optional<WallTime> due_in(const Schedule& schedule, LocalMinute local, const Zone& zone) {
    return opening(schedule, zone, zone.instant(local));
}

}  // namespace tocsin

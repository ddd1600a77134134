#include "delivery/rates/record.h"

#include <charconv>

namespace tocsin {
namespace {

using std::chrono::hours;

constexpr std::string_view kVersion = "1";
constexpr Microseconds kLongestGap = hours(48);

// The text up to `end`, which is taken away from `rest` with it.
std::string_view next(std::string_view& rest, char end) {
    std::size_t length = std::min(rest.find(end), rest.size());
    std::string_view part = rest.substr(0, length);
    rest.remove_prefix(std::min(length + 1, rest.size()));
    return part;
}

std::optional<std::int64_t> number(std::string_view text) {
    std::int64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    // Beyond every honest time and number, and far enough from the range's end to reckon with.
    constexpr std::int64_t kMost = INT64_MAX / 10000;
    bool whole = error == std::errc{} && end == text.data() + text.size();
    if (!whole || value > kMost || value < -kMost) return std::nullopt;
    return value;
}

std::optional<Moment> heading(std::string_view line) {
    if (next(line, ' ') != kVersion) return std::nullopt;
    Moment written;
    written.boot_id = next(line, ' ');
    auto boot = number(next(line, ' '));
    auto wall = number(line);
    if (written.boot_id.empty() || !boot || !wall) return std::nullopt;
    written.boot = Microseconds(*boot);
    written.wall = WallTime(Milliseconds(*wall));
    return written;
}

std::optional<RateRecord::Entry> entry(std::string_view line) {
    RateRecord::Entry read{std::string(next(line, ' ')), {}};
    while (!line.empty()) {
        auto value = number(next(line, ' '));
        if (!value) return std::nullopt;
        read.numbers.push_back(*value);
    }
    return read;
}

}  // namespace

std::string encode(const RateRecord& record) {
    std::string text(kVersion);
    text += ' ' + record.written.boot_id + ' ' + std::to_string(record.written.boot.count()) + ' ' +
            std::to_string(record.written.wall.time_since_epoch().count()) + '\n';
    for (const RateRecord::Entry& entry : record.entries) {
        text += entry.kind;
        for (std::int64_t value : entry.numbers) text += ' ' + std::to_string(value);
        text += '\n';
    }
    return text;
}

std::optional<RateRecord> decode(std::string_view text) {
    auto written = heading(next(text, '\n'));
    if (!written) return std::nullopt;
    RateRecord record{*written, {}};
    while (!text.empty()) {
        auto read = entry(next(text, '\n'));
        if (!read) return std::nullopt;
        record.entries.push_back(std::move(*read));
    }
    return record;
}

Microseconds shift(const RateRecord& record, const Moment& now) {
    if (record.written.boot_id == now.boot_id) return Microseconds{0};
    // Both were cut to milliseconds, so one may be missing.
    Microseconds passed = now.wall - record.written.wall - Milliseconds(1);
    passed = std::clamp(passed, Microseconds{0}, kLongestGap);
    return now.boot - passed - record.written.boot;
}

}  // namespace tocsin

#include "unsubscribe/journal_record.h"

#include <array>
#include <charconv>
#include <cstdio>

#include "base/siphash.h"
#include "base/text.h"
#include "unsubscribe/choice.h"

namespace tocsin {
namespace {

constexpr std::size_t kFields = 5;
constexpr std::size_t kSum = 16;
constexpr std::size_t kMostSource = 64;

std::string sum_of(std::string_view text) {
    char hex[kSum + 1];
    std::snprintf(hex, sizeof hex, "%016llx",
                  static_cast<unsigned long long>(siphash(SipKey{}, text)));
    return hex;
}

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
    Number number = 0;
    auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool whole = fault == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(number) : std::nullopt;
}

// Exactly five.
std::optional<std::array<std::string_view, kFields>> fields_of(std::string_view text) {
    std::array<std::string_view, kFields> fields;
    for (std::size_t i = 0; i < kFields; ++i) {
        auto tab = text.find('\t');
        if ((tab == std::string_view::npos) != (i + 1 == kFields)) return std::nullopt;
        fields[i] = text.substr(0, tab);
        text.remove_prefix(i + 1 == kFields ? text.size() : tab + 1);
    }
    return fields;
}

std::optional<JournalRecord> record_of(std::string_view text) {
    auto fields = fields_of(text);
    if (!fields) return std::nullopt;
    auto number = number_of<std::uint64_t>((*fields)[0]);
    auto time = number_of<std::int64_t>((*fields)[1]);
    auto choice = choice_named((*fields)[2]);
    if (!number || !time || !choice) return std::nullopt;
    return JournalRecord{*number, WallTime(Milliseconds(*time)), *choice, std::string((*fields)[3]),
                         std::string((*fields)[4])};
}

}  // namespace

std::string write_record(const JournalRecord& record) {
    std::string line = std::to_string(record.number) + "\t" +
                       std::to_string(record.time.time_since_epoch().count()) + "\t" +
                       std::string(name(record.choice)) + "\t" +
                       printable(record.source.substr(0, kMostSource)) + "\t" + record.token;
    return line + "\t" + sum_of(line) + "\n";
}

std::optional<JournalRecord> parse_record(std::string_view line) {
    if (line.size() < kSum + 1 || line[line.size() - kSum - 1] != '\t') return std::nullopt;
    std::string_view text = line.substr(0, line.size() - kSum - 1);
    if (line.substr(line.size() - kSum) != sum_of(text)) return std::nullopt;
    return record_of(text);
}

std::string_view sum_in(std::string_view line) {
    return line.substr(line.size() - kSum);
}

}  // namespace tocsin

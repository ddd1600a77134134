// One of the five fields of a cron expression.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tocsin {

struct CronFieldKind {
    std::string_view name;                      // "hour"
    unsigned lowest, highest;                   // what may be written
    unsigned last;                              // the last before it begins anew: 6 for the days of
                                                // the week, though 7 may be written, too
    std::span<const std::string_view> names{};  // of its values, from the lowest on
};

struct CronField {
    std::uint64_t values = 0;  // bit N: N matches
    bool is_any = false;       // begins with `*`
};

struct CronFieldFault {
    std::size_t at = 0;  // in the field
    std::string message;
};

// The five, in their order.
std::span<const CronFieldKind> cron_fields();

// Reads `text`, which has no blanks. Nothing, and `fault` filled, where it is wrong.
std::optional<CronField> read_cron_field(const CronFieldKind& kind, std::string_view text,
                                         CronFieldFault& fault);

}  // namespace tocsin

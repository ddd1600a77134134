// What the ledger keeps of a limiter between runs, as a few lines of text that a person can read:
//
//     1 9f0c… 8125000000 1795474800000      version, boot id, boot clock in µs, wall clock in ms
//     pace 20 1000000 8125050000 0          kind and numbers, as the limiter of that kind says
//     budget 60000000 8124 20 8125 3
//
// Who reads it may run after a reboot, with another clock, or with other limits in tocsin.yaml.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "delivery/rates/moment.h"

namespace tocsin {

struct RateRecord {
    struct Entry {
        std::string kind;  // letters
        std::vector<std::int64_t> numbers;
        friend bool operator==(const Entry&, const Entry&) = default;
    };
    Moment written;
    std::vector<Entry> entries;
};

std::string encode(const RateRecord& record);

// Nothing where it is of another version, or no record at all.
std::optional<RateRecord> decode(std::string_view text);

// What to add to the record's times on the boot clock so that they mean the same now. Within one
// boot 0, whatever the wall clock did. After a reboot the time that passed is the wall clock's,
// between nothing (it was put back: what is spent stays spent) and two days (after which all is
// forgotten).
Microseconds shift(const RateRecord& record, const Moment& now);

}  // namespace tocsin

// One line of the journal of `serve --standalone`, which is also what a pull brings:
//
//   NUMBER TIME CHOICE SOURCE TOKEN SUM   between tabs, a line end behind it
//
// TIME is in milliseconds since 1970; SUM is 16 hex digits over what stands before its tab. It
// tells a line that was cut short or went bad from a whole one; against people the token has its
// MAC.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "unsubscribe/leaving.h"

namespace tocsin {

struct JournalRecord {
    std::uint64_t number = 0;  // from 1, each higher than the one before it
    WallTime time{};
    Choice choice = Choice::kList;
    std::string source;
    std::string token;  // not checked
};

// With its line end. Of `source` what would break a line becomes `?`.
std::string write_record(const JournalRecord& record);
// `line` without its line end. Nothing for anything that `write_record` did not make.
std::optional<JournalRecord> parse_record(std::string_view line);

// The SUM of a line that `parse_record` takes.
std::string_view sum_in(std::string_view line);

}  // namespace tocsin

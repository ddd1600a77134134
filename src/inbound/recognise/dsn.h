// Delivery status notifications: RFC 3464, and RFC 6533 for addresses beyond ASCII.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

// What one group of fields says of one recipient. Everything may be missing.
struct DsnRecipient {
    std::string address;     // the original recipient where it is named, else the final one
    std::string action;      // lower case, the first word: "failed", "delayed", …
    std::string status;      // "5.1.1"
    std::string diagnostic;  // without its type ("smtp;")
};

// Reads the fields with or without the blank lines that should part them: systems forget them and
// put too many.
std::vector<DsnRecipient> dsn_recipients(std::string_view text);

// Whether text that does not say so is a delivery status after all.
bool looks_like_dsn(std::string_view text);

// The recipient that matters: the first that failed, else the first that is delayed, else the
// first. None of an empty list.
const DsnRecipient* telling(const std::vector<DsnRecipient>& recipients);

}  // namespace tocsin

// What rows and mailings are called.
#pragma once

#include <cstdint>
#include <string>

namespace tocsin {

using RowId = std::int64_t;  // one recipient of one plan; unique in the ledger, never reused

// One mailing. `occurrence` tells the runs of a recurring campaign apart and is empty otherwise.
struct MailingKey {
    std::string campaign;
    std::string occurrence;
    // What Message-IDs are made from: it must never change.
    std::string name() const { return campaign + "/" + occurrence; }
    // What people call it: "weekly@2026-12-07T09:00", or the campaign's id alone.
    std::string shown() const {
        return occurrence.empty() ? campaign : campaign + "@" + occurrence;
    }
    // All of them as one: what is held or approved there holds for each.
    MailingKey series() const { return {campaign, ""}; }
    friend auto operator<=>(const MailingKey&, const MailingKey&) = default;
};

}  // namespace tocsin

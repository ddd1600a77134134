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
    friend auto operator<=>(const MailingKey&, const MailingKey&) = default;
};

}  // namespace tocsin

// Whom a token means, as far as this ledger knows.
#pragma once

#include <string>

#include "ledger/ledger.h"
#include "mail/token.h"

namespace tocsin {

struct Leaver {
    std::string name;      // the address, or a hashed name where it is not known
    std::string list;      // the list's name, or empty: everything, or the row is gone
    std::string campaign;  // the id, or empty
    std::string language;  // "de", or empty
    RowId row = 0;         // 0: gone
};

Leaver leaver_of(Ledger& ledger, const KeyRing& keys, const UnsubscribeToken& token);

}  // namespace tocsin

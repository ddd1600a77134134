// One person of an audience, as lists hold them.
#pragma once

#include <string>
#include <vector>

#include "mail/address.h"

namespace tocsin {

// The columns of all lists of one audience, united, `email` left out: the order of every row's
// cells.
using Columns = std::vector<std::string>;

struct Recipient {
    Mailbox address;
    std::vector<std::string>
        cells;  // as many as Columns; a column that the person's list lacks is empty
};

}  // namespace tocsin

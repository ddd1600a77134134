#include "unsubscribe/leaver.h"

#include <algorithm>

#include "mail/address_names.h"

namespace tocsin {
namespace {

std::string language_of(const RowName& row) {
    auto column = std::find(row.columns.begin(), row.columns.end(), "language");
    auto at = static_cast<std::size_t>(column - row.columns.begin());
    return at < row.cells.size() ? row.cells[at] : "";
}

// Only a row that is theirs shows that this ledger made the token: the numbers of another one's
// lead to strangers, and to other lists and campaigns.
Leaver stranger(const UnsubscribeToken& token) {
    Leaver leaver;
    leaver.name = name_of_hash(token.key, token.address_hash);
    return leaver;
}

}  // namespace

Leaver leaver_of(Ledger& ledger, const KeyRing& keys, const UnsubscribeToken& token) {
    auto row = ledger.row_name(static_cast<RowId>(token.recipient));
    Leaver leaver = stranger(token);
    if (!row || !token_is_for(keys, token, row->address)) return leaver;
    leaver.name = row->address;
    leaver.list = row->list;
    leaver.campaign = row->mailing.campaign;
    leaver.language = language_of(*row);
    leaver.row = static_cast<RowId>(token.recipient);
    return leaver;
}

}  // namespace tocsin

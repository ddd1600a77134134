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

// The numbers of a token that another ledger made lead to strangers, and to their lists.
Leaver stranger(const UnsubscribeToken& token) {
    Leaver leaver;
    leaver.name = name_of_hash(token.key, token.address_hash);
    return leaver;
}

}  // namespace

Leaver leaver_of(Ledger& ledger, const KeyRing& keys, const UnsubscribeToken& token) {
    auto row = ledger.row_name(static_cast<RowId>(token.recipient));
    const bool is_theirs = row && token_is_for(keys, token, row->address);
    if (row && !is_theirs) return stranger(token);
    Leaver leaver = stranger(token);
    if (!row) {
        leaver.list = ledger.list_name(token.list).value_or("");
        leaver.campaign = ledger.campaign_name(token.campaign).value_or("");
        return leaver;
    }
    leaver.name = row->address;
    leaver.list = row->list;
    leaver.campaign = row->mailing.campaign;
    leaver.language = language_of(*row);
    leaver.row = static_cast<RowId>(token.recipient);
    return leaver;
}

}  // namespace tocsin

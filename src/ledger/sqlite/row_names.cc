#include "ledger/sqlite/row_names.h"

#include "ledger/cells.h"
#include "ledger/sqlite/schema.h"

namespace tocsin::sqlite {
namespace {

std::optional<std::string> text_at(Connection& connection, const char* sql, std::uint64_t number) {
    Query row = connection.query(sql, static_cast<std::int64_t>(number));
    if (!row.step()) return std::nullopt;
    return row.text(0);
}

}  // namespace

std::optional<RowName> row_name(Connection& connection, RowId id) {
    static_assert(kPlaceBits == 24, "the query shifts by as much");
    // Rows beyond `plan.rows` and of plans that no mailing names are not there (schema.h).
    Query row = connection.query(
        "SELECT campaign.id, occurrence, key, list.name, columns, "
        "(SELECT bytes FROM cells WHERE cells.id = ?1) FROM recipient "
        "JOIN plan ON plan.number = ?1 >> 24 AND ?1 & 16777215 <= plan.rows "
        "JOIN mailing ON mailing.number = plan.mailing AND mailing.plan = plan.number "
        "JOIN campaign ON campaign.number = mailing.campaign "
        "LEFT JOIN list ON list.number = plan.list WHERE recipient.id = ?1",
        id);
    if (!row.step()) return std::nullopt;
    RowName name;
    name.mailing = {row.text(0), row.text(1)};
    name.address = row.text(2);
    name.list = row.text(3);
    name.columns = unpack_texts(row.text(4));
    name.cells = unpack_texts(row.text(5));
    return name;
}

std::optional<std::string> list_name(Connection& connection, std::uint64_t number) {
    return text_at(connection, "SELECT name FROM list WHERE number = ?", number);
}

std::optional<std::string> campaign_name(Connection& connection, std::uint64_t number) {
    return text_at(connection, "SELECT id FROM campaign WHERE number = ?", number);
}

}  // namespace tocsin::sqlite

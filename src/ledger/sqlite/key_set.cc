#include "ledger/sqlite/key_set.h"

#include "ledger/sqlite/schema.h"

namespace tocsin::sqlite {

bool KeySet::add(std::string_view key, RowId id, const Same& same) {
    RowId before_first = row_id(plan_, 0);
    auto is_same = [&](std::uint64_t place) {
        return same(before_first + static_cast<RowId>(place));
    };
    auto place = static_cast<std::uint64_t>(id - before_first);
    return !index_.find_or_add(siphash(key_, key), place, is_same);
}

}  // namespace tocsin::sqlite

// Which keys a plan holds already, in at most 16 bytes a key: a hash and the row that has it. Two
// keys with one hash are told apart by the caller, who can look at the row.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "base/place_index.h"
#include "base/siphash.h"
#include "ledger/ledger.h"

namespace tocsin::sqlite {

class KeySet {
  public:
    // Whether the row with this id has the key that is looked for.
    using Same = std::function<bool(RowId)>;

    // All rows are of the plan with this number.
    explicit KeySet(std::int64_t plan = 0) : plan_(plan) {}

    // True, and the key is added as that of row `id`, where no row has it yet.
    bool add(std::string_view key, RowId id, const Same& same);
    std::size_t size() const { return index_.size(); }

  private:
    std::int64_t plan_;
    SipKey key_ = SipKey::random();
    PlaceIndex index_;
};

}  // namespace tocsin::sqlite

// Which keys a plan holds already, in 16 bytes a key: a hash and the row that has it. Two keys with
// one hash are told apart by the caller, who can look at the row.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/ledger.h"

namespace tocsin::sqlite {

class KeySet {
  public:
    // Whether the row with this id has the key that is looked for.
    using Same = std::function<bool(RowId)>;

    bool contains(std::string_view key, const Same& same) const;
    // Adds a key that is not contained. `id` is not 0.
    void add(std::string_view key, RowId id);
    std::size_t size() const { return size_; }

  private:
    struct Slot {
        std::uint64_t hash = 0;
        RowId id = 0;  // 0: empty
    };
    void place(Slot slot);
    void grow();

    std::vector<Slot> slots_ = std::vector<Slot>(1024);  // a power of two, at most half full
    std::size_t size_ = 0;
};

}  // namespace tocsin::sqlite

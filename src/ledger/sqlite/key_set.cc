#include "ledger/sqlite/key_set.h"

#include <utility>

namespace tocsin::sqlite {
namespace {

std::uint64_t hash_of(std::string_view key) {
    return std::hash<std::string_view>{}(key);
}

}  // namespace

bool KeySet::contains(std::string_view key, const Same& same) const {
    std::uint64_t hash = hash_of(key);
    std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask; slots_[at].id != 0; at = (at + 1) & mask) {
        if (slots_[at].hash == hash && same(slots_[at].id)) return true;
    }
    return false;
}

void KeySet::add(std::string_view key, RowId id) {
    if ((size_ + 1) * 2 > slots_.size()) grow();
    place({hash_of(key), id});
    ++size_;
}

void KeySet::place(Slot slot) {
    std::size_t mask = slots_.size() - 1;
    std::size_t at = slot.hash & mask;
    while (slots_[at].id != 0) at = (at + 1) & mask;
    slots_[at] = slot;
}

void KeySet::grow() {
    auto old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
    for (const Slot& slot : old) {
        if (slot.id != 0) place(slot);
    }
}

}  // namespace tocsin::sqlite

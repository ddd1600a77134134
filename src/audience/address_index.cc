#include "audience/address_index.h"

#include <algorithm>

namespace tocsin {
namespace {

constexpr std::size_t kFewestSlots = 16;

// The low bits: the top byte has chosen the segment already.
std::uint32_t tag_of(std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash);
}

template <class Slot>
bool is_used(const Slot& slot) {
    return (slot.high | slot.low) != 0;
}

template <class Slot>
std::uint64_t place_of(const Slot& slot) {
    return (std::uint64_t{slot.high} << 32 | slot.low) - 1;
}

}  // namespace

// The slot that `same` confirms, or the free one where the tag belongs. Without `same` no slot is
// confirmed.
std::size_t AddressIndex::probe(const Segment& segment, std::uint32_t tag, const Same* same) {
    // A product instead of a remainder: the number of slots is no power of two.
    std::size_t i = static_cast<std::size_t>(std::uint64_t{tag} * segment.slots.size() >> 32);
    for (;; i = i + 1 == segment.slots.size() ? 0 : i + 1) {
        const Slot& slot = segment.slots[i];
        if (!is_used(slot)) return i;
        if (same != nullptr && slot.tag == tag && (*same)(place_of(slot))) return i;
    }
}

void AddressIndex::grow(Segment& segment) {
    Segment larger;
    larger.slots.resize(std::max(kFewestSlots, segment.slots.size() + segment.slots.size() / 2));
    larger.used = segment.used;
    for (const Slot& slot : segment.slots) {
        if (is_used(slot)) larger.slots[probe(larger, slot.tag, nullptr)] = slot;
    }
    segment = std::move(larger);
}

std::optional<std::uint64_t> AddressIndex::find(std::uint64_t hash, const Same& same) const {
    const Segment& segment = segments_[hash >> 56];
    if (segment.slots.empty()) return std::nullopt;
    const Slot& slot = segment.slots[probe(segment, tag_of(hash), &same)];
    if (!is_used(slot)) return std::nullopt;
    return place_of(slot);
}

std::optional<std::uint64_t> AddressIndex::find_or_add(std::uint64_t hash, std::uint64_t place,
                                                       const Same& same) {
    Segment& segment = segments_[hash >> 56];
    // At most three quarters full, so that a search that fails stays short.
    if ((segment.used + 1) * 4 > segment.slots.size() * 3) grow(segment);
    Slot& slot = segment.slots[probe(segment, tag_of(hash), &same)];
    if (is_used(slot)) return place_of(slot);
    std::uint64_t stored = place + 1;
    slot = {tag_of(hash), static_cast<std::uint32_t>(stored >> 32),
            static_cast<std::uint32_t>(stored)};
    ++segment.used;
    ++size_;
    return std::nullopt;
}

std::size_t AddressIndex::bytes() const {
    std::size_t slots = 0;
    for (const Segment& segment : segments_) slots += segment.slots.capacity();
    return slots * sizeof(Slot);
}

}  // namespace tocsin

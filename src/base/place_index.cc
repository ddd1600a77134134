#include "base/place_index.h"

#include <algorithm>

namespace tocsin {
namespace {

constexpr std::size_t kFewestSlots = 16;
constexpr int kPlaceBits = 40;
constexpr int kTagBits = 24;

// The bits below the top byte, which has chosen the segment already.
std::uint64_t tag_of(std::uint64_t hash) {
    return hash >> 32 & ((1u << kTagBits) - 1);
}

std::uint64_t place_of(std::uint64_t slot) {
    return (slot & PlaceIndex::kEnd) - 1;
}

}  // namespace

// The slot that `same` confirms, or the free one where the tag belongs. Without `same` no slot is
// confirmed.
std::size_t PlaceIndex::probe(const Segment& segment, std::uint64_t tag, const Same* same) {
    // A product instead of a remainder: the number of slots is no power of two.
    std::size_t i = static_cast<std::size_t>(tag * segment.slots.size() >> kTagBits);
    for (;; i = i + 1 == segment.slots.size() ? 0 : i + 1) {
        Slot slot = segment.slots[i];
        if (slot == 0) return i;
        if (same != nullptr && slot >> kPlaceBits == tag && (*same)(place_of(slot))) return i;
    }
}

void PlaceIndex::grow(Segment& segment) {
    Segment larger;
    larger.slots.resize(std::max(kFewestSlots, segment.slots.size() + segment.slots.size() / 2));
    larger.used = segment.used;
    for (Slot slot : segment.slots) {
        if (slot != 0) larger.slots[probe(larger, slot >> kPlaceBits, nullptr)] = slot;
    }
    segment = std::move(larger);
}

std::optional<std::uint64_t> PlaceIndex::find(std::uint64_t hash, const Same& same) const {
    const Segment& segment = segments_[hash >> 56];
    if (segment.slots.empty()) return std::nullopt;
    Slot slot = segment.slots[probe(segment, tag_of(hash), &same)];
    if (slot == 0) return std::nullopt;
    return place_of(slot);
}

std::optional<std::uint64_t> PlaceIndex::find_or_add(std::uint64_t hash, std::uint64_t place,
                                                     const Same& same) {
    Segment& segment = segments_[hash >> 56];
    // Seven eighths full at most: fuller, a search that fails grows long; emptier, two of these
    // cost a plan more than 32 bytes a row.
    if ((segment.used + 1) * 8 > segment.slots.size() * 7) grow(segment);
    Slot& slot = segment.slots[probe(segment, tag_of(hash), &same)];
    if (slot != 0) return place_of(slot);
    slot = tag_of(hash) << kPlaceBits | (place + 1);
    ++segment.used;
    ++size_;
    return std::nullopt;
}

std::size_t PlaceIndex::bytes() const {
    std::size_t slots = 0;
    for (const Segment& segment : segments_) slots += segment.slots.capacity();
    return slots * sizeof(Slot);
}

}  // namespace tocsin

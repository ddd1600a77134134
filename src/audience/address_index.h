// Finds by hash the place where an address was read, in 12 bytes a slot and at most 24 bytes an
// address: the addresses themselves stay in their files.
//
// An open-addressing table in 256 segments, chosen by the hash's top byte. Each segment grows by
// half on its own, so that growing never needs a second copy of the whole. A slot keeps 32 bits of
// the hash; whether two hashes that agree belong to one address, only the caller can tell.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace tocsin {

class AddressIndex {
  public:
    // Whether the address that was read at `place` is the one looked for.
    using Same = std::function<bool(std::uint64_t place)>;

    // The place that `hash` was added with and `same` confirms, or nothing.
    std::optional<std::uint64_t> find(std::uint64_t hash, const Same& same) const;
    // As `find`; where that finds nothing, adds `place` (below 2^64 - 1).
    std::optional<std::uint64_t> find_or_add(std::uint64_t hash, std::uint64_t place,
                                             const Same& same);

    std::size_t size() const { return size_; }
    // Of all slots, used or not.
    std::size_t bytes() const;

  private:
    // `place` plus one in two halves, without the padding that a 64-bit member would bring; both
    // zero in an unused slot.
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t high = 0;
        std::uint32_t low = 0;
    };
    struct Segment {
        std::vector<Slot> slots;
        std::size_t used = 0;
    };

    static std::size_t probe(const Segment& segment, std::uint32_t tag, const Same* same);
    static void grow(Segment& segment);

    std::array<Segment, 256> segments_;
    std::size_t size_ = 0;
};

}  // namespace tocsin

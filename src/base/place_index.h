// Finds by hash the place of something that was stored elsewhere, in 8 bytes a slot and at most 14
// bytes an entry: the things themselves stay in their files.
//
// An open-addressing table in 256 segments, chosen by the hash's top byte. Each segment grows by
// half on its own, so that growing never needs a second copy of the whole. A slot keeps 24 more
// bits of the hash; whether two things whose bits agree are the same, only the caller can tell.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace tocsin {

class PlaceIndex {
  public:
    // Places are below this.
    static constexpr std::uint64_t kEnd = (std::uint64_t{1} << 40) - 1;

    // Whether what lies at `place` is what is looked for.
    using Same = std::function<bool(std::uint64_t place)>;

    // The place that `hash` was added with and `same` confirms, or nothing.
    std::optional<std::uint64_t> find(std::uint64_t hash, const Same& same) const;
    // As `find`; where that finds nothing, adds `place`.
    std::optional<std::uint64_t> find_or_add(std::uint64_t hash, std::uint64_t place,
                                             const Same& same);

    std::size_t size() const { return size_; }
    // Of all slots, used or not.
    std::size_t bytes() const;

  private:
    // 24 bits of the hash above 40 of the place plus one; 0 is unused.
    using Slot = std::uint64_t;
    struct Segment {
        std::vector<Slot> slots;
        std::size_t used = 0;
    };

    static std::size_t probe(const Segment& segment, Slot tag, const Same* same);
    static void grow(Segment& segment);

    std::array<Segment, 256> segments_;
    std::size_t size_ = 0;
};

}  // namespace tocsin

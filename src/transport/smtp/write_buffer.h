// Bytes that wait to be written to a link that takes them in part.
//
// After OpenSSL has refused a write it wants to see the same bytes at the same address again, and
// no fewer. So what `front` has shown once stays where it is until all of it is taken; what is
// added meanwhile goes into another block.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace tocsin {

class WriteBuffer {
  public:
    void append(std::string_view bytes);
    // The same without a copy.
    void give(std::string bytes);
    bool empty() const { return blocks_.empty(); }
    // The bytes to write next; empty only if the buffer is.
    std::string_view front();
    // The link took the first `count` bytes of `front`.
    void take(std::size_t count);
    // Drops what waits: the link is gone.
    void clear();

    // Positions in the stream of all bytes there ever were.
    std::uint64_t appended() const { return appended_; }
    std::uint64_t taken() const { return taken_; }

  private:
    std::deque<std::string> blocks_;  // none is empty
    std::size_t offset_ = 0;          // of what is left of the first block
    bool shown_ = false;              // the first block must not change any more
    std::uint64_t appended_ = 0;
    std::uint64_t taken_ = 0;
};

}  // namespace tocsin

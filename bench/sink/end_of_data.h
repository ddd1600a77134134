// Finds the end of a mail's data, CRLF . CRLF (RFC 5321, 4.1.1.4), in bytes that are cut anywhere.
//
// Only CRLF ends a line: a lone LF or CR is text, and a dot behind one is no end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tocsin::bench {

class EndOfData {
  public:
    // How many bytes of `chunk` belong to the mail where its end is among them, or nothing where
    // the mail goes on. After an end, the next byte begins another mail.
    std::optional<std::size_t> feed(std::string_view chunk);

    // Bytes of the mail that ended last, without the end itself and the dots that stuffing added.
    std::uint64_t size() const { return size_; }

  private:
    enum class At { kLineStart, kDot, kDotCr, kInLine, kCr };

    At after(char byte);

    At at_ = At::kLineStart;
    std::uint64_t read_ = 0;     // bytes of this mail in earlier chunks
    std::uint64_t stuffed_ = 0;  // dots that stuffing added
    std::uint64_t size_ = 0;
};

}  // namespace tocsin::bench

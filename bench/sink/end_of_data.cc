#include "sink/end_of_data.h"

#include <cstring>

namespace tocsin::bench {
namespace {

constexpr std::uint64_t kEndSize = 3;  // `.CRLF`; the CRLF in front of it ends the last line

}  // namespace

EndOfData::At EndOfData::after(char byte) {
    bool was_dot = at_ == At::kDot || at_ == At::kDotCr;
    if (at_ == At::kLineStart && byte == '.') return At::kDot;
    if (at_ == At::kDot && byte == '\r') return At::kDotCr;
    if (at_ == At::kCr && byte == '\n') return At::kLineStart;
    if (was_dot) ++stuffed_;  // the line goes on: its dot was not the end
    return byte == '\r' ? At::kCr : At::kInLine;
}

std::optional<std::size_t> EndOfData::feed(std::string_view chunk) {
    std::size_t i = 0;
    while (i < chunk.size()) {
        if (at_ == At::kInLine) {
            const void* cr = std::memchr(chunk.data() + i, '\r', chunk.size() - i);
            if (cr == nullptr) break;
            i = static_cast<std::size_t>(static_cast<const char*>(cr) - chunk.data());
        }
        char byte = chunk[i++];
        if (at_ == At::kDotCr && byte == '\n') {
            size_ = read_ + i - stuffed_ - kEndSize;
            at_ = At::kLineStart;
            read_ = stuffed_ = 0;
            return i;
        }
        at_ = after(byte);
    }
    read_ += chunk.size();
    return std::nullopt;
}

}  // namespace tocsin::bench

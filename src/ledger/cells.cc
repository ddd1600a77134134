#include "ledger/cells.h"

#include <cstdint>

#include "base/error.h"

namespace tocsin {
namespace {

void append_length(std::string& bytes, std::size_t length) {
    while (length >= 0x80) {
        bytes += static_cast<char>(length | 0x80);
        length >>= 7;
    }
    bytes += static_cast<char>(length);
}

[[noreturn]] void fail() {
    throw LedgerError("the ledger holds a row that cannot be read", "Restore a backup of it.");
}

std::size_t take_length(std::string_view& bytes) {
    std::uint64_t length = 0;
    for (int shift = 0; shift < 63; shift += 7) {
        if (bytes.empty()) fail();
        auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        length |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
        if (byte < 0x80) return length;
    }
    fail();
}

}  // namespace

std::string pack_texts(std::span<const std::string> texts) {
    std::string bytes;
    append_texts(bytes, texts);
    return bytes;
}

void append_texts(std::string& bytes, std::span<const std::string> texts) {
    std::size_t size = bytes.size();
    for (const auto& text : texts) size += text.size() + 2;
    bytes.reserve(size);
    for (const auto& text : texts) {
        append_length(bytes, text.size());
        bytes += text;
    }
}

std::vector<std::string> unpack_texts(std::string_view bytes) {
    std::vector<std::string> texts;
    while (!bytes.empty()) {
        std::size_t length = take_length(bytes);
        if (length > bytes.size()) fail();
        texts.emplace_back(bytes.substr(0, length));
        bytes.remove_prefix(length);
    }
    return texts;
}

}  // namespace tocsin

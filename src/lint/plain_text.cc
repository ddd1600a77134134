#include "lint/plain_text.h"

#include <algorithm>
#include <utility>

namespace tocsin {
namespace {

// The first `most` characters of well-formed UTF-8.
std::string_view first_characters(std::string_view text, std::size_t most) {
    std::size_t end = 0;
    for (std::size_t left = most + 1; end < text.size(); ++end) {
        bool begins = (static_cast<unsigned char>(text[end]) & 0xC0) != 0x80;
        if (begins && --left == 0) break;
    }
    return text.substr(0, end);
}

}  // namespace

void PlainText::add(std::string_view id, std::size_t offset, std::string message,
                    std::string hint) const {
    Place place = trace.place(offset);
    std::string excerpt = excerpt_of(content, place);
    report.add(id, std::move(place), std::move(message), std::move(hint), std::move(excerpt));
}

void PlainText::add_whole(std::string_view id, std::string message, std::string hint) const {
    report.add(id, begin, std::move(message), std::move(hint), excerpt_of(content, begin));
}

bool PlainText::is_field(std::size_t offset) const {
    const TracePiece* piece = trace.piece(offset);
    return piece != nullptr && piece->kind == TracePiece::Kind::kField;
}

std::string PlainText::with_short_cells(std::size_t most) const {
    std::string cut;
    for (auto piece = trace.pieces.begin(); piece != trace.pieces.end(); ++piece) {
        auto next = std::next(piece);
        std::size_t end = next == trace.pieces.end() ? trace.text.size() : next->begin;
        std::string_view bytes = text().substr(piece->begin, end - piece->begin);
        bool is_cell = piece->kind == TracePiece::Kind::kField;
        cut += is_cell ? first_characters(bytes, most) : bytes;
    }
    return cut;
}

}  // namespace tocsin

#include "lint/shapes.h"

#include <algorithm>
#include <utility>

namespace tocsin {
namespace {

constexpr std::size_t kLongCells = 64u << 10;

std::size_t size_of(const std::vector<std::string>& cells) {
    std::size_t bytes = 0;
    for (const std::string& cell : cells) bytes += cell.size();
    return bytes;
}

}  // namespace

Shapes::Shapes(std::vector<std::size_t> asked)
    : asked_(std::move(asked)), empty_((asked_.size() + 63) / 64) {}

Shapes::Shape* Shapes::find() {
    auto found = std::ranges::find(shapes_, empty_, &Shape::empty);
    return found == shapes_.end() ? nullptr : &*found;
}

void Shapes::keep(Shape& shape, const Mailbox& address, const std::vector<std::string>& cells) {
    shape.first = {address, cells};
    shape.bytes = size_of(cells);
}

void Shapes::add(const Mailbox& address, const std::vector<std::string>& cells) {
    std::ranges::fill(empty_, 0);
    for (std::size_t i = 0; i < asked_.size(); ++i) {
        if (cells[asked_[i]].empty()) empty_[i / 64] |= std::uint64_t{1} << (i % 64);
    }
    if (Shape* known = find()) {
        ++known->people;
        if (known->bytes > kLongCells && size_of(cells) <= kLongCells) keep(*known, address, cells);
        return;
    }
    if (shapes_.size() == kMost) return;
    shapes_.push_back({{address, cells}, 1, empty_, size_of(cells)});
}

}  // namespace tocsin

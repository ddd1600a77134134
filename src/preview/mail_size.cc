#include "preview/mail_size.h"

namespace tocsin {
namespace {

constexpr std::size_t kProbe = 64;  // letters; longer than what a lambda could add to a cell

}  // namespace

MailSize::MailSize(Renderer& renderer) : renderer_(renderer) {
    for (const auto& used : renderer.used_columns()) used_.push_back(used.column);
}

std::uint64_t MailSize::render(const std::vector<std::string>& cells) {
    Rendered mail = renderer_.render(cells, {});
    return mail.html.empty() ? mail.text.size() : mail.html.size();
}

MailSize::Shape MailSize::measure(std::vector<std::string> cells) {
    for (std::size_t column : used_) {
        if (!cells[column].empty()) cells[column] = "x";
    }
    Shape shape;
    const std::uint64_t least = render(cells);
    shape.frame = least;
    for (std::size_t column : used_) {
        std::uint64_t copies = 0;
        if (!cells[column].empty()) {
            cells[column] = std::string(1 + kProbe, 'x');
            copies = (render(cells) - least) / kProbe;
            cells[column] = "x";
        }
        shape.copies.push_back(copies);
        shape.frame -= copies;
    }
    return shape;
}

const MailSize::Shape* MailSize::shape_of(const std::vector<std::string>& cells) {
    std::string key;
    for (std::size_t column : used_) key += cells[column].empty() ? '0' : '1';
    auto known = shapes_.find(key);
    if (known != shapes_.end()) return &known->second;
    if (shapes_.size() == kMostShapes) return nullptr;
    return &shapes_.emplace(std::move(key), measure(cells)).first->second;
}

std::uint64_t MailSize::of(const std::vector<std::string>& cells) {
    const Shape* shape = shape_of(cells);
    if (shape == nullptr) return 0;
    std::uint64_t size = shape->frame;
    for (std::size_t i = 0; i < used_.size(); ++i) {
        size += shape->copies[i] * cells[used_[i]].size();
    }
    return size;
}

}  // namespace tocsin

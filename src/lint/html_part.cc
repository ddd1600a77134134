#include "lint/html_part.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace tocsin {
namespace {

// The name of the tag that `text` begins with, marks like `&` left out; advances `text` behind it.
std::string take_tag(std::string_view& text) {
    if (!text.starts_with("{{")) return {};
    auto end = text.find("}}");
    if (end == text.npos) return {};
    std::string_view inside = text.substr(2, end - 2);
    text.remove_prefix(end + 2);
    while (inside.starts_with('{') || inside.starts_with('&')) inside.remove_prefix(1);
    return std::string(trim(inside));
}

}  // namespace

std::string tag_name(const Content& content, const Place& place) {
    const std::string line = excerpt_of(content, place);
    const auto column = static_cast<std::size_t>(std::max(place.column - 1, 0));
    std::string_view rest = std::string_view(line).substr(std::min(column, line.size()));
    std::string name = take_tag(rest);
    while (name.starts_with('#')) {
        rest.remove_prefix(std::min(rest.find("{{"), rest.size()));
        name = take_tag(rest);
    }
    return name;
}

void HtmlPart::add(std::string_view id, std::size_t offset, std::string message,
                   std::string hint) const {
    Place place = mail.html.place(offset);
    std::string excerpt = excerpt_of(content, place);
    report.add(id, std::move(place), std::move(message), std::move(hint), std::move(excerpt));
}

void HtmlPart::add(std::string_view id, const HtmlNode& node, std::string message,
                   std::string hint) const {
    if (node.offset) add(id, *node.offset, std::move(message), std::move(hint));
}

void HtmlPart::add_lack(std::string_view id, std::string_view element, std::string message,
                        std::string hint) const {
    std::size_t offset = 0;
    for (std::string_view name : {element, std::string_view("html")}) {
        const HtmlNode* node = document.find(name);
        if (node == nullptr || !node->offset) continue;
        offset = *node->offset;
        break;
    }
    add(id, offset, std::move(message), std::move(hint));
}

std::string HtmlPart::giver(std::size_t offset, std::string_view otherwise) const {
    const TracePiece* piece = mail.html.piece(offset);
    if (piece == nullptr || piece->kind == TracePiece::Kind::kText) return std::string(otherwise);
    std::string name = tag_name(content, piece->place);
    bool is_field = piece->kind == TracePiece::Kind::kField;
    if (name.empty()) return is_field ? "a column" : std::string(otherwise);
    return is_field ? "the column `" + name + "`" : "`{{" + name + "}}`";
}

}  // namespace tocsin

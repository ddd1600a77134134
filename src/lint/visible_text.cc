#include "lint/visible_text.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tocsin {
namespace {

bool begins_line(std::string_view name) {
    static constexpr std::array<std::string_view, 36> kNames = {
        "address", "article", "blockquote", "body",  "br", "caption", "center", "dd", "div",
        "dl",      "dt",      "footer",     "form",  "h1", "h2",      "h3",     "h4", "h5",
        "h6",      "header",  "hr",         "html",  "li", "main",    "nav",    "ol", "p",
        "pre",     "section", "table",      "tbody", "td", "tfoot",   "th",     "tr", "ul"};
    return std::ranges::binary_search(kNames, name);
}

// The length of the white space that `text` begins with, no-break spaces too; 0 where it is none.
std::size_t blank_length(std::string_view text) {
    if (text.starts_with("\xC2\xA0")) return 2;
    return std::string_view(" \t\r\n\f").find(text.front()) != std::string_view::npos ? 1 : 0;
}

std::size_t character_length(std::string_view text) {
    std::size_t length = 1;
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) {
        ++length;
    }
    return length;
}

class Writer {
  public:
    explicit Writer(std::string_view html) : html_(html) {}

    void end_line() { line_ends_ = true; }

    void add(const HtmlNode& node) {
        raw_ = node.offset.value_or(html_.size());
        for (std::string_view rest = node.text; !rest.empty();) {
            std::size_t length = blank_length(rest);
            if (length > 0) {
                blank_ = true;
            } else {
                length = character_length(rest);
                write(rest.substr(0, length));
            }
            pass(rest.substr(0, length));
            rest.remove_prefix(length);
        }
    }

    VisibleText take() { return std::move(made_); }

  private:
    void write(std::string_view character) {
        if (!made_.text.empty() && line_ends_) put('\n');
        if (!made_.text.empty() && !line_ends_ && blank_) put(' ');
        line_ends_ = blank_ = false;
        for (char c : character) put(c);
    }

    void put(char c) {
        made_.text += c;
        made_.offsets.push_back(static_cast<std::uint32_t>(std::min(raw_, html_.size())));
    }

    // Goes on in the HTML to what follows `character`: it may be written as a reference there.
    void pass(std::string_view character) {
        if (raw_ >= html_.size()) return;
        std::string_view rest = html_.substr(raw_, 40);
        auto reference_end = rest.front() == '&' ? rest.find(';') : rest.npos;
        bool is_reference = reference_end != rest.npos &&
                            rest.substr(0, reference_end).find_first_of(" <\n") == rest.npos;
        if (is_reference && !(character == "&" && !rest.starts_with("&amp;"))) {
            raw_ += reference_end + 1;
        } else {
            raw_ += rest.starts_with("\r\n") ? 2 : character.size();
        }
    }

    std::string_view html_;
    VisibleText made_;
    std::size_t raw_ = 0;  // of the character that is being written
    bool line_ends_ = false, blank_ = false;
};

}  // namespace

std::size_t VisibleText::offset(std::size_t at) const {
    return offsets.empty() ? 0 : offsets[std::min(at, offsets.size() - 1)];
}

VisibleText visible_text(const Document& document, std::string_view html) {
    Writer writer(html);
    std::vector<std::size_t> open_blocks;  // where they end
    const auto& nodes = document.nodes();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        while (!open_blocks.empty() && open_blocks.back() <= i) {
            writer.end_line();
            open_blocks.pop_back();
        }
        if (nodes[i].hidden) continue;
        if (nodes[i].kind == HtmlNode::Kind::kText) {
            writer.add(nodes[i]);
        } else if (begins_line(nodes[i].name)) {
            writer.end_line();
            open_blocks.push_back(nodes[i].end);
        }
    }
    return writer.take();
}

std::string text_of(const Document& document, const HtmlNode& element) {
    std::string text;
    const auto& nodes = document.nodes();
    for (auto i = static_cast<std::size_t>(&element - nodes.data()) + 1; i < element.end; ++i) {
        if (nodes[i].hidden) continue;
        if (nodes[i].kind == HtmlNode::Kind::kText) text += nodes[i].text;
        if (nodes[i].is("img")) text.append(" ").append(nodes[i].value("alt")).append(" ");
        if (nodes[i].kind == HtmlNode::Kind::kElement && begins_line(nodes[i].name)) text += ' ';
    }
    std::string one_line;
    for (std::string_view rest = text; !rest.empty();) {
        std::size_t blank = blank_length(rest);
        if (blank == 0) one_line += rest.front();
        if (blank > 0 && !one_line.empty() && one_line.back() != ' ') one_line += ' ';
        rest.remove_prefix(std::max<std::size_t>(blank, 1));
    }
    return std::string(trim(one_line));
}

}  // namespace tocsin

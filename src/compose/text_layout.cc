#include "compose/text_layout.h"

#include <algorithm>

#include "base/text.h"

namespace tocsin {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

// `text` up to the next `end`, which is cut off together with it.
std::string_view take_until(std::string_view& text, char end) {
    auto at = text.find(end);
    std::string_view taken = text.substr(0, at);
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
    return taken;
}

std::string_view without_trailing_blanks(std::string_view text) {
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

}  // namespace

std::size_t character_count(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

void TextLayout::add(std::string_view text) {
    for (char c : text) {
        bool at_gap = words_.empty() || words_.back() == ' ' || words_.back() == '\n';
        if (!is_blank(c))
            words_ += c;
        else if (!at_gap)
            words_ += ' ';
    }
}

void TextLayout::add_verbatim(std::string_view text) {
    end_block(true);
    while (!text.empty()) emit(take_until(text, '\n'));
    end_block(true);
}

void TextLayout::add_line(std::string_view line) {
    end_block(false);
    emit(line);
}

void TextLayout::line_break() {
    if (!words_.empty()) words_ += '\n';
}

void TextLayout::end_block(bool blank) {
    wrap();
    words_.clear();
    if (blank && !text_.empty()) blank_wanted_ = true;
}

void TextLayout::push_indent(std::string first, std::string rest) {
    indents_.push_back({std::move(first), std::move(rest)});
}

void TextLayout::pop_indent() {
    indents_.pop_back();
}

void TextLayout::underline(char mark) {
    if (trim(words_).empty()) return;
    wrap();
    words_.clear();
    emit(std::string(longest_line_, mark));
    blank_wanted_ = true;
}

std::string TextLayout::finish() {
    end_block(false);
    return std::move(text_);
}

std::string TextLayout::next_prefix() {
    std::string prefix;
    for (Indent& indent : indents_) {
        prefix += indent.used ? indent.rest : indent.first;
        indent.used = true;
    }
    return prefix;
}

void TextLayout::emit(std::string_view line) {
    if (blank_wanted_) text_ += "\n";
    blank_wanted_ = false;
    text_ += without_trailing_blanks(next_prefix() + std::string(line));
    text_ += "\n";
}

void TextLayout::wrap() {
    std::size_t indent = 0;
    for (const Indent& level : indents_) indent += level.rest.size();
    const std::size_t width = kWidth > indent + 20 ? kWidth - indent : 20;
    longest_line_ = 0;
    std::string_view block = trim(words_);
    while (!block.empty()) {
        std::string_view line_of_words = take_until(block, '\n');
        std::string line;
        while (!line_of_words.empty()) {
            std::string_view word = take_until(line_of_words, ' ');
            bool fits = character_count(line) + 1 + character_count(word) <= width;
            if (!line.empty() && !fits) {
                longest_line_ = std::max(longest_line_, character_count(line));
                emit(line);
                line.clear();
            }
            if (!line.empty()) line += ' ';
            line += word;
        }
        longest_line_ = std::max(longest_line_, character_count(line));
        emit(line);
    }
}

}  // namespace tocsin

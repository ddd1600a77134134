// Lays out plain text: collapses white space, wraps lines, keeps blocks apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

// Builds one text block by block. Inside a block runs of white space are one space.
class TextLayout {
  public:
    static constexpr std::size_t kWidth =
        72;  // characters a line, except for words that are longer

    // Words of the present block.
    void add(std::string_view text);
    // Text that is kept as it is, line by line.
    void add_verbatim(std::string_view text);
    // One line that is not wrapped, such as a long target; ends the present block.
    void add_line(std::string_view line);
    void line_break();
    // Ends the block. `blank` asks for an empty line between it and the next.
    void end_block(bool blank);
    // What stands before each line of the blocks to come ("> "); `first` before the very next line
    // only ("* ").
    void push_indent(std::string first, std::string rest);
    void pop_indent();
    // Underlines the present block, which is one heading, with `mark`, and ends it.
    void underline(char mark);

    bool block_is_empty() const { return words_.empty(); }
    // Ends the last block and gives everything, ending in one newline; empty where nothing was
    // added.
    std::string finish();

  private:
    struct Indent {
        std::string first, rest;
        bool used = false;
    };
    void emit(std::string_view line);
    std::string next_prefix();
    void wrap();

    std::string text_;
    std::string words_;  // of the present block, line breaks as '\n'
    std::vector<Indent> indents_;
    bool blank_wanted_ = false;
    std::size_t longest_line_ = 0;  // of the block that was wrapped last
};

// Characters, counted as UTF-8 lead bytes.
std::size_t character_count(std::string_view text);

}  // namespace tocsin

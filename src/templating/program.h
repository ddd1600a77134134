// A template whose tags are numbers, and its literal text apart from it: what the engine runs.
//
// kainjow's own handling of lines, names and delimiters never comes into play, because a program
// has no literal text, no names and no delimiters but its own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::templating {

class Program {
  public:
    void text(std::string_view literal);
    void print(std::size_t slot, bool escaped);
    void open(std::size_t slot);
    void open_inverted(std::size_t slot);
    // Closes what was opened last.
    void close();

    // Nothing but literal text was added.
    bool is_constant() const { return source_.empty() || (texts_.size() == 1 && only_text_); }
    // The literal text of a constant program.
    std::string_view constant() const { return texts_.empty() ? std::string_view() : texts_[0]; }

    const std::string& source() const { return source_; }
    const std::vector<std::string>& texts() const { return texts_; }

  private:
    void tag(std::string_view sigil, std::string_view name);

    std::string source_;
    std::vector<std::string> texts_;
    std::vector<std::string> open_;  // names of open sections
    bool text_is_last_ = false;
    bool only_text_ = true;
};

}  // namespace tocsin::templating

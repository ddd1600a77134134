// A template whose tags are numbers, and its literal text apart from it: what the engine runs.
//
// kainjow's own handling of lines, names and delimiters never comes into play, because a program
// has no literal text, no names and no delimiters but its own.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "templating/node.h"

namespace tocsin::templating {

// Where literal text was written.
struct Origin {
    bool constant = false;   // by a tag, at whose place it stands
    Spot spot{};             // of its first byte, or of the tag
    std::size_t indent = 0;  // bytes before each of its lines that the file does not have
};

// What a program does, for whoever asks where its output came from.
struct Step {
    enum class Kind { kText, kPrint, kPrintEscaped, kOpen, kOpenInverted, kClose };
    Kind kind;
    std::size_t number = 0;             // a slot, or which of the texts
    std::size_t begin = 0, length = 0;  // of kText: a part of that text
    Origin origin{};                    // of kText; of kPrint and kPrintEscaped the tag's spot
};

class Program {
  public:
    void text(std::string_view literal, const Origin& origin = {});
    void print(std::size_t slot, bool escaped, const Spot& spot = {});
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
    const std::vector<Step>& steps() const { return steps_; }

  private:
    void tag(std::string_view sigil, std::string_view name);

    std::string source_;
    std::vector<std::string> texts_;
    std::vector<Step> steps_;
    std::vector<std::string> open_;  // names of open sections
    bool text_is_last_ = false;
    bool only_text_ = true;
};

}  // namespace tocsin::templating

#include "templating/program.h"

namespace tocsin::templating {

// Names: t3 is literal text 3, v3 a value to print, e3 the same escaped, s3 and i3 its section and
// inverted section.

void Program::text(std::string_view literal, const Origin& origin) {
    if (literal.empty()) return;
    const std::size_t number = texts_.size() - (text_is_last_ ? 1 : 0);
    const std::size_t begin = text_is_last_ ? texts_.back().size() : 0;
    steps_.push_back({Step::Kind::kText, number, begin, literal.size(), origin});
    if (text_is_last_) {
        texts_.back() += literal;
        return;
    }
    tag("&", "t" + std::to_string(texts_.size()));
    texts_.emplace_back(literal);
    text_is_last_ = true;
}

void Program::print(std::size_t slot, bool escaped, const Spot& spot) {
    auto kind = escaped ? Step::Kind::kPrintEscaped : Step::Kind::kPrint;
    steps_.push_back({kind, slot, 0, 0, {false, spot, 0}});
    tag("&", (escaped ? "e" : "v") + std::to_string(slot));
    only_text_ = false;
}

void Program::open(std::size_t slot) {
    steps_.push_back({Step::Kind::kOpen, slot});
    open_.push_back("s" + std::to_string(slot));
    tag("#", open_.back());
    only_text_ = false;
}

void Program::open_inverted(std::size_t slot) {
    steps_.push_back({Step::Kind::kOpenInverted, slot});
    open_.push_back("i" + std::to_string(slot));
    tag("^", open_.back());
    only_text_ = false;
}

void Program::close() {
    steps_.push_back({Step::Kind::kClose});
    tag("/", open_.back());
    open_.pop_back();
}

void Program::tag(std::string_view sigil, std::string_view name) {
    source_ += "{{";
    source_ += sigil;
    source_ += name;
    source_ += "}}";
    text_is_last_ = false;
}

}  // namespace tocsin::templating

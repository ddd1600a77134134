#include "lint/css.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace tocsin {
namespace {

class CssReader {
  public:
    explicit CssReader(std::string_view text) : text_(text) {}

    Css read() {
        for (std::size_t at = 0; at < text_.size();) at = step(at);
        end_statement();
        return std::move(css_);
    }

  private:
    // Takes in what is at `at`; gives where it ends.
    std::size_t step(std::size_t at) {
        char c = text_[at];
        if (text_.substr(at, 2) == "/*") return std::min(text_.find("*/", at + 2), kEnd) + 2;
        if (c == '"' || c == '\'') return quoted(at);
        if (c == '{' && brackets_ == 0) return open_block(at);
        if ((c == ';' || c == '}') && (brackets_ == 0 || c == '}')) return close(at);
        if (c == '(') ++brackets_;
        if (c == ')' && brackets_ > 0) --brackets_;
        keep(at, 1);
        return at + 1;
    }

    static constexpr std::size_t kEnd = std::string_view::npos - 2;

    std::size_t quoted(std::size_t at) {
        auto end = at + 1;
        while (end < text_.size() && text_[end] != text_[at] && text_[end] != '\n') {
            end += text_[end] == '\\' ? 2 : 1;
        }
        end = std::min(end + 1, text_.size());
        keep(at, end - at);
        return end;
    }

    void keep(std::size_t at, std::size_t length) {
        if (statement_.empty()) {
            if (std::string_view(" \t\r\n").find(text_[at]) != std::string_view::npos) return;
            begin_ = at;
        }
        statement_.append(text_.substr(at, length));
    }

    std::size_t open_block(std::size_t at) {
        bool conditional = statement_.starts_with("@media") || statement_.starts_with("@supports");
        blocks_.push_back(conditional);
        conditions_ += conditional ? 1 : 0;
        statement_.clear();
        return at + 1;
    }

    std::size_t close(std::size_t at) {
        end_statement();
        brackets_ = 0;
        if (text_[at] == '}' && !blocks_.empty()) {
            conditions_ -= blocks_.back() ? 1 : 0;
            blocks_.pop_back();
        }
        return at + 1;
    }

    void end_statement() {
        std::string statement = ascii_lower(std::exchange(statement_, {}));
        if (statement.starts_with("@import")) return css_.imports.push_back(begin_);
        auto colon = statement.find(':');
        if (colon == statement.npos) return;
        css_.declarations.push_back({std::string(trim(statement.substr(0, colon))),
                                     std::string(trim(statement.substr(colon + 1))), begin_,
                                     conditions_ > 0});
    }

    std::string_view text_;
    Css css_;
    std::string statement_;  // what was read of it
    std::size_t begin_ = 0;  // of its first byte
    int brackets_ = 0;       // round ones that are open in it
    std::vector<bool> blocks_;
    int conditions_ = 0;
};

}  // namespace

Css read_css(std::string_view text) {
    return CssReader(text).read();
}

}  // namespace tocsin

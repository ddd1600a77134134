// Walks through the text of one field of a cron expression.
#pragma once

#include <cstddef>
#include <string_view>

namespace tocsin {

class CronScanner {
  public:
    explicit CronScanner(std::string_view text) : text_(text) {}

    std::size_t at() const { return at_; }
    void back_to(std::size_t at) { at_ = at; }
    bool is_at_end() const { return at_ == text_.size(); }
    bool sees(char c) const { return at_ < text_.size() && text_[at_] == c; }
    bool take(char c);
    // Digits and letters, as many as there are; perhaps none.
    std::string_view take_word();
    // The character that follows, with all of its bytes. Not at the end.
    std::string_view character() const;
    std::string_view since(std::size_t begin) const { return text_.substr(begin, at_ - begin); }
    // What is left of an item of the list.
    std::string_view rest_of_item() const { return text_.substr(at_, text_.find(',', at_) - at_); }

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

bool is_number(std::string_view word);
// Of digits; far above every field where it would overflow.
unsigned to_number(std::string_view digits);

}  // namespace tocsin

// The words of one page in one language, and which language that is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/page_texts.h"

namespace tocsin {

// The first that there are texts for: the recipient's own language, what the browser asks for
// (`Accept-Language`, RFC 9110 section 12.5.4), English. "de-at" is served by "de".
std::string choose_language(const PageTexts& texts, std::string_view of_recipient,
                            std::string_view accept_language);

// What stands for `{organisation}`, `{list}` and `{date}`: as it is, not escaped.
struct Inserts {
    std::string_view organisation{};
    std::string_view list{};
    std::string_view date{};
};

class Wording {
  public:
    // Both must outlive it.
    Wording(const PageTexts& texts, std::string language, const Inserts& inserts);

    const std::string& language() const { return language_; }
    bool right_to_left() const;
    // HTML: escaped, and what is inserted isolated from the direction of the text around it.
    std::string html(std::string_view key) const;

  private:
    const std::string& text(std::string_view key) const;

    const TextsOfLanguage* texts_ = nullptr;  // or none: English as it is built in
    std::string language_;
    Inserts inserts_;
};

}  // namespace tocsin

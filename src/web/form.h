// What a POST to a token's page says: RFC 8058's one click, or a choice of the page's own form.
#pragma once

#include <optional>
#include <string_view>

#include "unsubscribe/leaving.h"

namespace tocsin {

class Form {
  public:
    // A field, decoded. Fields that nobody knows are passed over; of those that are repeated the
    // last one counts.
    void add(std::string_view name, std::string_view value);

    bool one_click() const { return one_click_; }
    // One click is `kList`, whatever else was sent. Nothing where neither was there.
    std::optional<Choice> choice() const;

  private:
    bool one_click_ = false;
    std::optional<Choice> choice_;
};

}  // namespace tocsin

// A person's mail once more, for "view in browser".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mail/token.h"

namespace tocsin {

class MailView {
  public:
    virtual ~MailView() = default;
    // The HTML document of the token's mail; nothing where it cannot be made any more. Throws
    // LedgerError. One thread at a time.
    virtual std::optional<std::string> html(const UnsubscribeToken& token,
                                            std::string_view written) = 0;
};

}  // namespace tocsin

// Where a recipient leaves: the link in the mail and the List-Unsubscribe headers (RFC 2369, RFC
// 8058).
#pragma once

#include <string>
#include <string_view>

#include "model/workspace.h"

namespace tocsin {

struct UnsubscribeLinks {
    std::string url;     // https://…/TOKEN, or empty
    std::string mailto;  // mailto:unsubscribe+TOKEN@…, or empty
    std::string view;    // https://…/TOKEN/view, or empty: the mail in the browser

    // What `{{unsubscribe_url}}` gives: the page where there is one, else the mailto.
    const std::string& visible() const { return url.empty() ? mailto : url; }
    // Of List-Unsubscribe: "<https://…>, <mailto:…>", or empty.
    std::string header() const;
    // RFC 8058: one-click needs an https URI.
    bool one_click() const;
};

// `token` is an unsubscribe token, or a word that is none (`kHarmless`) in previews and proofs.
UnsubscribeLinks unsubscribe_links(const UnsubscribeSettings& settings, std::string_view token);

// No token can be this: it cannot suppress anybody.
inline constexpr std::string_view kHarmless = "preview";

}  // namespace tocsin

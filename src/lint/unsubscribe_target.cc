#include "lint/unsubscribe_target.h"

#include "base/text.h"
#include "compose/unsubscribe_links.h"

namespace tocsin {
namespace {

UnsubscribeTarget of_token(std::string_view token) {
    if (token.empty()) return UnsubscribeTarget::kBare;
    return token == kHarmless ? UnsubscribeTarget::kOwn : UnsubscribeTarget::kForeign;
}

// `rest` is what follows `unsubscribe.url`.
UnsubscribeTarget of_page(std::string_view rest) {
    rest = rest.substr(0, rest.find_first_of("?#"));
    auto slash = rest.find('/');
    auto target = of_token(rest.substr(0, slash));
    bool is_view = slash != rest.npos && rest.substr(slash) == "/view";
    return target == UnsubscribeTarget::kOwn && is_view ? UnsubscribeTarget::kView : target;
}

std::string without_percent(std::string_view text) {
    std::string plain(text);
    for (auto at = plain.find("%2b"); at != plain.npos; at = plain.find("%2b")) {
        plain.replace(at, 3, "+");
    }
    return plain;
}

// `address` is that of a mailto, in lower case.
UnsubscribeTarget of_mailto(std::string_view address, const Mailbox& mailbox) {
    const std::string local = ascii_lower(mailbox.local());
    const std::string domain = "@" + ascii_lower(mailbox.domain());
    if (!address.starts_with(local) || !address.ends_with(domain)) return UnsubscribeTarget::kNone;
    if (address.size() < local.size() + domain.size()) return UnsubscribeTarget::kNone;
    address.remove_prefix(local.size());
    address.remove_suffix(domain.size());
    if (address.empty()) return UnsubscribeTarget::kBare;
    return address.front() == '+' ? of_token(address.substr(1)) : UnsubscribeTarget::kNone;
}

}  // namespace

UnsubscribeTarget unsubscribe_target(const Target& target, const UnsubscribeSettings& settings) {
    const std::string url = ascii_lower(target.url);
    const std::string page = ascii_lower(settings.url);
    if (!page.empty() && url.starts_with(page)) return of_page(url.substr(page.size()));
    if (!settings.mailto || target.scheme != "mailto") return UnsubscribeTarget::kNone;
    std::string address = without_percent(url.substr(std::string_view("mailto:").size()));
    return of_mailto(address.substr(0, address.find('?')), *settings.mailto);
}

}  // namespace tocsin

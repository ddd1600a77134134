#include "campaign/domain_name.h"

#include "campaign/quote.h"
#include "mail/domain.h"

namespace tocsin {

std::optional<std::string> check_domain(const Node& node, const Place& place,
                                        std::string_view written) {
    if (written.empty()) {
        node.error_at(place, "bad-domain", "a domain is missing");
        return std::nullopt;
    }
    auto read = ascii_domain(written);
    if (auto* domain = std::get_if<std::string>(&read)) return *domain;
    node.error_at(
        place, "bad-domain",
        in_backquotes(written) + " is no mail domain: " + std::get<Mailbox::Fault>(read).message);
    return std::nullopt;
}

}  // namespace tocsin

// The large mailbox providers and the domains whose mail each receives: what one of them is slow
// to take is slow for all its domains.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace tocsin {

struct MailboxProvider {
    std::string_view group;          // named after its mail servers
    std::optional<int> connections;  // messages under way at once that it takes without complaint
};

std::span<const MailboxProvider> mailbox_providers();

// The index of the provider whose domain (ASCII lower case) this is, or whose group is so called.
std::optional<std::size_t> provider_of(std::string_view domain);

}  // namespace tocsin

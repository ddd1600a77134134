#include "delivery/rates/mailbox_providers.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace tocsin {
namespace {

enum Provider : std::size_t { kGoogle, kYahoo, kMicrosoft, kApple, kOrange, kGmx };

constexpr std::array<MailboxProvider, 6> kProviders = {{
    {"google.com", 5},
    {"yahoodns.net", std::nullopt},
    {"outlook.com", 5},
    {"icloud.com", 10},
    {"orange.fr", 2},
    {"gmx.net", 4},
}};

using Entry = std::pair<const std::string_view, Provider>;

const std::unordered_map<std::string_view, Provider> kDomains = {
    Entry{"google.com", kGoogle},
    Entry{"gmail.com", kGoogle},
    Entry{"googlemail.com", kGoogle},
    Entry{"yahoodns.net", kYahoo},
    Entry{"ymail.com", kYahoo},
    Entry{"rocketmail.com", kYahoo},
    Entry{"myyahoo.com", kYahoo},
    Entry{"aim.com", kYahoo},
    Entry{"netscape.net", kYahoo},
    Entry{"verizon.net", kYahoo},
    Entry{"msn.com", kMicrosoft},
    Entry{"passport.com", kMicrosoft},
    Entry{"windowslive.com", kMicrosoft},
    Entry{"icloud.com", kApple},
    Entry{"me.com", kApple},
    Entry{"mac.com", kApple},
    Entry{"orange.fr", kOrange},
    Entry{"wanadoo.fr", kOrange},
    Entry{"web.de", kGmx},
};

// The first label of domains in many countries: yahoo.fr, hotmail.co.uk, live.com.au.
const std::unordered_map<std::string_view, Provider> kFamilies = {
    Entry{"yahoo", kYahoo},       Entry{"aol", kYahoo},      Entry{"outlook", kMicrosoft},
    Entry{"hotmail", kMicrosoft}, Entry{"live", kMicrosoft}, Entry{"gmx", kGmx},
};

// Under the same names, but another company's servers.
constexpr std::array<std::string_view, 2> kStrangers = {"yahoo.co.jp", "yahoo.ne.jp"};

bool is_country(std::string_view label) {
    return label.size() == 2;
}

// "com", "net", "fr", "co.uk", "com.br"
bool is_suffix(std::string_view text) {
    std::size_t dot = text.find('.');
    std::string_view first = text.substr(0, dot);
    if (dot == std::string_view::npos) return is_country(first) || first == "com" || first == "net";
    return (first == "co" || first == "com") && is_country(text.substr(dot + 1));
}

template <class Map>
std::optional<std::size_t> look_up(const Map& map, std::string_view key) {
    auto found = map.find(key);
    if (found == map.end()) return std::nullopt;
    return found->second;
}

}  // namespace

std::span<const MailboxProvider> mailbox_providers() {
    return kProviders;
}

std::optional<std::size_t> provider_of(std::string_view domain) {
    if (auto known = look_up(kDomains, domain)) return known;
    std::size_t dot = domain.find('.');
    if (dot == std::string_view::npos || !is_suffix(domain.substr(dot + 1))) return std::nullopt;
    if (std::find(kStrangers.begin(), kStrangers.end(), domain) != kStrangers.end()) {
        return std::nullopt;
    }
    return look_up(kFamilies, domain.substr(0, dot));
}

}  // namespace tocsin

#include "lint/sender.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "base/text.h"

namespace tocsin {
namespace {

// Without what people put between the words.
constexpr std::string_view kNoReply[] = {
    "noreply",        "donotreply",    "dontreply",     "neverreply",       "noreturn",
    "nichtantworten", "keineantwort",  "nepasrepondre", "sansreponse",      "noresponder",
    "norespond",      "nonrispondere", "naoresponda",   "nietbeantwoorden", "ingetsvar",
};

constexpr std::string_view kFreemail[] = {
    "126.com",     "163.com",        "bk.ru",          "bluewin.ch",     "btinternet.com",
    "free.fr",     "freenet.de",     "gmail.com",      "googlemail.com", "hushmail.com",
    "icloud.com",  "inbox.ru",       "interia.pl",     "laposte.net",    "libero.it",
    "list.ru",     "mac.com",        "mail.com",       "mail.ru",        "me.com",
    "msn.com",     "naver.com",      "o2.pl",          "onet.pl",        "orange.fr",
    "outlook.com", "pm.me",          "posteo.de",      "proton.me",      "protonmail.com",
    "qq.com",      "rediffmail.com", "rocketmail.com", "seznam.cz",      "sfr.fr",
    "t-online.de", "tuta.com",       "tutanota.com",   "ukr.net",        "verizon.net",
    "virgilio.it", "wanadoo.fr",     "web.de",         "wp.pl",          "ya.ru",
    "ymail.com",   "zoho.com",
};

// Providers with a domain in each country: `yahoo.co.uk`, `gmx.at`.
constexpr std::string_view kEverywhere[] = {"aol",     "gmx",   "hotmail", "live",
                                            "outlook", "yahoo", "yandex"};

// "com", "de", "co.uk", "com.br": what may stand behind the name of such a provider.
bool is_country(std::string_view suffix) {
    std::size_t dot = suffix.find('.');
    if (dot == std::string_view::npos)
        return suffix.size() == 2 || suffix == "com" || suffix == "net";
    std::string_view first = suffix.substr(0, dot);
    return suffix.size() == dot + 3 && (first == "co" || first == "com" || first == "ne");
}

}  // namespace

bool is_no_reply(const Mailbox& address) {
    std::string words = ascii_lower(address.local());
    std::erase_if(words, [](char c) { return c == '-' || c == '_' || c == '.'; });
    return std::ranges::any_of(kNoReply,
                               [&](std::string_view word) { return words.starts_with(word); });
}

bool is_freemail(std::string_view domain) {
    if (std::ranges::find(kFreemail, domain) != std::end(kFreemail)) return true;
    std::size_t dot = domain.find('.');
    if (dot == std::string_view::npos) return false;
    bool is_known = std::ranges::find(kEverywhere, domain.substr(0, dot)) != std::end(kEverywhere);
    return is_known && is_country(domain.substr(dot + 1));
}

}  // namespace tocsin

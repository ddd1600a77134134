#include "inbound/message_id_search.h"

#include <algorithm>

#include "base/text.h"
#include "mail/message_id.h"

namespace tocsin {
namespace {

constexpr std::size_t kUniqueCharacters = 26;  // base32 of 16 bytes

std::string unique_part(std::string_view id) {
    return ascii_lower(id.substr(0, id.find('@')));
}

// The domain is that of the sender at the time, which proves nothing: it is left out.
std::vector<std::string> possible_parts(const KeyRing& keys, const MailingKey& mailing,
                                        const std::string& key) {
    std::vector<std::string> parts = possible_message_ids(keys, mailing.name(), key, "");
    for (std::string& part : parts) part.resize(kUniqueCharacters);
    return parts;
}

}  // namespace

bool may_be_our_message_id(std::string_view id) {
    std::string part = unique_part(id);
    return id.find('@') != id.npos && part.size() == kUniqueCharacters &&
           part.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567") == part.npos;
}

bool is_message_id_of(const KeyRing& keys, const MailingKey& mailing, const std::string& key,
                      std::string_view id) {
    auto parts = possible_parts(keys, mailing, key);
    return std::find(parts.begin(), parts.end(), unique_part(id)) != parts.end();
}

void MessageIdSearch::want(const std::string& id, OnFound found) {
    wanted_.emplace(unique_part(id), std::move(found));
}

void MessageIdSearch::run(Ledger& ledger, const std::vector<MailingKey>& mailings) {
    for (const MailingKey& mailing : mailings) {
        if (wanted_.empty()) return;
        ledger.for_each_row(
            mailing, [&](const std::string& key, State /*state*/) { look_at(mailing, key); });
    }
}

void MessageIdSearch::look_at(const MailingKey& mailing, const std::string& key) {
    if (wanted_.empty()) return;
    for (const std::string& part : possible_parts(keys_, mailing, key)) {
        auto [begin, end] = wanted_.equal_range(part);
        for (auto one = begin; one != end; ++one) one->second(mailing, key);
        wanted_.erase(begin, end);
    }
}

}  // namespace tocsin

#include "webhook/known_recipients.h"

namespace tocsin {

std::set<std::string> known_recipients(Ledger& ledger, std::set<std::string> keys) {
    std::set<std::string> known;
    if (keys.empty()) return known;
    for (const MailingKey& mailing : ledger.mailings()) {
        ledger.for_each_row(mailing, [&](const std::string& key, State /*state*/) {
            if (auto found = keys.find(key); found != keys.end())
                known.insert(keys.extract(found).value());
        });
        if (keys.empty()) break;
    }
    return known;
}

}  // namespace tocsin

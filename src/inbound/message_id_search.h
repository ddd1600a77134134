// Finds mails of ours by their Message-IDs. No ledger keeps those: they follow from the mailing and
// the address, so that a search makes them again for everybody and compares.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ledger/ledger.h"
#include "mail/token.h"

namespace tocsin {

// Whether it has the form of ours: 26 characters of base32 before the `@`.
bool may_be_our_message_id(std::string_view id);

class MessageIdSearch {
  public:
    using OnFound = std::function<void(const MailingKey&, const std::string& key)>;

    explicit MessageIdSearch(const KeyRing& keys) : keys_(keys) {}
    // Each that is found calls `found`, once.
    void want(const std::string& id, OnFound found);
    // One pass over the rows of these mailings, until nothing is wanted any more.
    void run(Ledger& ledger, const std::vector<MailingKey>& mailings);

  private:
    void look_at(const MailingKey& mailing, const std::string& key);

    const KeyRing& keys_;
    std::multimap<std::string, OnFound, std::less<>> wanted_;  // by the part before the `@`
};

// Whether `id` is that of the mail to this address in this mailing.
bool is_message_id_of(const KeyRing& keys, const MailingKey& mailing, const std::string& key,
                      std::string_view id);

}  // namespace tocsin

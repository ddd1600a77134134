// Whose mail a report is about. Only what carries a MAC of ours counts: the return path, what a
// provider kept with the mail, a token, or a Message-ID that follows from the secret, a mailing and
// an address. Every server on the way and everybody who got an answer has seen the Message-ID, so
// alone it proves a report only where that returns the mail; for an answer and for an unsubscribe
// the named recipient must be its own. What a mail merely claims counts where the user trusts it.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "inbound/report.h"
#include "ledger/ledger.h"
#include "mail/token.h"

namespace tocsin {

struct Subject {
    std::string address;   // Mailbox::key(), or a hashed name where the person's row is gone
    RowId row = 0;         // 0: not known
    std::string campaign;  // the id, or empty
    std::string list;      // the one that its mail was for; empty: unknown, or everything
    std::string proof;     // the same for the same mail of ours, however it was recognised by it
};

class Identifier {
  public:
    // `ledger` may be null: then hashes and row numbers are all that is known. Both must outlive
    // it.
    Identifier(Ledger* ledger, const KeyRing& keys, bool trust_addresses);

    // By what the report itself leads to, which costs next to nothing.
    std::optional<Subject> identify(const Report& report);
    // Whether it returns a Message-ID of our form that only `search` could explain. Anybody can
    // invent those.
    bool needs_search(const Report& report) const;
    // One for each report, in their order: their Message-IDs are looked for in all mailings, in one
    // pass for all together, about a microsecond a row.
    std::vector<std::optional<Subject>> search(std::span<const Report* const> reports);
    // What a report merely claims, where the user trusts it.
    std::optional<Subject> by_address(const Report& report) const;

  private:
    std::optional<Subject> by_mac(const Report& report);
    std::optional<Subject> by_named_recipient(const Report& report);
    std::optional<Subject> by_named_recipient(const std::string& key, const std::string& id);
    Subject subject_of(const UnsubscribeToken& token);
    Subject subject_of(const MailingKey& mailing, const std::string& key);
    const std::vector<MailingKey>& mailings();
    const std::string& list_of(const MailingKey& mailing);

    Ledger* ledger_;
    const KeyRing& keys_;
    bool trust_addresses_;
    std::optional<std::vector<MailingKey>> mailings_;  // read once
    std::map<MailingKey, std::string> lists_;          // the same
};

}  // namespace tocsin

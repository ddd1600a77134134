#include "inbound/identify.h"

#include <algorithm>
#include <variant>

#include "base/random.h"
#include "base/text.h"
#include "inbound/message_id_search.h"
#include "mail/address.h"
#include "mail/address_names.h"
#include "mail/message_id.h"
#include "mail/return_path.h"
#include "unsubscribe/leaver.h"
#include "unsubscribe/proof.h"

namespace tocsin {
namespace {

std::string key_of(const std::string& address) {
    auto parsed = Mailbox::parse(address);
    auto* mailbox = std::get_if<Mailbox>(&parsed);
    return mailbox != nullptr ? mailbox->key() : "";
}

// A return path names no campaign and no list: the row does the one, and nobody leaves by it.
UnsubscribeToken as_token(const ReturnPath& path) {
    return {.campaign = 0,
            .list = 0,
            .recipient = path.recipient,
            .address_hash = path.address_hash,
            .key = path.key};
}

}  // namespace

Identifier::Identifier(Ledger* ledger, const KeyRing& keys, bool trust_addresses)
    : ledger_(ledger), keys_(keys), trust_addresses_(trust_addresses) {}

std::optional<Subject> Identifier::identify(const Report& report) {
    auto subject = by_mac(report);
    return subject ? subject : by_named_recipient(report);
}

bool Identifier::needs_search(const Report& report) const {
    return ledger_ != nullptr && report.kind != FeedbackKind::kUnsubscribe &&
           std::any_of(report.message_ids.begin(), report.message_ids.end(), may_be_our_message_id);
}

std::vector<std::optional<Subject>> Identifier::search(std::span<const Report* const> reports) {
    std::vector<std::optional<Subject>> subjects(reports.size());
    MessageIdSearch search(keys_);
    for (std::size_t i = 0; i < reports.size(); ++i) {
        for (const std::string& id : reports[i]->message_ids) {
            if (!may_be_our_message_id(id)) continue;
            search.want(id, [&, i](const MailingKey& mailing, const std::string& key) {
                if (!subjects[i]) subjects[i] = subject_of(mailing, key);
            });
        }
    }
    if (ledger_ != nullptr) search.run(*ledger_, mailings());
    return subjects;
}

// A return path proves a bounce, but is no leave to unsubscribe: every server on the way saw it.
std::optional<Subject> Identifier::by_mac(const Report& report) {
    if (report.kind != FeedbackKind::kUnsubscribe) {
        for (const std::string& address : report.return_paths) {
            if (auto path = decode_return_path(keys_, address)) return subject_of(as_token(*path));
        }
    }
    for (const std::string& text : report.references) {
        if (auto path = decode_reference(keys_, text)) return subject_of(as_token(*path));
    }
    for (const std::string& text : report.tokens) {
        auto token = decode_token(keys_, ascii_lower(text));  // mail systems change the case
        if (token && !is_probe(*token)) return subject_of(*token);
    }
    return std::nullopt;
}

std::optional<Subject> Identifier::by_named_recipient(const Report& report) {
    const std::string key = key_of(report.recipient);
    if (key.empty() || ledger_ == nullptr) return std::nullopt;
    for (const auto* ids : {&report.message_ids, &report.replied_ids}) {
        for (const std::string& id : *ids) {
            if (auto subject = by_named_recipient(key, id)) return subject;
        }
    }
    return std::nullopt;
}

std::optional<Subject> Identifier::by_named_recipient(const std::string& key,
                                                      const std::string& id) {
    if (!may_be_our_message_id(id)) return std::nullopt;
    for (const MailingKey& mailing : mailings()) {
        if (is_message_id_of(keys_, mailing, key, id)) return subject_of(mailing, key);
    }
    return std::nullopt;
}

std::optional<Subject> Identifier::by_address(const Report& report) const {
    const std::string key = trust_addresses_ ? key_of(report.recipient) : "";
    // The reviewer whom a proof went to may be on a list as well.
    const bool of_proof = std::ranges::any_of(report.message_ids, is_proof_message_id);
    if (key.empty() || of_proof) return std::nullopt;
    return Subject{.address = key, .row = 0, .campaign = "", .list = "", .proof = "address " + key};
}

Subject Identifier::subject_of(const UnsubscribeToken& token) {
    Subject subject{
        .address = name_of_hash(token.key, token.address_hash),
        .row = 0,
        .campaign = "",
        .list = "",
        .proof = "row " + std::to_string(token.recipient) + " " + to_hex(token.address_hash)};
    if (ledger_ == nullptr) return subject;
    Leaver known = leaver_of(*ledger_, keys_, token);
    subject.address = std::move(known.name);
    subject.row = known.row;
    subject.campaign = std::move(known.campaign);
    subject.list = std::move(known.list);
    return subject;
}

Subject Identifier::subject_of(const MailingKey& mailing, const std::string& key) {
    return {.address = key,
            .row = 0,
            .campaign = mailing.campaign,
            .list = list_of(mailing),
            .proof = "mail " + mailing.name() + " " + key};
}

const std::string& Identifier::list_of(const MailingKey& mailing) {
    auto known = lists_.find(mailing);
    if (known != lists_.end()) return known->second;
    auto plan = ledger_->plan(mailing);
    return lists_[mailing] = plan ? plan->list : "";
}

const std::vector<MailingKey>& Identifier::mailings() {
    if (!mailings_) {
        mailings_ = ledger_->mailings();
        std::reverse(mailings_->begin(), mailings_->end());  // most is about the newest
    }
    return *mailings_;
}

}  // namespace tocsin

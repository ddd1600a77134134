#include "webhook/notes.h"

#include <variant>

#include "inbound/consequences.h"
#include "inbound/identify.h"
#include "mail/address.h"
#include "webhook/known_recipients.h"

namespace tocsin {
namespace {

struct Told {
    ProviderKind provider;
    const WebhookEvent* event;
    std::optional<Subject> subject{};
    std::string key{};  // of the address that it names, where that is to be looked for
};

std::string key_of(const std::string& address) {
    auto parsed = Mailbox::parse(address);
    auto* mailbox = std::get_if<Mailbox>(&parsed);
    return mailbox != nullptr ? mailbox->key() : "";
}

// Nothing follows for an address alone from the others, a soft bounce included: that counts in its
// mailing. And there are many of them.
bool is_worth_a_look(const Report& report) {
    switch (report.kind) {
        case FeedbackKind::kComplaint:
        case FeedbackKind::kUnsubscribe:
            return true;
        case FeedbackKind::kBounce:
            return report.bounce == BounceClass::kHard;
        default:
            return false;
    }
}

Origin origin_of(ProviderKind provider, const WebhookEvent& event) {
    Origin origin;
    origin.source = kFromWebhook + std::string(name(provider));
    origin.leaving = origin.source;
    // Of deliveries one for each mail is enough, however often it is told.
    const bool once = event.report->kind == FeedbackKind::kDelivery;
    origin.identity = origin.source + (once ? " delivery" : " " + event.id);
    return origin;
}

void identify(std::vector<Told>& all, Identifier& identifier) {
    for (Told& one : all) {
        const Report& report = *one.event->report;
        one.subject = identifier.identify(report);
        if (!one.subject && is_worth_a_look(report)) one.key = key_of(report.recipient);
    }
}

void look_up(std::vector<Told>& all, Ledger& ledger, const Identifier& identifier) {
    std::set<std::string> keys;
    for (const Told& one : all) {
        if (!one.key.empty()) keys.insert(one.key);
    }
    const std::set<std::string> known = known_recipients(ledger, std::move(keys));
    for (Told& one : all) {
        if (known.contains(one.key)) one.subject = identifier.by_address(*one.event->report);
    }
}

}  // namespace

WebhookNotes notes_of(const std::vector<WebhookPost>& posts, Ledger& ledger, const KeyRing& keys,
                      WallTime now) {
    std::vector<Told> all;
    for (const WebhookPost& post : posts) {
        for (const WebhookEvent& event : post.events) {
            if (event.report) all.push_back({post.provider, &event});
        }
    }
    constexpr bool kTrustAddresses = true;  // the provider has signed them
    Identifier identifier(&ledger, keys, kTrustAddresses);
    identify(all, identifier);
    look_up(all, ledger, identifier);
    WebhookNotes found;
    for (const Told& one : all) {
        const WebhookEvent& event = *one.event;
        auto note = note_of(origin_of(one.provider, event), *event.report, one.subject, now);
        if (note) found.notes.push_back(std::move(*note));
        if (!one.subject) found.nobodys.push_back(one.provider);
    }
    return found;
}

}  // namespace tocsin

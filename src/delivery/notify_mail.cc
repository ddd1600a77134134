#include "delivery/notify_mail.h"

#include <algorithm>

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "delivery/open_signers.h"
#include "delivery/open_transport.h"
#include "delivery/policy.h"
#include "mail/message_id.h"
#include "mail/mime.h"
#include "model/content.h"

namespace tocsin {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr Ticket kTicket = 1;
constexpr Milliseconds kTick{100};
constexpr char kSenderName[] = "tocsin";

// Whose content says how this mailing's mail is sent; empty where there is none at all.
std::optional<PlanInfo> nearest_plan(Ledger& ledger, const MailingKey& mailing) {
    if (auto own = ledger.plan(mailing)) return own;
    const std::vector<MailingKey> all = ledger.mailings();
    if (all.empty()) return std::nullopt;
    auto same = std::find_if(all.rbegin(), all.rend(), [&](const MailingKey& one) {
        return one.campaign == mailing.campaign;
    });
    return ledger.plan(same == all.rend() ? all.back() : *same);
}

// A mail without a signature tells more than none.
DkimSigner signer_for(const NotifyMeans& with, const TransportDefinition& definition,
                      const std::string& domain) {
    try {
        return open_signers(with.workspace, definition, domain);
    } catch (const ConfigError&) {
        return {};
    }
}

std::string answer(const Attempt& attempt) {
    if (decide(attempt, {}).state == State::kAccepted) return "";
    return "not accepted: " + (attempt.reply ? attempt.reply->line() : attempt.error);
}

// What became of the mail; nothing while that is open.
std::optional<std::string> outcome(const TransportEvent& event) {
    if (const auto* done = std::get_if<Finished>(&event)) return answer(done->attempt);
    if (const auto* why = std::get_if<Unusable>(&event)) return why->message;
    return std::nullopt;  // what came back unsent is followed by why
}

}  // namespace

NoticeSender notice_sender(Ledger& ledger, const MailingKey& mailing, const Mailbox& to) {
    const auto plan = nearest_plan(ledger, mailing);
    if (!plan) return {{kSenderName, to}, to};
    const Content content = parse_content(plan->content);
    return {{kSenderName, content.from.address},
            content.bounce_address.value_or(content.from.address)};
}

Message notice_mail(const NoticeSender& sender, const Mailbox& to, const Notice& notice,
                    const std::string& text, WallTime now, MessageForm form,
                    const DkimSigner& signer) {
    Message message{{sender.envelope, to}, make_proof_message_id(sender.from.address.domain()), ""};
    message.campaign = notice.mailing.campaign;
    Draft draft{.from = sender.from,
                .reply_to = std::nullopt,
                .to = to,
                .subject = "[tocsin] " + headline(notice),
                .message_id = message.message_id,
                .date = now,
                .headers = {{"Auto-Submitted", "auto-generated"}},
                .text = text,
                .html = "",
                .attachments = {}};
    if (form == MessageForm::kParts) {
        message.parts = std::make_shared<const Draft>(std::move(draft));
        return message;
    }
    message.bytes = build_message(draft);
    message.bytes.insert(0, signer.sign(message.bytes, now));
    message.eight_bit = to.needs_smtputf8();
    message.leading_dots = false;
    return message;
}

std::string send_one(Transport& transport, Message message, Milliseconds patience) {
    const auto until = SteadyClock::now() + patience;
    bool submitted = false;
    while (SteadyClock::now() < until) {
        if (!submitted && transport.room() > 0) {
            transport.submit(kTicket, std::move(message));
            transport.permit(kTicket);
            submitted = true;
        }
        transport.expect(submitted ? 0 : 1);
        for (const TransportEvent& event : transport.poll(kTick)) {
            if (auto fault = outcome(event)) return redacted(*fault);
        }
    }
    return "not sent within " +
           counted(std::chrono::ceil<std::chrono::seconds>(patience).count(), "second");
}

std::string notify_by_mail(const NotifyMeans& with, const Notice& notice, WallTime when,
                           Milliseconds patience) {
    const Mailbox& to = *with.workspace.notify.mail_to;
    const TransportDefinition& definition =
        choose_transport(with.workspace, with.workspace.notify.transport);
    const NoticeSender sender = notice_sender(with.ledger, notice.mailing, to);
    const std::string& domain = sender.from.address.domain();
    UnwatchedDepartures nobody;
    auto transport = open_transport(with.workspace, definition, domain, with.clock, nobody);
    Message message =
        notice_mail(sender, to, notice, body(notice, with.workspace, when), with.clock.now(),
                    transport->form(), signer_for(with, definition, domain));
    const std::string fault = send_one(*transport, std::move(message), patience);
    if (fault.empty()) transport->close();
    return fault.empty() ? "" : "by mail through `" + definition.name + "`: " + fault;
}

}  // namespace tocsin

// `notify: {mail: …}`: a notice as a small mail of plain text through one of the transports.
#pragma once

#include <string>

#include "delivery/notice_text.h"
#include "ledger/ledger.h"
#include "mail/dkim.h"
#include "model/workspace.h"
#include "transport/transport.h"

namespace tocsin {

// Who may write such a mail. The transport has to be allowed to send for the address, so it is one
// that campaigns are sent from: this mailing's, else the same campaign's latest, else that of the
// latest mailing of all, as they are frozen in the ledger. Where nothing was ever planned it is the
// person who is written to.
struct NoticeSender {
    NamedMailbox from;
    Mailbox envelope;  // where it bounces to: the campaign's `bounce_address`, if it has one
};
NoticeSender notice_sender(Ledger& ledger, const MailingKey& mailing, const Mailbox& to);

// Auto-Submitted (RFC 3834), of a Message-ID that `inbound` knows as nobody's. A key that does not
// suit `from` does not sign.
Message notice_mail(const NoticeSender& sender, const Mailbox& to, const Notice& notice,
                    const std::string& text, WallTime now, MessageForm form,
                    const DkimSigner& signer);

// Sends one mail. Gives what went wrong, or the empty text; after `patience` of real time, whatever
// the clock, that it took too long: the mail may have left.
std::string send_one(Transport& transport, Message message, Milliseconds patience);

struct NotifyMeans {
    const Workspace& workspace;
    Ledger& ledger;
    const Clock& clock;
};

// All of it: to `notify.mail_to` through `notify.transport`. It counts for no rate. Throws what
// opening a transport throws.
std::string notify_by_mail(const NotifyMeans& with, const Notice& notice, WallTime when,
                           Milliseconds patience);

}  // namespace tocsin

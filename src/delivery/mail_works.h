// Renders claimed rows, and signs what was rendered, on threads of its own: what a person's mail
// costs is spent beside the sending, not before it.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <vector>

#include "compose/composer.h"
#include "delivery/stage.h"
#include "ledger/ledger.h"
#include "mail/dkim.h"
#include "model/message.h"

namespace tocsin {

// What the mails of one campaign are made of; everything outlives the works.
struct MailMaterial {
    const Content& content;
    const Columns& columns;
    const MailingNumbers& numbers;
    const KeyRing& keys;
    const DkimSigner& signer;
    MessageForm form = MessageForm::kMime;  // kParts cannot be signed
};

struct FinishedMail {
    ClaimedRow row;  // without its cells
    Message message;
};

// Of the recipient, as receiving groups are looked up by.
inline const std::string& domain_of(const FinishedMail& mail) {
    return mail.message.envelope.to.domain();
}

class MailWorks {
  public:
    // `wake` is called, by any thread, when there is something to take.
    MailWorks(const MailMaterial& material, std::function<void()> wake);

    void add(std::vector<ClaimedRow> rows);
    // What is finished, in about the order in which it was added. Throws what went wrong with one,
    // once: that one's mail will not come.
    std::vector<FinishedMail> take();
    // Rows that were added and not taken.
    std::size_t under_way() const { return under_way_; }

  private:
    MailMaterial material_;
    std::size_t under_way_ = 0;
    Outlet<FinishedMail> finished_;  // first: the stages' threads write into it to their end
    std::unique_ptr<Stage<FinishedMail, FinishedMail>> signing_;  // none without keys
    std::unique_ptr<Stage<ClaimedRow, FinishedMail>> composing_;
};

}  // namespace tocsin

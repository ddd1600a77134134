// Renders a mail again from the frozen plan and the row's cells.
#pragma once

#include <memory>

#include "compose/renderer.h"
#include "ledger/ledger.h"
#include "model/content.h"
#include "web/mail_view.h"

namespace tocsin {

class LedgerMailView : public MailView {
  public:
    // The ledger is this view's alone; `keys` outlives it.
    LedgerMailView(std::unique_ptr<Ledger> ledger, const KeyRing& keys);
    ~LedgerMailView() override;
    // Only for the person whom the token was made for: row numbers lead elsewhere in a new ledger.
    std::optional<std::string> html(const UnsubscribeToken& token,
                                    std::string_view written) override;

  private:
    struct Mailing;
    Mailing* mailing(const MailingKey& key, std::uint32_t campaign);

    std::unique_ptr<Ledger> ledger_;
    const KeyRing& keys_;
    std::unique_ptr<Mailing> latest_;  // one mailing is looked at by many, at about the same time
};

}  // namespace tocsin

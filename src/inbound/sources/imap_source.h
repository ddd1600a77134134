// A folder on an IMAP server: what is unread is to read. Handled, a mail is marked as read, or
// moved to another folder; kept, it stays, marked as read and with a star.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "inbound/sources/source.h"
#include "transport/imap/imap.h"

namespace tocsin {

class ImapSource : public MailSource {
  public:
    // Takes the mails that are there now. `shown` names the folder; `move_to` may be empty.
    ImapSource(std::unique_ptr<ImapFolder> folder, std::string shown, std::string move_to);

    std::optional<ReceivedMail> next() override;
    void settle(std::span<const Settled> settled) override;

  private:
    std::unique_ptr<ImapFolder> folder_;
    std::string shown_;
    std::string move_to_;
    std::vector<ImapUid> uids_;
    std::size_t next_ = 0;
};

}  // namespace tocsin

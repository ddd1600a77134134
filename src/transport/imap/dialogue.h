// The commands after the login: SELECT or EXAMINE, UID SEARCH, UID FETCH, UID STORE, UID MOVE.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "transport/imap/imap.h"
#include "transport/imap/reply_reader.h"
#include "transport/imap/wire.h"

namespace tocsin {

class ImapDialogue : public ImapFolder {
  public:
    // `shown` names the folder in messages. Throws Unavailable where there is no such folder.
    ImapDialogue(std::unique_ptr<ImapWire> wire, std::string shown, const std::string& folder,
                 bool read_only);
    ~ImapDialogue() override;

    std::vector<ImapUid> unread() override;
    std::optional<std::string> fetch(ImapUid uid, std::size_t most) override;
    void mark(std::span<const ImapUid> uids, bool star) override;
    void move(std::span<const ImapUid> uids, const std::string& folder) override;

  private:
    using OnLine = std::function<void(ImapLine&)>;
    // What the server answers to one command: "OK …", "NO …", "BAD …".
    std::string ask(const std::string& command, const OnLine& untagged = {});
    // The same, where anything but OK is an error.
    void demand(const std::string& command, const OnLine& untagged = {});
    [[noreturn]] void refused(const std::string& command, const std::string& answer) const;
    void move_or_copy(const std::string& uids, const std::string& folder);

    std::unique_ptr<ImapWire> wire_;
    std::string shown_;
    ImapReplyReader reader_;
    int tag_ = 0;
    bool can_move_ = false;     // RFC 6851
    bool can_expunge_ = false;  // RFC 4315: UID EXPUNGE takes no other mail with it
};

}  // namespace tocsin

// One folder of an IMAP4rev1 server (RFC 3501), over TLS: finds mails, reads them without marking
// them read, and marks or moves them when told. What was done is remembered by the server alone, in
// flags and folders; a UID means something only as long as the object lives, so that UIDVALIDITY
// need not be kept.
//
// Every function throws Unavailable where the server cannot be reached, refuses or says nonsense.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

struct ImapSettings {
    std::string host;
    int port = 993;
    std::string username;
    std::string password;
    std::string folder = "INBOX";   // UTF-8
    std::filesystem::path ca_file;  // absolute; empty: the system's

    // "imaps://host/FOLDER": for messages and the ledger; without the user.
    std::string shown() const;
};

// imaps://USER@HOST[:PORT][/FOLDER], percent-encoded where need be. Throws UsageError: another
// scheme, no user, a password in it (everybody on the machine could see it).
ImapSettings parse_imap_url(std::string_view url);

using ImapUid = std::uint32_t;

class ImapFolder {
  public:
    virtual ~ImapFolder() = default;
    // Neither read nor deleted, in the order of their arrival.
    virtual std::vector<ImapUid> unread() = 0;
    // The first `most` bytes of it; nothing where it is gone.
    virtual std::optional<std::string> fetch(ImapUid uid, std::size_t most) = 0;
    // Marks as read, and with a star where somebody should look at it.
    virtual void mark(std::span<const ImapUid> uids, bool star) = 0;
    // Moves into another folder, which is made if there is none. A mail is in one of the two at
    // every moment.
    virtual void move(std::span<const ImapUid> uids, const std::string& folder) = 0;
};

// `read_only`: the folder is opened such that nothing in it can change.
std::unique_ptr<ImapFolder> open_imap(const ImapSettings& settings, bool read_only);

}  // namespace tocsin

// A Maildir (new/ and cur/): a mail without the flag S (seen) is one to read. Handled, it is moved
// to cur/ with that flag; kept, with F (flagged), too, which mail programs show as a star. A rename
// is one step, so that a mail is always there, in one place.
#pragma once

#include <filesystem>
#include <vector>

#include "inbound/sources/source.h"

namespace tocsin {

bool is_maildir(const std::filesystem::path& folder);

class MaildirSource : public MailSource {
  public:
    // Takes the mails that are there now. Throws std::system_error.
    explicit MaildirSource(std::filesystem::path folder);

    std::optional<ReceivedMail> next() override;
    // A mail that has gone meanwhile, because another program moved it, is let go.
    void settle(std::span<const Settled> settled) override;

  private:
    std::filesystem::path folder_;
    std::vector<std::string> files_;  // "new/NAME", "cur/NAME:2,"
    std::size_t next_ = 0;
};

// The name in cur/ of a mail whose file is `name`: with these flags and those it has, in their
// order.
std::string maildir_name_with(const std::string& name, const std::string& flags);

}  // namespace tocsin

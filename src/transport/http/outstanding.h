// Requests that have left and are not answered yet, as they survive the death of the process: a
// provider that remembers requests can be asked about them by a later run (delivery/ask_again.h).
// They hold whole mails, so files are private and go as soon as the answers are known. They are not
// synced: after a power loss they may be missing, and their mails stay in doubt.
//
// One file a request, named after its key. Text: a line "tocsin request 1", one each for when it
// was asked (milliseconds since 1970, and since boot), boot, account, campaign, method, URL, number
// of mails; for each mail its ticket and its address; the size of the body, and the body. What is
// not whole counts for nothing.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "transport/http/message.h"
#include "transport/transport.h"

namespace tocsin {

// 64 hex digits.
std::string account_of(const HttpRequest& request);

struct OutstandingRequest {
    OpenQuestion question;
    // `question.asked` since boot: nobody can set that clock back.
    Milliseconds asked_at_boot{};
    std::string method;
    std::string url;  // no provider has a secret in it
    // Of this boot of the machine only: after a power loss a file may be there again that was
    // removed, of a request that was answered.
    std::string boot_id;
    // A hash of the request's headers, and so of the credentials: another account does not know the
    // request, and would carry it out anew.
    std::string account;
    std::string body;
};

class Outstanding {
  public:
    // Of one transport. The folder is made with its first file.
    explicit Outstanding(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // Throws std::system_error.
    void write(const OutstandingRequest& request);
    void forget(const std::string& key) noexcept;
    // All that are whole, in no order.
    std::vector<OutstandingRequest> read() const;
    // Of all transports, whose folders lie in this one: also of those that no campaign uses any
    // more. What was written so long ago goes, whole or not.
    static void sweep(const std::filesystem::path& folders, std::chrono::hours age) noexcept;

  private:
    std::filesystem::path folder_;
};

}  // namespace tocsin

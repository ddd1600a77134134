// Answers `GET …/pull?after=N` of `serve --standalone` (pull_protocol.h). Any thread may call it.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "mail/token.h"
#include "unsubscribe/journal_book.h"

namespace tocsin {

struct PullRequest {
    std::string method;
    std::string after;  // of the query, as it came
    // A header's value by its name, or empty.
    std::function<std::string(const char* name)> header;
};

struct PullAnswer {
    int status = 401;
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};  // text/plain
};

class PullServer {
  public:
    // All outlive it.
    PullServer(const KeyRing& keys, JournalBook& book, const Clock& clock)
        : keys_(keys), book_(book), clock_(clock) {}

    // At most about 256 KiB a time: who pulls asks again, with what it has got.
    PullAnswer answer(const PullRequest& request);

  private:
    bool is_new(const std::string& nonce, WallTime now);

    const KeyRing& keys_;
    JournalBook& book_;
    const Clock& clock_;
    std::mutex mutex_;
    std::map<std::string, WallTime> nonces_;  // of the last minutes, none of which counts again
};

}  // namespace tocsin

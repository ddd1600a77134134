// Mailgun signs a random token and the time, inside the body, and nothing else of it: who has seen
// one post could put other words to its signature. So a token is good for one body only.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>

#include "webhook/authenticity.h"

namespace tocsin {

// Mailgun tries again for eight hours, and says that delays of its own may come on top.
inline constexpr Milliseconds kOldestMailgun = std::chrono::hours(12);

// Which body each token came with, while its signature is good. In memory: a restart forgets it.
class TokenMemory {
  public:
    static constexpr std::size_t kMost = 200'000;  // about 30 MB; then the oldest is forgotten

    // Whether the token is new, or came with this body before.
    bool admits(const std::string& token, std::string_view body, WallTime now);

  private:
    std::map<std::string, std::string, std::less<>> bodies_;  // hashes
    std::deque<std::pair<WallTime, std::string>> order_;
};

// HMAC-SHA256 in hex over timestamp and token.
WebhookProof prove_mailgun(std::string_view body, std::string_view signing_key, TokenMemory& tokens,
                           WallTime now);

}  // namespace tocsin

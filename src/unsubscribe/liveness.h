// Whether `unsubscribe.url` answers and knows our key, found out with a probe that touches nobody
// (proof.h).
#pragma once

#include <atomic>
#include <string>

#include "base/clock.h"
#include "mail/token.h"

namespace tocsin {

struct Liveness {
    bool live = false;
    bool standalone = false;  // it keeps a journal that can be pulled
    std::string trouble;      // a sentence, where it is not live
    std::string hint;
};

// Never throws for what the server does. A host under .example or .invalid is no server (RFC 6761
// section 6), and nobody is asked for it.
Liveness prove_live(const KeyRing& keys, const std::string& url,
                    Milliseconds timeout = std::chrono::seconds(5),
                    const std::atomic<bool>* stop = nullptr);

}  // namespace tocsin

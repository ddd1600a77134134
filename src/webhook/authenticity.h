// Whether a post to a webhook is the provider's.
#pragma once

#include <string_view>

#include "base/clock.h"

namespace tocsin {

struct WebhookProof {
    int status = 200;               // what is answered otherwise
    std::string_view refusal = "";  // why, for the metrics: "signature", "time", "topic", …

    bool good() const { return status == 200; }
};

inline constexpr WebhookProof kGenuine{};
inline constexpr WebhookProof kForged{401, "signature"};
inline constexpr WebhookProof kUntimely{401, "time"};
inline constexpr WebhookProof kUnprovable{503, "secret"};  // what it is proved by cannot be had

// Whether what was signed then may still come. Clocks differ by less than five minutes.
inline bool is_timely(WallTime then, WallTime now, Milliseconds oldest) {
    return then >= now - oldest && then <= now + std::chrono::minutes(5);
}

}  // namespace tocsin

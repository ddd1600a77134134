// Messages that one request carries, and what is known of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "transport/http/message.h"
#include "transport/provider/provider.h"
#include "transport/transport.h"

namespace tocsin {

// One message in the transport.
struct HttpJob {
    Ticket ticket = 0;
    Message message;
    Milliseconds permitted{};  // when, since boot
    int losses = 0;            // requests with it that failed before their body had left
    bool alone = false;        // no other may be in its request
};

struct HttpBatch {
    std::vector<HttpJob> jobs;
    std::string key;  // the request's idempotency key: no other body ever has it
    HttpRequest request{};
    WallTime started{};          // when it was first asked
    Milliseconds first_asked{};  // the same, since boot
    int asked = 0;
    // The provider may have carried it out already: what it says now of being asked again does not
    // tell, but for an acceptance or a refusal.
    bool uncertain = false;
    Milliseconds not_before{};  // when it may be asked again, since boot
    // What was last heard of it, where it is uncertain.
    std::vector<ProviderAnswer> answers{};
    std::string error{};

    std::vector<const Message*> messages() const {
        std::vector<const Message*> all;
        for (const HttpJob& job : jobs) all.push_back(&job.message);
        return all;
    }
};

}  // namespace tocsin

// The time-outs and bounds of requests that carry mail. Tests shorten them.
#pragma once

#include <cstddef>
#include <vector>

#include "base/clock.h"
#include "model/attempt.h"

namespace tocsin {

struct HttpLimits {
    Milliseconds connect = std::chrono::seconds(30);
    // For the response, from the last piece of the request's body on; and for each piece of it.
    Milliseconds answer = std::chrono::seconds(60);
    // For all of a question about a request of an earlier run.
    Milliseconds question = std::chrono::seconds(30);
    // A connection that was idle for longer is not used again: the server may be closing it.
    std::chrono::seconds idle{4};
    std::size_t most_body = 4u << 20;  // bytes of a response

    // How long the first message of a batch waits for others.
    Milliseconds linger{50};
    // After a failure to connect or an unclear answer, times the number of them in a row.
    Milliseconds connect_again = std::chrono::seconds(1);
    int most_failures = 3;  // in a row: the provider cannot be used
    int most_losses = 3;    // of one message, before its body had left: it is tried later

    // A pause up to this is waited out here; for longer ones messages are given back.
    Milliseconds short_pause = kShortPause;
    // "Too fast", and nothing said of how long to wait.
    Milliseconds untold_pause = std::chrono::seconds(2);
    // A request whose fate is unknown is sent again so long after it, where the provider remembers
    // what it has carried out; then it stays in doubt.
    std::vector<Milliseconds> ask_again = {std::chrono::seconds(1), std::chrono::seconds(2),
                                           std::chrono::seconds(4), std::chrono::seconds(8),
                                           std::chrono::seconds(16)};

    std::size_t most_under_way = 1000;  // messages in the transport, whatever the settings say
};

}  // namespace tocsin

// What a connection is doing, and for how long it may (RFC 5321 section 4.5.3.2). Name lookup, TLS,
// greeting, EHLO and AUTH have their times in transport/smtp/connector.h.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "model/attempt.h"

namespace tocsin {

enum class Stage {
    kIdle,  // no message under way
    kMail,  // MAIL is out, its reply is awaited; and so on
    kRcpt,
    kData,
    kBody,       // the message is being written
    kEndOfData,  // the final dot may have left
    kReset,      // or the lone dot of a message that was refused
    kQuit,
};

struct StageInfo {
    // For people: "timed out after 300 s while waiting for the reply to MAIL".
    std::string_view activity;
    // Nothing: we wait for nothing. While the message is written it is the time
    // for one block, else for one reply.
    std::optional<std::chrono::seconds> time_out;
    // What the message under way has reached if the link breaks now.
    Phase broken_at;
};

const StageInfo& info(Stage stage);

}  // namespace tocsin

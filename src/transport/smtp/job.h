// One submitted message on its way through the pool.
#pragma once

#include "model/message.h"
#include "transport/transport.h"

namespace tocsin {

struct Job {
    Ticket ticket = 0;
    Message message;
    bool permitted = false;  // its body may leave
    bool withdrawn = false;  // its body will never leave
    int losses = 0;          // connections that died before its MAIL was accepted
    WallTime started{};      // of its first MAIL; the epoch before that
};

}  // namespace tocsin

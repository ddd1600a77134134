// Hands what the transport says on to what survives this process.
#pragma once

#include "ledger/send_session.h"
#include "transport/transport.h"

namespace tocsin {

class SessionDepartures : public Departures {
  public:
    // `session` outlives it.
    explicit SessionDepartures(SendSession& session) : session_(session) {}
    void departing(Ticket ticket) override { session_.departing(ticket); }

  private:
    SendSession& session_;
};

}  // namespace tocsin

// A link and the dialogue on it.
#pragma once

#include <memory>
#include <utility>

#include "transport/smtp/dialogue.h"
#include "transport/smtp/link.h"

namespace tocsin {

class Connection {
  public:
    Connection(std::unique_ptr<Link> link, const Clock& clock, const Capabilities& capabilities,
               int most_messages, Departures& departures)
        : link_(std::move(link)), dialogue_(clock, capabilities, most_messages, departures) {}

    int socket() const { return link_->socket(); }
    Dialogue& dialogue() { return dialogue_; }
    const Dialogue& dialogue() const { return dialogue_; }

    // Takes all that has come, to the last byte that TLS holds back.
    void read();
    // Writes what there is to write, as far as the link takes it.
    void flush();
    // `flush` left something: wait until the socket can be written.
    bool blocked() const { return blocked_; }
    // True once, when the server has answered its first MAIL.
    bool newly_proved();

  private:
    std::unique_ptr<Link> link_;
    Dialogue dialogue_;
    bool blocked_ = false;
    bool proof_told_ = false;
};

}  // namespace tocsin

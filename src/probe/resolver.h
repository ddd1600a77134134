// The DNS as the network shows it, through c-ares: over UDP, and over TCP where an answer is cut.
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "probe/dns.h"

namespace tocsin {

class Resolver : public Dns {
  public:
    // After so many questions in a row without an answer, the others are not asked.
    static constexpr int kMostSilences = 2;

    // `server` is "ADDRESS", "ADDRESS:PORT" or "[ADDRESS]:PORT"; empty: those of the system. Throws
    // UsageError for anything else. A question is asked twice, `timeout` and twice as long.
    explicit Resolver(const std::string& server, Milliseconds timeout = std::chrono::seconds(2));
    ~Resolver() override;
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;

    DnsAnswer txt(const std::string& name) override;
    DnsAnswer mx(const std::string& name) override;
    DnsAnswer address(const std::string& name) override;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tocsin

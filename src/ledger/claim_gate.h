// What a claim asks before it lets a row go: the rates' side of W1.
#pragma once

#include <chrono>
#include <string>

namespace tocsin {

// Microseconds since boot (Clock::since_boot): when a mail's slot comes.
using Slot = std::chrono::microseconds;

// The spent budgets of rates, which all who send through one ledger share. Opaque here.
class PaceStore {
  public:
    virtual ~PaceStore() = default;
    virtual std::string read(const std::string& scope) = 0;  // empty where nothing was spent
    virtual void write(const std::string& scope, const std::string& state) = 0;
};

// Lets rows through at a claim, one by one: no row is claimed before its token is there.
class ClaimGate {
  public:
    struct Answer {
        enum class Kind {
            kGo,          // the token is taken, and counts from `slot` on
            kGroupWaits,  // rows of other receiving domains may still go
            kAllWait,
        };
        Kind kind = Kind::kGo;
        Slot slot{};
        std::string group;  // of kGroupWaits
    };
    virtual ~ClaimGate() = default;
    // Around the questions of one claim, in its transaction.
    virtual void open(PaceStore& store) = 0;
    virtual void close(PaceStore& store) = 0;
    // May a mail to this address go?
    virtual Answer ask(const std::string& key) = 0;
    // May one to this group, to which `ask` said kGroupWaits, go?
    virtual Answer ask_group(const std::string& group) = 0;
};

}  // namespace tocsin

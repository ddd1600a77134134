// Somebody holds a token and says what shall become of them: on the page, by one click, by mail.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/clock.h"
#include "mail/token.h"

namespace tocsin {

enum class Choice {
    kList,     // leave the token's list; everything where the token names none
    kAll,      // no mail of any list
    kPause30,  // no mail of any list for 30 days
    kPause90,
    kUndo,  // take back what this person chose with these links; bounces and complaints stand
};

struct Leaving {
    std::string token;  // as it came; its MAC was checked
    UnsubscribeToken decoded;
    Choice choice = Choice::kList;
    std::string source;  // "one-click", "unsubscribe page", "unsubscribe mail"
    WallTime time{};
    // What it was read from: the same mail read again has the same one, and counts once. Empty: the
    // token, the choice and the time are it.
    std::string id{};
};

// What a page says of who holds a token.
struct Standing {
    std::string list;      // its name, or empty: unknown, or everything
    std::string language;  // of the recipient's row, "de", or empty
    bool left_list = false;
    bool left_everything = false;
    std::optional<WallTime> paused_until{};
    bool can_undo = false;  // something of it is the person's own choice
};

// Where leavings are recorded: the ledger, or a file of its own (`serve --standalone`). Any thread
// may call it.
class LeaveBook {
  public:
    virtual ~LeaveBook() = default;
    // All of them, durably, before it returns. Throws LedgerError: then none may be answered.
    virtual void record(std::span<const Leaving> leavings) = 0;
    virtual Standing standing(const UnsubscribeToken& token) = 0;
    // False where it could not record now: for `/healthz`.
    virtual bool healthy() = 0;
};

}  // namespace tocsin

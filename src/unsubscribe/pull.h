// Fetches what a `serve --standalone` elsewhere has recorded since the last time. Each token is
// verified here; the server is believed only in what was chosen, and when.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "mail/token.h"
#include "unsubscribe/leaving.h"

namespace tocsin {

// How far one sender has read one journal.
struct PullPlace {
    std::string id;           // of the journal; empty: nothing was read yet
    std::uint64_t after = 0;  // number of the last record that was
    std::string sum{};        // that record's
    friend bool operator==(const PullPlace&, const PullPlace&) = default;
};

struct PullSource {
    std::string url;  // unsubscribe.url: "pull" is added
    const KeyRing& keys;
    const Clock& clock;
    const std::atomic<bool>* stop = nullptr;
    Milliseconds timeout = std::chrono::seconds(10);  // of each exchange
};

struct PulledPage {
    std::vector<Leaving> leavings;
    std::size_t unknown = 0;  // records that are no line, or of a key that is not ours
    PullPlace place;          // behind them
    bool more = false;
};

// The next records behind `from`; from the first one on where the journal is another one than it
// was, or shorter, or has another record where it was read to: it was put back then. Throws
// Unavailable where the server cannot be reached or does not know our key.
PulledPage pull_page(const PullSource& source, const PullPlace& from);

// Where a place is kept: a file of the workspace. A place of another ledger counts as none, and so
// does one of other keys: what they did not know was passed over, and may be known now.
class PullMemory {
  public:
    // One file for each URL in `folder`. `ledger` is the id of what is read into.
    PullMemory(const std::filesystem::path& folder, const std::string& url, std::string ledger,
               const KeyRing& keys);
    PullPlace recall() const;
    void keep(const PullPlace& place) const;

  private:
    std::filesystem::path file_;
    std::string ledger_, keys_;
};

struct PullCount {
    std::size_t records = 0;
    std::size_t unknown = 0;
};

// A warning of what was passed over, and what to do; the first is empty where nothing was.
struct PassedOver {
    std::string trouble, hint;
};
PassedOver passed_over(const PullCount& count);

// Records all that there is to pull, page by page; a page's place is kept when `into` has it.
// Broken off anywhere and run again it leaves out nothing, and what comes twice must not matter to
// `into`.
PullCount pull_all(const PullSource& source, const PullMemory& memory, LeaveBook& into);

}  // namespace tocsin

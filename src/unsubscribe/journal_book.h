// The book of `serve --standalone`: needs the secret and a file of its own, no ledger. Leavings
// that come together share one wait for the disk.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "mail/token.h"
#include "unsubscribe/group_commit.h"
#include "unsubscribe/journal_file.h"
#include "unsubscribe/leave_index.h"
#include "unsubscribe/leaving.h"

namespace tocsin {

// Whole lines of the journal, for who pulls them.
struct JournalPage {
    std::string id;          // JournalFile::id()
    std::uint64_t last = 0;  // the number of the last record of all
    std::string lines;
};

class JournalBook : public LeaveBook {
  public:
    // Throws as JournalFile does. `clock` outlives it.
    JournalBook(const std::filesystem::path& file, const KeyRing& keys, const Clock& clock);

    // What changes nothing (a second click) is not written again; a probe never is.
    void record(std::span<const Leaving> leavings) override;
    Standing standing(const UnsubscribeToken& token) override;
    bool healthy() override;

    // Records with a number above `after`, as many as fit into `most` bytes, at least one.
    JournalPage page(std::uint64_t after, std::size_t most);
    // Lines that hold no record, or one of a key that is not ours.
    std::size_t bad_lines() const { return bad_lines_; }

  private:
    struct Mark {
        std::uint64_t number, offset;
    };
    std::vector<Leaving> that_matter(std::span<const Leaving> leavings);
    bool matters(const Leaving& leaving) const;
    void write(std::span<const Leaving> leavings);
    void append(const std::string& lines);

    const Clock& clock_;
    std::mutex mutex_;  // of all but the file and the commits
    LeaveIndex index_;
    std::vector<Mark> marks_;  // where records begin, for pages
    std::uint64_t last_ = 0;   // number of the last record
    std::uint64_t end_ = 0;    // of the last record's line, in the file
    std::size_t bad_lines_ = 0;
    // Undos that are not on the disk yet: who left before may have to be written again.
    std::atomic<std::ptrdiff_t> undos_ = 0;
    std::atomic<bool> failed_ = false;  // the last time
    JournalFile file_;                  // it visits what stands above
    GroupCommit commits_{[this](std::span<const Leaving> leavings) { write(leavings); }};
};

}  // namespace tocsin

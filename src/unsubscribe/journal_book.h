// The book of `serve --standalone`: needs the secret and a file of its own, no ledger. Leavings
// that come together share one wait for the disk.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "mail/token.h"
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
    // Throws as JournalFile does. `keys` and `clock` outlive it.
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
    struct Batch {
        std::vector<Leaving> leavings;
        std::string error;
        bool over = false;
    };
    struct Mark {
        std::uint64_t number, offset;
    };
    bool matters(const Leaving& leaving) const;
    void write(std::unique_lock<std::mutex>& lock);
    void take_in(const Batch& batch, std::uint64_t offset, const std::vector<std::size_t>& sizes);
    std::string lines_of(const Batch& batch, std::vector<std::size_t>& sizes) const;

    const KeyRing& keys_;
    const Clock& clock_;
    std::mutex mutex_;
    std::condition_variable written_;
    LeaveIndex index_;
    std::vector<Mark> marks_;  // where records begin, for pages
    std::uint64_t last_ = 0;   // number of the last record
    std::uint64_t end_ = 0;    // of the last record's line, in the file
    std::size_t bad_lines_ = 0;
    std::shared_ptr<Batch> next_ = std::make_shared<Batch>();
    std::size_t undos_ =
        0;  // that are not on the disk yet: who left before may have to be written again
    bool writing_ = false;  // somebody uses the file to write
    bool failed_ = false;   // the last time
    JournalFile file_;      // last: it visits the others
};

}  // namespace tocsin

// The book of `serve --standalone`: needs the secret and a file of its own, no ledger. Leavings
// that come in one call share one wait for the disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "mail/token.h"
#include "unsubscribe/journal_file.h"
#include "unsubscribe/leave_index.h"
#include "unsubscribe/leaving.h"
#include "unsubscribe/recent_choices.h"

namespace tocsin {

// Whole lines of the journal, for who pulls them.
struct JournalPage {
    std::string id;          // JournalFile::id()
    std::uint64_t last = 0;  // the number of the last record of all
    std::string lines;
    std::string sum;  // of the record `after`, or empty: there is none
};

class JournalBook : public LeaveBook {
  public:
    // Throws as JournalFile does. `clock` outlives it.
    JournalBook(const std::filesystem::path& file, const KeyRing& keys, const Clock& clock);

    // Written whatever the person chose before: the ledger that pulls may have lifted it, or know
    // of more. Only the same choice by the same link within minutes is not written again, and a
    // probe never is.
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
    // Where the lines of a page begin and end. Under `mutex_`.
    std::pair<std::uint64_t, std::uint64_t> extent(std::vector<Mark>::const_iterator first,
                                                   std::size_t most) const;
    std::string sum_of(const Mark& mark) const;
    std::vector<Leaving> new_of(std::span<const Leaving> leavings);
    void write(std::span<const Leaving> leavings);

    const Clock& clock_;
    std::mutex mutex_;  // of what pages and pulls read, down to `end_`
    LeaveIndex index_;
    std::vector<Mark> marks_;  // where records begin, for pages
    std::uint64_t last_ = 0;   // number of the last record
    std::uint64_t end_ = 0;    // of the last record's line, in the file
    std::size_t bad_lines_ = 0;
    std::mutex writing_;  // of what stands below; taken before the other one
    RecentChoices recent_;
    JournalFile file_;  // it visits what stands above
};

}  // namespace tocsin

#include "unsubscribe/journal_book.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "unsubscribe/proof.h"

namespace tocsin {

JournalBook::JournalBook(const std::filesystem::path& file, const KeyRing& keys, const Clock& clock)
    : keys_(keys), clock_(clock), file_(file, [&](const JournalRecord& record, std::uint64_t at) {
          marks_.push_back({record.number, at});
          last_ = record.number;
          auto token = decode_token(keys, record.token);
          if (token) index_.apply(*token, record.choice, record.time);
          if (!token) ++bad_lines_;
      }) {
    end_ = file_.size();
    bad_lines_ += file_.bad_lines();
}

// Whoever finds nobody writing writes for all that wait; the others find their batch over.
void JournalBook::record(std::span<const Leaving> leavings) {
    std::unique_lock lock(mutex_);
    std::shared_ptr<Batch> mine = next_;
    bool any = false;
    for (const Leaving& one : leavings) {
        if (is_probe(one.decoded)) continue;
        // Within one call a later choice may hang on an earlier one.
        if (!any && !matters(one)) continue;
        mine->leavings.push_back(one);
        undos_ += one.choice == Choice::kUndo ? 1 : 0;
        any = true;
    }
    if (!any) return;
    while (!mine->over) {
        if (writing_) {
            written_.wait(lock);
        } else {
            write(lock);
        }
    }
    if (!mine->error.empty()) throw LedgerError(mine->error);
}

bool JournalBook::matters(const Leaving& leaving) const {
    return undos_ > 0 || index_.would_change(leaving.decoded, leaving.choice, leaving.time);
}

void JournalBook::write(std::unique_lock<std::mutex>& lock) {
    writing_ = true;
    std::shared_ptr<Batch> batch = std::exchange(next_, std::make_shared<Batch>());
    std::vector<std::size_t> sizes;
    std::string lines = lines_of(*batch, sizes);
    std::uint64_t offset = 0;
    lock.unlock();
    try {
        offset = file_.append(lines);
    } catch (const std::exception& fault) {
        batch->error = fault.what();
    }
    lock.lock();
    failed_ = !batch->error.empty();
    if (!failed_) take_in(*batch, offset, sizes);
    for (const Leaving& one : batch->leavings) undos_ -= one.choice == Choice::kUndo ? 1 : 0;
    batch->over = true;
    writing_ = false;
    written_.notify_all();
}

std::string JournalBook::lines_of(const Batch& batch, std::vector<std::size_t>& sizes) const {
    std::string lines;
    std::uint64_t number = last_;
    for (const Leaving& one : batch.leavings) {
        std::string line = write_record({++number, one.time, one.choice, one.source, one.token});
        sizes.push_back(line.size());
        lines += line;
    }
    return lines;
}

// Only what is on the disk is shown or pulled: a number that a power failure took must not come
// again with another record.
void JournalBook::take_in(const Batch& batch, std::uint64_t offset,
                          const std::vector<std::size_t>& sizes) {
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const Leaving& one = batch.leavings[i];
        index_.apply(one.decoded, one.choice, one.time);
        marks_.push_back({++last_, offset});
        offset += sizes[i];
    }
    end_ = offset;
}

Standing JournalBook::standing(const UnsubscribeToken& token) {
    std::lock_guard lock(mutex_);
    return index_.standing(token, clock_.now());
}

bool JournalBook::healthy() {
    std::lock_guard lock(mutex_);
    return !failed_ && (writing_ || file_.has_room());
}

JournalPage JournalBook::page(std::uint64_t after, std::size_t most) {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    JournalPage page{file_.id(), 0, {}};
    {
        std::lock_guard lock(mutex_);
        page.last = last_;
        auto first = std::partition_point(marks_.begin(), marks_.end(),
                                          [&](const Mark& mark) { return mark.number <= after; });
        if (first == marks_.end()) return page;
        begin = first->offset;
        auto beyond = std::partition_point(
            first + 1, marks_.end(), [&](const Mark& mark) { return mark.offset <= begin + most; });
        if (end_ - begin > most && beyond - first > 1) --beyond;
        end = beyond == marks_.end() ? end_ : beyond->offset;
    }
    page.lines = file_.read(begin, end - begin);
    return page;
}

}  // namespace tocsin

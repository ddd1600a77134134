#include "unsubscribe/journal_book.h"

#include <algorithm>
#include <optional>
#include <tuple>

#include "unsubscribe/proof.h"

namespace tocsin {

JournalBook::JournalBook(const std::filesystem::path& file, const KeyRing& keys, const Clock& clock)
    : clock_(clock), file_(file, [&](const JournalRecord& record, std::uint64_t at) {
          marks_.push_back({record.number, at});
          last_ = record.number;
          auto token = decode_token(keys, record.token);
          if (token) index_.apply(*token, record.choice, record.time);
          if (!token) ++bad_lines_;
      }) {
    end_ = file_.size();
    bad_lines_ += file_.bad_lines();
}

void JournalBook::record(std::span<const Leaving> leavings) {
    std::lock_guard lock(writing_);
    try {
        write(new_of(leavings));
    } catch (...) {
        recent_ = {};  // some of it was not written
        throw;
    }
}

std::vector<Leaving> JournalBook::new_of(std::span<const Leaving> leavings) {
    std::vector<Leaving> result;
    for (const Leaving& one : leavings) {
        if (is_probe(one.decoded) || recent_.repeats(one)) continue;
        recent_.note(one);
        result.push_back(one);
    }
    return result;
}

// Only what is on the disk is shown or pulled: a number that a power failure took must not come
// again with another record.
void JournalBook::write(std::span<const Leaving> leavings) {
    if (leavings.empty()) return;
    std::string lines;
    std::vector<Mark> marks;
    std::uint64_t offset = file_.size();
    for (const Leaving& one : leavings) {
        marks.push_back({last_ + marks.size() + 1, offset + lines.size()});
        lines += write_record({marks.back().number, one.time, one.choice, one.source, one.token});
    }
    file_.append(lines);
    std::lock_guard lock(mutex_);
    for (const Leaving& one : leavings) index_.apply(one.decoded, one.choice, one.time);
    marks_.insert(marks_.end(), marks.begin(), marks.end());
    last_ = marks.back().number;
    end_ = offset + lines.size();
}

Standing JournalBook::standing(const UnsubscribeToken& token) {
    std::lock_guard lock(mutex_);
    return index_.standing(token, clock_.now());
}

bool JournalBook::healthy() {
    std::lock_guard lock(writing_);
    return file_.can_append();
}

std::pair<std::uint64_t, std::uint64_t> JournalBook::extent(std::vector<Mark>::const_iterator first,
                                                            std::size_t most) const {
    const std::uint64_t begin = first->offset;
    auto beyond = std::partition_point(
        first + 1, marks_.end(), [&](const Mark& mark) { return mark.offset <= begin + most; });
    if (end_ - begin > most && beyond - first > 1) --beyond;
    return {begin, beyond == marks_.end() ? end_ : beyond->offset};
}

std::string JournalBook::sum_of(const Mark& mark) const {
    constexpr std::size_t kLongest = 4096;
    const std::string bytes = file_.read(mark.offset, kLongest);
    return std::string(sum_in(std::string_view(bytes).substr(0, bytes.find('\n'))));
}

JournalPage JournalBook::page(std::uint64_t after, std::size_t most) {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    JournalPage page{file_.id(), 0, {}, {}};
    std::optional<Mark> before;
    {
        std::lock_guard lock(mutex_);
        page.last = last_;
        auto first = std::partition_point(marks_.begin(), marks_.end(),
                                          [&](const Mark& mark) { return mark.number <= after; });
        if (first != marks_.begin() && (first - 1)->number == after) before = *(first - 1);
        if (first != marks_.end()) std::tie(begin, end) = extent(first, most);
    }
    if (before) page.sum = sum_of(*before);
    page.lines = file_.read(begin, end - begin);
    return page;
}

}  // namespace tocsin

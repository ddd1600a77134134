// The append-only file of `serve --standalone`: a first line that names it, then one line for each
// record (journal_record.h). Mode 0600, and one writer, held by flock(2); whoever likes may read it
// meanwhile, up to the last line end.
//
// What `append` returned from is on the disk. A crash leaves at most a piece of a last line that
// nobody was told of, which the next opening takes off; a whole line that does not hold its sum is
// passed over, kept, and counted. One thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "base/descriptor.h"
#include "unsubscribe/journal_record.h"

namespace tocsin {

class JournalFile {
  public:
    // `visit` gets each record and where its line begins. Makes the file where there is none.
    // Throws Busy where another process writes it, LedgerError where it cannot be used or is none
    // of ours.
    using Visit = std::function<void(const JournalRecord&, std::uint64_t offset)>;
    JournalFile(const std::filesystem::path& path, const Visit& visit);

    // 16 hex digits that are made with the file: a new file begins its numbers anew.
    const std::string& id() const { return id_; }
    std::uint64_t size() const { return size_; }
    std::size_t bad_lines() const { return bad_lines_; }

    // Returns where the lines begin, when they are on the disk. Throws LedgerError: then nothing of
    // them is, or will be. So it does where the file was removed or another one lies in its place:
    // what is written to it now, nobody would find.
    std::uint64_t append(std::string_view lines);
    // Bytes that are on the disk.
    std::string read(std::uint64_t offset, std::size_t count) const;
    // Whether lines could be written now: writes something behind them, and takes it off again.
    bool can_append();

  private:
    void begin();
    void load(const Visit& visit);
    void cut();
    bool is_in_place() const;
    [[noreturn]] void fail(const char* what) const;

    std::filesystem::path path_;
    Descriptor file_;
    std::string id_;
    std::uint64_t size_ = 0;  // of what is whole and synced
    std::size_t bad_lines_ = 0;
    bool torn_ = false;  // something may stand behind `size_`
};

}  // namespace tocsin

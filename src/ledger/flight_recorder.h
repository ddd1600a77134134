// What a send knows of the mails under way and no commit has yet: a file of fixed size that is
// mapped into memory, beside the ledger. It survives the death of the process at any instruction,
// and a full disk, for its blocks are there from the start; what it holds after a power loss is
// unknown unless `keep` was called.
//
// On the file: a header of 4,096 bytes (magic, the boot's id, the send's epoch), then slots of
// 1,024 bytes. A slot is free, or names a row whose end of data could leave (departed), or holds
// the outcome that its answer made (answered), under a checksum. Written by one thread; `clear`
// may be called by another one, too, of a row that is over for the first.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/descriptor.h"
#include "ledger/ledger.h"

namespace tocsin {

// What a file tells of a send that has ended. Of another boot only what was kept counts: the rest
// may be older than the ledger.
struct FlightRecord {
    std::int64_t epoch = 0;
    // All that departed is in it: the same boot, and slots were always free.
    bool complete = false;
    struct Flight {
        std::optional<RowOutcome> outcome;  // none: departed and not answered
    };
    std::unordered_map<RowId, Flight> flights;
};

// Nothing where there is no file, or it is none of ours, or was only begun.
std::optional<FlightRecord> read_flight_record(const std::filesystem::path& file,
                                               const std::string& boot_id);

class FlightRecorder {
  public:
    // Starts the file anew, with all its blocks. Throws std::system_error.
    FlightRecorder(const std::filesystem::path& file, const std::string& boot_id,
                   std::int64_t epoch);
    FlightRecorder(const FlightRecorder&) = delete;
    FlightRecorder& operator=(const FlightRecorder&) = delete;
    ~FlightRecorder();

    void departing(RowId row) noexcept;
    // Only what has departed is noted: of anything else no doubt can arise.
    void answered(const RowOutcome& outcome) noexcept;
    // A commit has it, or it counts as never departed.
    void clear(RowId row) noexcept;
    // Writes all to the disk.
    void keep() noexcept;

  private:
    Descriptor file_;
    char* memory_ = nullptr;
};

}  // namespace tocsin

#include "ledger/flight_recorder.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <system_error>
#include <unistd.h>

#include "base/file.h"
#include "ledger/outcome_text.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

constexpr std::size_t kHeaderSize = 4096;
constexpr std::size_t kEntrySize = 1024;
// More than rows can be on their way (a provider's requests carry up to 1,000 together), with those
// that are answered and not committed yet.
constexpr std::size_t kEntries = 2048;
// A row's entry is one of so many, from its number on: what looks for it need not see them all.
constexpr std::size_t kProbes = 256;
constexpr std::size_t kFileSize = kHeaderSize + kEntries * kEntrySize;
constexpr char kMagic[8] = {'t', 'o', 'c', 's', 'i', 'n', 'F', '1'};

enum Phase : std::uint32_t { kFree = 0, kDeparted = 1, kAnswered = 2 };

// FNV-1a: against a slot that was cut short, not against people.
std::uint64_t checksum(std::string_view bytes) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return hash;
}

[[noreturn]] void fail(const fs::path& file) {
    throw std::system_error(errno, std::generic_category(), "cannot use " + file.string());
}

struct Header {
    char magic[sizeof kMagic];
    std::int64_t epoch;        // 0: only begun
    std::uint32_t overflowed;  // a departure found no free slot
    std::uint32_t kept;        // `keep` was called, and nothing was sent since
    std::uint32_t boot_id_size;
    char boot_id[64];
};

struct Entry {
    static constexpr std::size_t kMostText = kEntrySize - 32;
    std::atomic<std::uint32_t> phase;
    std::uint32_t size;
    std::atomic<RowId> row;
    std::uint64_t sum;
    std::uint64_t unused;
    char text[kMostText];
};
static_assert(sizeof(Entry) == kEntrySize && sizeof(Header) <= kHeaderSize);

Header& header_of(char* memory) {
    return *reinterpret_cast<Header*>(memory);
}

Entry& entry_of(char* memory, std::size_t index) {
    return *reinterpret_cast<Entry*>(memory + kHeaderSize + index * kEntrySize);
}

// The n-th place for a row.
Entry& place_of(char* memory, RowId row, std::size_t n) {
    return entry_of(memory, (static_cast<std::size_t>(row) + n) % kEntries);
}

Entry* find(char* memory, RowId row) {
    for (std::size_t i = 0; i < kProbes; ++i) {
        Entry& one = place_of(memory, row, i);
        if (one.row == row && one.phase != kFree) return &one;
    }
    return nullptr;
}

// The epoch last: a start that is cut short leaves a file that counts for no send.
void start_anew(char* memory, const std::string& boot_id, std::int64_t epoch) {
    Header& header = header_of(memory);
    header.epoch = 0;
    std::atomic_signal_fence(std::memory_order_seq_cst);
    std::memset(memory + sizeof(Header), 0, kFileSize - sizeof(Header));
    header.overflowed = header.kept = 0;
    header.boot_id_size =
        static_cast<std::uint32_t>(std::min(boot_id.size(), sizeof header.boot_id));
    std::memcpy(header.boot_id, boot_id.data(), header.boot_id_size);
    std::memcpy(header.magic, kMagic, sizeof kMagic);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    header.epoch = epoch;
}

FlightRecord::Flight flight_of(const Entry& entry) {
    FlightRecord::Flight flight;
    bool whole = entry.phase == kAnswered && entry.size <= Entry::kMostText &&
                 entry.sum == checksum({entry.text, entry.size});
    if (whole) flight.outcome = parse_outcome({entry.text, entry.size});
    return flight;
}

}  // namespace

FlightRecorder::FlightRecorder(const fs::path& file, const std::string& boot_id, std::int64_t epoch)
    : file_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    if (!file_) fail(file);
    if (::ftruncate(file_.get(), kFileSize) != 0) fail(file);
    if ((errno = ::posix_fallocate(file_.get(), 0, kFileSize)) != 0) fail(file);
    void* memory = ::mmap(nullptr, kFileSize, PROT_READ | PROT_WRITE, MAP_SHARED, file_.get(), 0);
    if (memory == MAP_FAILED) fail(file);
    memory_ = static_cast<char*>(memory);
    start_anew(memory_, boot_id, epoch);
}

FlightRecorder::~FlightRecorder() {
    if (memory_ != nullptr) ::munmap(memory_, kFileSize);
}

void FlightRecorder::departing(RowId row) noexcept {
    for (std::size_t i = 0; i < kProbes; ++i) {
        Entry& one = place_of(memory_, row, i);
        if (one.phase != kFree) continue;
        one.row = row;
        one.phase = kDeparted;
        return;
    }
    header_of(memory_).overflowed = 1;
}

void FlightRecorder::answered(const RowOutcome& outcome) noexcept {
    Entry* one = find(memory_, outcome.id);
    if (one == nullptr) return;
    std::string text = outcome_text(outcome, Entry::kMostText);
    std::memcpy(one->text, text.data(), text.size());
    one->size = static_cast<std::uint32_t>(text.size());
    one->sum = checksum(text);
    one->phase.store(kAnswered, std::memory_order_release);
}

void FlightRecorder::clear(RowId row) noexcept {
    if (Entry* one = find(memory_, row)) one->phase.store(kFree, std::memory_order_release);
}

void FlightRecorder::keep() noexcept {
    header_of(memory_).kept = 1;
    ::msync(memory_, kFileSize, MS_SYNC);
}

std::optional<FlightRecord> read_flight_record(const fs::path& file, const std::string& boot_id) {
    std::error_code none;
    if (fs::file_size(file, none) != kFileSize || none) return std::nullopt;
    std::string bytes = read_file(file, kFileSize);
    if (bytes.size() != kFileSize) return std::nullopt;
    const Header& header = header_of(bytes.data());
    bool ours = std::memcmp(header.magic, kMagic, sizeof kMagic) == 0;
    if (!ours || header.epoch == 0 || header.boot_id_size > sizeof header.boot_id) {
        return std::nullopt;
    }
    FlightRecord record;
    record.epoch = header.epoch;
    bool same_boot = boot_id == std::string_view(header.boot_id, header.boot_id_size);
    record.complete = same_boot && header.overflowed == 0;
    if (!same_boot && header.kept == 0) return record;
    for (std::size_t i = 0; i < kEntries; ++i) {
        const Entry& one = entry_of(bytes.data(), i);
        if (one.phase != kFree) record.flights.emplace(one.row, flight_of(one));
    }
    return record;
}

}  // namespace tocsin

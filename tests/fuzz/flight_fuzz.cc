// Any bytes as a flight record: never an outcome whose text does not match its checksum, and never
// more than the file says. The form of a slot is written down here once more.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

#include "ledger/flight_recorder.h"
#include "ledger/outcome_text.h"

using namespace tocsin;

namespace {

constexpr std::size_t kHeader = 4096, kSlot = 1024, kSlots = 256, kTextAt = 32;
constexpr char kBoot[] = "this boot";

void demand(bool holds) {
    if (!holds) std::abort();
}

template <class Number>
Number number_at(const std::string& bytes, std::size_t at) {
    Number number;
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}

std::uint64_t fnv1a(std::string_view bytes) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return hash;
}

// Whether a slot at `at` holds an outcome of this row, whole.
bool answered(const std::string& bytes, std::size_t at, RowId row) {
    auto size = number_at<std::uint32_t>(bytes, at + 4);
    return number_at<std::uint32_t>(bytes, at) == 2 && number_at<RowId>(bytes, at + 8) == row &&
           size <= kSlot - kTextAt &&
           number_at<std::uint64_t>(bytes, at + 16) == fnv1a({bytes.data() + at + kTextAt, size});
}

bool answered(const std::string& bytes, RowId row) {
    for (std::size_t i = 0; i < kSlots; ++i) {
        if (answered(bytes, kHeader + i * kSlot, row)) return true;
    }
    return false;
}

void check(const FlightRecord& record, const std::string& bytes) {
    demand(bytes.size() == kHeader + kSlots * kSlot);
    demand(record.epoch != 0);
    demand(record.flights.size() <= kSlots);
    for (const auto& [row, flight] : record.flights) {
        if (flight.outcome) demand(answered(bytes, row));
    }
}

// The input is the beginning of a file whose rest is empty, or where it is marked the whole file.
std::string file_of(std::string_view input) {
    std::string bytes(input);
    bool whole = !bytes.empty() && bytes.back() == 'w';
    if (!whole) bytes.resize(kHeader + kSlots * kSlot, '\0');
    return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("flight-" + std::to_string(::getpid()));
    std::string_view input(reinterpret_cast<const char*>(data), size);
    parse_outcome(input);
    std::string bytes = file_of(input);
    std::ofstream(path, std::ios::binary) << bytes;
    try {
        if (auto record = read_flight_record(path, kBoot)) check(*record, bytes);
    } catch (const std::exception&) {
        demand(bytes.size() > kHeader + kSlots * kSlot);
    }
    std::filesystem::remove(path);
    return 0;
}

#include "ledger/flight_recorder.h"

#include <fstream>

#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

constexpr std::size_t kHeader = 4096, kSlot = 1024, kSlots = 2048;
constexpr char kBoot[] = "0a7a8f0e-7c4d-4d4b-9d9e-3f3f3f3f3f3f";

struct Flights {
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "alert.flight";
    std::optional<FlightRecorder> recorder{std::in_place, file, kBoot, 5};

    std::optional<FlightRecord> read(const std::string& boot = kBoot) const {
        return read_flight_record(file, boot);
    }
    void overwrite(std::size_t at, const std::string& bytes) const {
        std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp(static_cast<std::streamoff>(at));
        stream << bytes;
    }
};

std::string shown(const FlightRecord& record) {
    std::map<RowId, std::string> rows;
    for (const auto& [row, flight] : record.flights) {
        rows[row] = flight.outcome ? std::string(name(flight.outcome->state)) : "departed";
    }
    std::string text = "epoch " + std::to_string(record.epoch);
    for (const auto& [row, what] : rows) text += ", " + std::to_string(row) + " " + what;
    return text + (record.complete ? "" : ", incomplete");
}

}  // namespace

TEST_CASE("what departed, was answered and was cleared is told while the sender still lives") {
    Flights flights;
    for (RowId row : {1, 2, 3, 4}) flights.recorder->departing(row);
    flights.recorder->answered(outcome(2, State::kAccepted));
    flights.recorder->answered(outcome(3, State::kRejected));
    flights.recorder->answered(outcome(9, State::kRejected));  // never departed: no doubt
    flights.recorder->clear(3);
    flights.recorder->clear(9);
    CHECK(shown(*flights.read()) == "epoch 5, 1 departed, 2 accepted, 4 departed");
    CHECK(std::filesystem::file_size(flights.file) == kHeader + kSlots * kSlot);
}

TEST_CASE("a row that departs again after its answer was recorded is departed") {
    Flights flights;
    flights.recorder->departing(1);
    flights.recorder->answered(outcome(1, State::kDeferred));
    flights.recorder->clear(1);
    flights.recorder->departing(1);
    CHECK(shown(*flights.read()) == "epoch 5, 1 departed");
}

TEST_CASE("slots are used again, and one departure too many makes the record incomplete") {
    Flights flights;
    for (RowId row = 1; row <= 1000; ++row) {
        flights.recorder->departing(row);
        if (row > 200) flights.recorder->clear(row - 200);
    }
    CHECK(flights.read()->complete);
    CHECK(flights.read()->flights.size() == 200);
    for (RowId row = 1001; row <= 2848; ++row) flights.recorder->departing(row);
    CHECK(flights.read()->complete);
    flights.recorder->departing(2849);
    CHECK_FALSE(flights.read()->complete);
    CHECK(flights.read()->flights.size() == kSlots);
    flights.recorder->clear(1000);
    CHECK_FALSE(flights.read()->complete);  // who was left out is not known any more
}

TEST_CASE("a thousand flights at once, with any numbers, are all known") {
    Flights flights;
    for (RowId row = 1; row <= 1000; ++row) flights.recorder->departing(row * 7 + (row % 3) * 2048);
    for (RowId row = 1; row <= 1000; ++row) {
        flights.recorder->answered(outcome(row * 7 + (row % 3) * 2048, State::kAccepted));
    }
    const FlightRecord record = *flights.read();
    CHECK(record.complete);
    CHECK(record.flights.size() == 1000);
    for (const auto& [row, flight] : record.flights) CHECK(flight.outcome.has_value());
}

TEST_CASE("an answer too long for its slot is cut, or counts as none") {
    Flights flights;
    RowOutcome wordy = outcome(1, State::kRejected);
    wordy.attempt.reply->text = std::string(1000, 'x');
    RowOutcome endless = outcome(2, State::kRejected);
    endless.transport = std::string(2000, 't');
    for (RowId row : {1, 2}) flights.recorder->departing(row);
    flights.recorder->answered(wordy);
    flights.recorder->answered(endless);
    CHECK(shown(*flights.read()) == "epoch 5, 1 rejected, 2 departed");
}

TEST_CASE("a byte of an answer that is another one makes it none") {
    Flights flights;
    flights.recorder->departing(1);
    flights.recorder->answered(outcome(1, State::kAccepted));
    const std::size_t entry = kHeader + 1 * kSlot;
    flights.overwrite(entry + 32 + 3, "5");  // its state
    CHECK(shown(*flights.read()) == "epoch 5, 1 departed");
    flights.overwrite(entry + 4, std::string(4, '\xff'));  // the size of its text
    CHECK(shown(*flights.read()) == "epoch 5, 1 departed");
}

TEST_CASE("a file that is missing, cut, longer, or another one tells nothing, and is made anew") {
    Flights flights;
    flights.recorder->departing(1);
    flights.recorder.reset();
    const auto whole = kHeader + kSlots * kSlot;
    for (std::size_t size : {std::size_t{0}, kHeader, whole - 1, whole + 1}) {
        CAPTURE(size);
        std::filesystem::resize_file(flights.file, size);
        CHECK_FALSE(flights.read());
        FlightRecorder(flights.file, kBoot, 6).departing(2);
        CHECK(shown(*flights.read()) == "epoch 6, 2 departed");
    }
    flights.overwrite(0, "T");
    CHECK_FALSE(flights.read());
    std::filesystem::remove(flights.file);
    CHECK_FALSE(flights.read());
}

TEST_CASE("a start that was cut short counts for no send") {
    Flights flights;
    flights.recorder->departing(1);
    flights.overwrite(8, std::string(8, '\0'));  // the epoch is written last
    CHECK_FALSE(flights.read());
}

TEST_CASE("a new start forgets the flights before it") {
    Flights flights;
    flights.recorder->departing(1);
    flights.recorder.emplace(flights.file, kBoot, 6);
    CHECK(shown(*flights.read()) == "epoch 6");
}

TEST_CASE("after another boot nothing counts but what was kept, and that is never complete") {
    Flights flights;
    flights.recorder->departing(1);
    flights.recorder->departing(2);
    flights.recorder->answered(outcome(2, State::kAccepted));
    CHECK(shown(*flights.read("another boot")) == "epoch 5, incomplete");
    flights.recorder->keep();
    CHECK(shown(*flights.read("another boot")) == "epoch 5, 1 departed, 2 accepted, incomplete");
    CHECK(shown(*flights.read()) == "epoch 5, 1 departed, 2 accepted");
    flights.recorder.emplace(flights.file, kBoot, 6);
    flights.recorder->departing(3);
    CHECK(shown(*flights.read("another boot")) == "epoch 6, incomplete");
}

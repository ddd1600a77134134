#include "delivery/witness.h"

#include <atomic>
#include <doctest/doctest.h>
#include <fstream>
#include <sys/stat.h>
#include <thread>
#include <vector>

#include "base/file.h"
#include "delivery/witness_command.h"
#include "delivery/witness_file.h"
#include "ledger/memory.h"
#include "ledger/sqlite/open.h"
#include "support/temporary_folder.h"

using namespace tocsin;

namespace fs = std::filesystem;

namespace {

constexpr Milliseconds kLimit(2000);
const WallTime kNow{std::chrono::seconds(1'800'000'000)};

struct FileCase {
    TemporaryFolder folder;
    fs::path file = folder.path() / "witness";
    WitnessFile witness{file, kLimit};
    std::unique_ptr<Ledger> ledger = make_memory_ledger();

    std::string content() const { return read_file(file); }
    std::int64_t number() const { return std::stoll(ledger->note(kGenerationNote)); }
    std::string line(std::int64_t number) const {
        return ledger->id() + " " + std::to_string(number) + "\n";
    }
};

std::string fault_of(Witness& witness, std::int64_t number = 5, bool known = true) {
    try {
        witness.tell("1f", number, known);
    } catch (const LedgerError& error) {
        CHECK_FALSE(error.hint().empty());
        return error.what();
    }
    return "";
}

std::string answer_of(const std::string& command, Milliseconds limit = kLimit) {
    WitnessCommand witness(command, "/tmp", limit);
    std::string fault = fault_of(witness);
    return fault.empty() ? std::to_string(witness.tell("1f", 5, true)) : fault;
}

}  // namespace

TEST_CASE_FIXTURE(FileCase, "a file keeps the highest number of each ledger, privately") {
    CHECK(witness.tell("1f", 7, false) == 7);
    CHECK(witness.tell("2f", 3, false) == 3);
    CHECK(witness.tell("1f", 6, true) == 7);
    CHECK(witness.tell("1f", 9, true) == 9);
    CHECK(content() == "1f 9\n2f 3\n");
    struct stat info {};
    REQUIRE(::stat(file.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777u) == 0600u);
}

TEST_CASE_FIXTURE(FileCase, "0 asks and writes nothing") {
    CHECK(witness.tell("1f", 0, false) == 0);
    CHECK_FALSE(fs::exists(file));
}

TEST_CASE_FIXTURE(FileCase, "a file that is gone is no witness of a ledger that it knew") {
    CHECK(fault_of(witness) ==
          "cannot use the witness " + file.string() + ": it knows nothing of this ledger any more");
    CHECK_FALSE(fs::exists(file));
    witness.tell("2f", 1, false);
    CHECK(fault_of(witness) != "");
}

TEST_CASE_FIXTURE(FileCase, "a folder that is not there, an unmounted disk perhaps, is not made") {
    WitnessFile elsewhere(folder.path() / "usb" / "witness", kLimit);
    CHECK(fault_of(elsewhere, 5, false).find("its folder is not there") != std::string::npos);
    CHECK_FALSE(fs::exists(folder.path() / "usb"));
}

TEST_CASE_FIXTURE(FileCase, "what is no witness is not overwritten") {
    for (const char* wrong : {"", "1f 5", "nonsense\n", "1f -5\n", "1f 5 6\n", " 5\n",
                              "1f 5\n1f 6\n", "1f 1234567890123456789\n"}) {
        std::ofstream(file) << wrong;
        CHECK(fault_of(witness, 9, false) != "");
        CHECK(content() == wrong);
    }
}

TEST_CASE_FIXTURE(FileCase, "a folder in its place, or one that cannot be written, is said") {
    fs::create_directory(file);
    CHECK(fault_of(witness, 5, false) != "");
}

TEST_CASE_FIXTURE(FileCase, "another program that keeps its lock is waited for, not for ever") {
    auto lock = FileLock::try_lock(file.string() + ".lock", "");
    WitnessFile hurried(file, Milliseconds(50));
    CHECK(fault_of(hurried, 5, false).find("another program holds") != std::string::npos);
}

TEST_CASE("a command gets the line, and its answer counts") {
    CHECK(answer_of("read id n; test \"$id\" = 1f && echo $n") == "5");
    CHECK(answer_of("cat >/dev/null; echo 12") == "12");
    CHECK(answer_of("echo 12") == "12");
    CHECK(answer_of("printf 12") == "12");
}

TEST_CASE("a command that fails, hangs, is silent or talks nonsense is no witness") {
    CHECK(answer_of("echo no route >&2; exit 255") ==
          "the witness does not answer: its command ended with 255 (no route)");
    CHECK(answer_of("sleep 60", Milliseconds(200)).find("was stopped after") != std::string::npos);
    CHECK(answer_of("true") == "the witness does not answer: its command printed no number");
    CHECK(answer_of("echo ok").find("printed no number (ok)") != std::string::npos);
    CHECK(answer_of("echo 5; echo 6").find("printed no number") != std::string::npos);
    CHECK(answer_of("echo -5").find("printed no number") != std::string::npos);
    CHECK(answer_of("echo 4") == "the witness does not answer: it was told 5 and answers 4");
    CHECK(answer_of("yes").find("more than one line") != std::string::npos);
    CHECK(answer_of("/nowhere/witness").find("ended with 127") != std::string::npos);
}

TEST_CASE_FIXTURE(FileCase, "at first use the witness learns of the ledger, and both agree") {
    hold_against(witness, *ledger, kNow);
    CHECK(content() == line(number()));
    CHECK(ledger->note(kWitnessedNote) == "2027-01-15T08:00:00Z");
    hold_against(witness, *ledger, kNow);
    CHECK(content() == line(number()));
}

TEST_CASE_FIXTURE(FileCase, "an older copy is refused with both numbers, and never catches up") {
    hold_against(witness, *ledger, kNow);
    std::string older = ledger->note(kGenerationNote);
    for (int i = 0; i < 3; ++i) count_up(witness, *ledger);
    std::string newest = ledger->note(kGenerationNote);
    ledger->set_note(kGenerationNote, older);
    for (int i = 0; i < 50; ++i) CHECK_THROWS_AS(hold_against(witness, *ledger, kNow), OlderLedger);
    CHECK(ledger->note(kGenerationNote) == older);
    try {
        hold_against(witness, *ledger, kNow);
    } catch (const OlderLedger& error) {
        CHECK(
            std::string(error.what()).find("counted to " + older + ", its witness to " + newest) !=
            std::string::npos);
    }
}

TEST_CASE_FIXTURE(FileCase, "a copy from before there was a witness is older, too") {
    hold_against(witness, *ledger, kNow);
    ledger->set_note(kGenerationNote, "");
    ledger->set_note(kWitnessedNote, "");
    CHECK_THROWS_AS(hold_against(witness, *ledger, kNow), OlderLedger);
}

TEST_CASE_FIXTURE(FileCase, "counted and not told, by a crash in between: no copy is suspected") {
    hold_against(witness, *ledger, kNow);
    ledger->advance_note(kGenerationNote);
    hold_against(witness, *ledger, kNow);
    CHECK(content() == line(number()));
}

TEST_CASE_FIXTURE(FileCase, "two copies that both go on: one of them is soon refused") {
    hold_against(witness, *ledger, kNow);
    std::string here = ledger->note(kGenerationNote), there = here;
    bool refused = false;
    for (int i = 0; i < 100 && !refused; ++i) try {
            std::swap(here, there);
            ledger->set_note(kGenerationNote, here);
            count_up(witness, *ledger);
            here = ledger->note(kGenerationNote);
        } catch (const OlderLedger&) {
            refused = true;
        }
    CHECK(refused);
}

TEST_CASE_FIXTURE(FileCase,
                  "adopted: it counts above the witness, and the newer copy is the older") {
    hold_against(witness, *ledger, kNow);
    std::string older = ledger->note(kGenerationNote);
    for (int i = 0; i < 20; ++i) count_up(witness, *ledger);
    std::string newest = ledger->note(kGenerationNote);
    ledger->set_note(kGenerationNote, older);
    CHECK(may_be_older(witness, *ledger));
    start_anew(witness, *ledger, kNow);
    CHECK_FALSE(may_be_older(witness, *ledger));
    hold_against(witness, *ledger, kNow);
    CHECK(number() > std::stoll(newest));
    ledger->set_note(kGenerationNote, newest);
    CHECK_THROWS_AS(hold_against(witness, *ledger, kNow), OlderLedger);
}

TEST_CASE_FIXTURE(FileCase,
                  "a witness that was lost is begun anew by who adopts, not by who looks") {
    hold_against(witness, *ledger, kNow);
    fs::remove(file);
    CHECK(may_be_older(witness, *ledger));
    CHECK_THROWS_AS(hold_against(witness, *ledger, kNow), LedgerError);
    CHECK_FALSE(fs::exists(file));
    start_anew(witness, *ledger, kNow);
    hold_against(witness, *ledger, kNow);
    CHECK(content() == line(number()));
}

TEST_CASE_FIXTURE(FileCase, "several senders of one ledger are never taken for copies") {
    fs::path database = folder.path() / "tocsin.db";
    open_sqlite_ledger(database, OpenMode::kCreate);
    std::atomic<int> faults = 0;
    std::vector<std::thread> senders;
    for (int i = 0; i < 4; ++i) {
        senders.emplace_back([&] {
            auto own = open_sqlite_ledger(database, OpenMode::kExisting);
            for (int round = 0; round < 30; ++round) try {
                    hold_against(witness, *own, kNow);
                    count_up(witness, *own);
                } catch (const LedgerError&) {
                    ++faults;
                }
        });
    }
    for (std::thread& sender : senders) sender.join();
    CHECK(faults == 0);
    auto last = open_sqlite_ledger(database, OpenMode::kExisting);
    CHECK(content() == last->id() + " " + last->note(kGenerationNote) + "\n");
}

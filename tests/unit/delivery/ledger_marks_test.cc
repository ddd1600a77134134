#include "delivery/ledger_marks.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/machine.h"
#include "ledger/memory.h"
#include "support/temporary_folder.h"

using namespace tocsin;

namespace {

constexpr char kOne[] = "11111111111111111111111111111111\n";
constexpr char kTwo[] = "22222222222222222222222222222222\n";

struct Fixture {
    TemporaryFolder folder;
    std::unique_ptr<Ledger> ledger = make_memory_ledger();
    Fixture() { on(kOne); }
    ~Fixture() { use_machine_id_file("/etc/machine-id"); }
    void on(const std::string& machine) const {
        use_machine_id_file(folder.write("machine-id", machine));
    }
    std::string refusal() const {
        try {
            demand_unmarked(*ledger);
        } catch (const LedgerError& error) {
            CHECK(error.hint().find("tocsin ledger adopt") != std::string::npos);
            return error.what();
        }
        return "";
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "another machine is refused, the same one is not") {
    CHECK(refusal() == "");
    CHECK(refusal() == "");
    on(kTwo);
    CHECK(refusal() == "this ledger was last used on another machine, " + host_name());
    on(kOne);
    CHECK(refusal() == "");
}

TEST_CASE_FIXTURE(Fixture, "the id itself is not kept") {
    CHECK(refusal() == "");
    CHECK(ledger->note(kMachineNote).find("11111111111111111111111111111111") == std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "a machine without an id checks nothing and notes nothing") {
    on("uninitialized\n");
    CHECK(refusal() == "");
    CHECK(ledger->note(kMachineNote) == "");
    on(kOne);
    CHECK(refusal() == "");
    on("");
    CHECK(refusal() == "");
    on(kTwo);
    CHECK(refusal() != "");
}

TEST_CASE_FIXTURE(Fixture, "a backup is refused until it is accepted") {
    ledger->set_note(kBackupNote, "2026-12-01T03:00:00Z");
    CHECK(refusal() ==
          "this ledger is a backup of 2026-12-01T03:00:00Z: whoever was mailed since "
          "would be mailed again");
    CHECK(ledger->note(kMachineNote) == "");
    clear_marks(*ledger);
    CHECK(refusal() == "");
}

TEST_CASE_FIXTURE(Fixture,
                  "accepted on another machine: it is that one's, and the first is refused") {
    CHECK(refusal() == "");
    on(kTwo);
    clear_marks(*ledger);
    CHECK(refusal() == "");
    on(kOne);
    CHECK(refusal() != "");
}

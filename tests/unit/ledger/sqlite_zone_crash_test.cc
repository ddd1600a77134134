// Zones and notes: killed while they are written, and written by several processes at once.
#include <fstream>
#include <set>

#include "unit/ledger/child.h"
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

struct Zones {
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "tocsin.db";

    Zones() { open_sqlite_ledger(file, OpenMode::kCreate); }
    std::unique_ptr<Ledger> open() const { return open_sqlite_ledger(file, OpenMode::kExisting); }

    static std::vector<PlanRow> people(const std::string& prefix, int count,
                                       const std::string& zone) {
        std::vector<PlanRow> rows;
        for (int i = 0; i < count; ++i) {
            rows.push_back(person(prefix + std::to_string(i) + "@x"));
            rows.back().zone = zone;
        }
        return rows;
    }

    int until(const std::string& failpoint, const std::function<void(Ledger&)>& work) const {
        return in_child([&] {
            auto ledger = open();
            die_at(failpoint);
            work(*ledger);
            return 0;
        });
    }

    std::size_t claimable(int seconds) const {
        return open()
            ->begin_send(kMailing, "test", at(seconds))
            ->claim(100'000, at(seconds))
            .size();
    }
};

}  // namespace

TEST_CASE("killed while a zone is postponed: it waits as before, or as asked") {
    for (bool committed : {false, true}) {
        CAPTURE(committed);
        Zones zones;
        write_plan(*zones.open(), header(), Zones::people("a", 3, "Athens"));
        const char* failpoint = committed ? "postpone-after-commit" : "postpone-before-commit";
        REQUIRE(zones.until(failpoint, [](Ledger& ledger) {
            ledger.begin_send(kMailing, "child", at(1))->postpone("Athens", at(100));
        }) == -SIGKILL);
        CHECK(zones.open()->zones(kMailing)[0].not_before.has_value() == committed);
        CHECK(zones.claimable(99) == (committed ? 0 : 3));
        CHECK(zones.claimable(100) == 3);
    }
}

TEST_CASE("killed while a plan without zones gets some: nobody is lost before or after") {
    for (const char* failpoint : {"w0-rows", "portion-written", "w0-before-ready"}) {
        CAPTURE(failpoint);
        Zones zones;
        // More than one portion can be: those of before are numbered, too.
        write_plan(*zones.open(), header(), Zones::people("before", 20'000, ""));
        auto top_up = [](Ledger& ledger) {
            write_plan(ledger, header(), Zones::people("after", 5, "Lima"), PlanKind::kTopUp);
        };
        REQUIRE(zones.until(failpoint, top_up) == -SIGKILL);
        CHECK(zones.open()->zones(kMailing).empty());
        CHECK(zones.claimable(1) == 20'000);
        top_up(*zones.open());
        CHECK(zones.open()->zones(kMailing) ==
              std::vector<ZoneRows>{{"", 20'000, {}}, {"Lima", 5, {}}});
        CHECK(zones.claimable(2) == 20'005);
    }
}

TEST_CASE("killed with rows of a zone on their way: they wait for it, or are in doubt") {
    Zones zones;
    write_plan(*zones.open(), header(), Zones::people("a", 3, "Athens"));
    REQUIRE(zones.until("w2-after-commit", [](Ledger& ledger) {
        auto session = ledger.begin_send(kMailing, "child", at(1));
        auto rows = session->claim(2, at(1));
        session->begin_sending(ids_of(rows), at(1));
    }) == -SIGKILL);
    auto ledger = zones.open();
    auto session = ledger->begin_send(kMailing, "test", at(2));
    CHECK(session->recovery().not_sent == 2);
    CHECK(session->postpone("Athens", at(100)) == 3);
    CHECK(session->claim(5, at(99)).empty());
    CHECK(session->claim(5, at(100)).size() == 3);
}

TEST_CASE("killed while a note is written: it is the old one or the new one") {
    for (bool committed : {false, true}) {
        Zones zones;
        zones.open()->set_note("generation", "7");
        const char* failpoint = committed ? "note-after-commit" : "note-before-commit";
        REQUIRE(zones.until(failpoint, [](Ledger& ledger) { ledger.advance_note("generation"); }) ==
                -SIGKILL);
        CHECK(zones.open()->note("generation") == (committed ? "8" : "7"));
    }
}

TEST_CASE("processes that advance one note never get the same number") {
    constexpr int kProcesses = 3;
    constexpr int kEach = 40;
    Zones zones;
    std::vector<pid_t> children;
    for (int i = 0; i < kProcesses; ++i) {
        children.push_back(start_child([&] {
            auto ledger = zones.open();
            std::ofstream told(zones.folder.path() / std::to_string(i));
            for (int n = 0; n < kEach; ++n) told << ledger->advance_note("generation") << "\n";
            return 0;
        }));
    }
    std::multiset<int> numbers;
    for (int i = 0; i < kProcesses; ++i) {
        REQUIRE(end_of(children[static_cast<std::size_t>(i)]) == 0);
        std::ifstream told(zones.folder.path() / std::to_string(i));
        for (int number = 0; told >> number;) numbers.insert(number);
    }
    CHECK(numbers.size() == kProcesses * kEach);
    CHECK(std::set<int>(numbers.begin(), numbers.end()).size() == kProcesses * kEach);
    CHECK(*numbers.rbegin() == kProcesses * kEach);
}

TEST_CASE("of processes that write the same note, or the first plan, one is told that it was it") {
    Zones zones;
    for (int round = 0; round < 10; ++round) {
        const std::string said = std::to_string(round);
        const MailingKey mailing{"weekly", said};
        auto work = [&] {
            auto ledger = zones.open();
            int first = ledger->set_note("told", said) ? 1 : 0;
            try {
                write_plan(*ledger, header(mailing), {person("p@x")}, PlanKind::kFirst);
                return first + 2;
            } catch (const Busy&) {
                return first;
            }
        };
        pid_t one = start_child(work), other = start_child(work);
        CHECK(end_of(one) + end_of(other) == 3);
        CHECK(zones.open()->plan(mailing));
    }
}

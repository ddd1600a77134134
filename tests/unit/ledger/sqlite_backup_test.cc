// Copies of a ledger's file while it is in use, and what a restored one must not believe.
#include <atomic>
#include <sys/stat.h>
#include <thread>

#include "ledger/sqlite/backup.h"
#include "ledger/sqlite/mailing_lock.h"
#include "unit/ledger/child.h"
#include "unit/ledger/contract.h"

namespace fs = std::filesystem;
using namespace tocsin;
using namespace tocsin::test;

namespace {

struct BackupCase : SqliteForm {
    fs::path file = folder.path() / "state" / "tocsin.db";
    fs::path copy = folder.path() / "copy.db";
    std::size_t files_beside() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()));
    }
};

}  // namespace

TEST_CASE_FIXTURE(BackupCase, "a copy is a whole ledger in one private file, and says what it is") {
    plan_people(*ledger, {"a@x.example", "b@x.example"});
    back_up_ledger(file, copy, at(7));
    CHECK(files_beside() == 2);
    struct stat info {};
    REQUIRE(::stat(copy.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777u) == 0600u);
    CHECK(ledger->note("backup") == "");
    auto restored = open_sqlite_ledger(copy, OpenMode::kExisting);
    CHECK(restored->id() == ledger->id());
    CHECK(restored->counts(kMailing).total == 2);
    CHECK(restored->note("backup") == iso8601(at(7)));
}

TEST_CASE_FIXTURE(BackupCase, "a backup of a backup is as old as the first") {
    back_up_ledger(file, copy, at(7));
    auto restored = open_sqlite_ledger(copy, OpenMode::kExisting);
    fs::path again = folder.path() / "again.db";
    back_up_ledger(copy, again, at(9));
    CHECK(open_sqlite_ledger(again, OpenMode::kExisting)->note("backup") == iso8601(at(7)));
}

TEST_CASE_FIXTURE(BackupCase, "nothing is replaced, and no folder made") {
    back_up_ledger(file, copy, at(7));
    auto size = fs::file_size(copy);
    CHECK_THROWS_AS(back_up_ledger(file, copy, at(8)), Refused);
    CHECK_THROWS_AS(back_up_ledger(file, file, at(8)), Refused);
    fs::path dangling = folder.path() / "link.db";
    fs::create_symlink(folder.path() / "nothing", dangling);
    CHECK_THROWS_AS(back_up_ledger(file, dangling, at(8)), Refused);
    CHECK_THROWS_AS(back_up_ledger(file, folder.path() / "usb" / "copy.db", at(8)), MissingInput);
    CHECK(fs::file_size(copy) == size);
    CHECK(files_beside() == 3);
}

TEST_CASE_FIXTURE(BackupCase,
                  "what others commit meanwhile does not fail, and each copy is sound") {
    plan_people(*ledger, {"a@x.example", "b@x.example", "c@x.example"});
    std::atomic<bool> stop = false;
    std::atomic<int> commits = 0;
    std::thread writer([&] {
        auto own = open_sqlite_ledger(file, OpenMode::kExisting);
        while (!stop) own->advance_note("one"), own->advance_note("two"), ++commits;
    });
    for (int i = 0; i < 20; ++i) {
        fs::path each = folder.path() / (std::to_string(i) + ".db");
        back_up_ledger(file, each, at(i));
        auto restored = open_sqlite_ledger(each, OpenMode::kExisting);
        CHECK(restored->counts(kMailing).total == 3);
        std::string one = restored->note("one"), two = restored->note("two");
        std::int64_t ahead = std::stoll("0" + one) - std::stoll("0" + two);
        CHECK((ahead == 0 || ahead == 1));
    }
    stop = true;
    writer.join();
    CHECK(commits > 0);
}

TEST_CASE_FIXTURE(BackupCase, "a killed sender's record does not clear rows of an older copy") {
    plan_people(*ledger, {"a@x.example", "b@x.example"});
    // The copy is made while a is under way; the sender goes on, and dies under way with b.
    CHECK(in_child([&] {
              auto own = open_sqlite_ledger(file, OpenMode::kExisting);
              auto session = own->begin_send(kMailing, "test", at(1));
              auto rows = session->claim(2, at(1));
              std::vector<RowId> first{rows[0].id}, second{rows[1].id};
              session->begin_sending(first, at(1));
              session->departing(rows[0].id);
              back_up_ledger(file, copy, at(2));
              RowOutcome outcome;
              outcome.id = rows[0].id;
              outcome.state = State::kAccepted;
              outcome.transport = "outbox";
              session->answered(outcome);
              session->record(std::span(&outcome, 1));
              session->begin_sending(second, at(3));
              session->departing(rows[1].id);
              ::raise(SIGKILL);
              return 0;
          }) == -SIGKILL);
    ledger.reset();
    for (const char* end : {"-wal", "-shm", ""}) fs::remove(file.string() + end);
    fs::copy_file(copy, file);
    forget_flights(file, "test", at(5));
    auto restored = open_sqlite_ledger(file, OpenMode::kExisting);
    Recovery recovery = restored->recover(kMailing, "test", at(6));
    CHECK(recovery.in_doubt == 1);
    CHECK(recovery.not_sent == 0);
    CHECK(restored->counts(kMailing).of(State::kInDoubt) == 1);
}

TEST_CASE_FIXTURE(BackupCase, "nobody's record is thrown away while they send") {
    plan_people(*ledger, {"a@x.example"});
    auto session = ledger->begin_send(kMailing, "test", at(1));
    CHECK_THROWS_AS(forget_flights(file, "another", at(2)), Busy);
    CHECK(fs::exists(sqlite::flight_path(file, kMailing)));
    session.reset();
    forget_flights(file, "another", at(3));
    CHECK_FALSE(fs::exists(sqlite::flight_path(file, kMailing)));
}

// The file of a SQLite ledger: who may read it, and what is refused instead of being sent from.
#include <SQLiteCpp/Database.h>
#include <csignal>
#include <fstream>
#include <sys/resource.h>
#include <sys/stat.h>

#include "ledger/sqlite/mailing_lock.h"
#include "ledger/sqlite/place.h"
#include "unit/ledger/child.h"
#include "unit/ledger/contract.h"

namespace fs = std::filesystem;
using namespace tocsin;
using namespace tocsin::test;

namespace {

unsigned mode_of(const fs::path& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 0777u : 0u;
}

std::string error_of(const fs::path& file, OpenMode mode = OpenMode::kCreate) {
    try {
        open_sqlite_ledger(file, mode);
    } catch (const LedgerError& error) {
        CHECK_FALSE(error.hint().empty());
        return error.what();
    }
    return "";
}

void write_file(const fs::path& file, const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
}

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

// Else a token of a lost ledger that leads to the same person's row would name another list.
TEST_CASE("two ledgers number their campaigns and lists differently") {
    auto numbers = [] {
        SqliteForm form;
        plan_people(*form.ledger, {"a@x.example"}, "news");
        auto plan = form.ledger->plan(kMailing);
        return std::pair(plan->campaign_number, plan->list_number);
    };
    auto one = numbers();
    CHECK(one.first >= 1);
    CHECK(one.first < 1 << 24);
    CHECK(one.second >= 1);
    CHECK(one.second < 1 << 16);
    CHECK(one != numbers());
}

TEST_CASE("the ledger, its companions and its locks are private, whatever the umask") {
    mode_t before = ::umask(0);
    SqliteForm form;
    plan_people(*form.ledger, {"a@x.example"});
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    ::umask(before);
    fs::path folder = form.folder.path() / "state";
    CHECK(mode_of(folder) == 0700);
    for (const char* name : {"tocsin.db", "tocsin.db-wal", "tocsin.db-shm"}) {
        CAPTURE(name);
        CHECK(mode_of(folder / name) == 0600);
    }
    CHECK(mode_of(folder / "tocsin.db.locks") == 0700);
    CHECK(mode_of(folder / "tocsin.db.locks/alert.lock") == 0600);
}

TEST_CASE("a ledger that others can read is made private when it is opened") {
    TemporaryFolder folder;
    fs::path file = folder.path() / "l.db";
    open_sqlite_ledger(file, OpenMode::kCreate);
    fs::permissions(file, fs::perms(0644));
    open_sqlite_ledger(file, OpenMode::kExisting);
    CHECK(mode_of(file) == 0600);
}

TEST_CASE("a ledger is made once, with nothing left beside it, and found again") {
    TemporaryFolder folder;
    fs::path file = folder.path() / "l.db";
    CHECK(contains(error_of(file, OpenMode::kExisting), "there is no ledger"));
    CHECK(fs::is_empty(folder.path()));
    std::string id = open_sqlite_ledger(file, OpenMode::kCreate)->id();
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1);
    CHECK(open_sqlite_ledger(file, OpenMode::kCreate)->id() == id);
    CHECK(open_sqlite_ledger(file, OpenMode::kExisting)->id() == id);
}

TEST_CASE("a file that is no ledger is refused and left as it is") {
    TemporaryFolder folder;
    fs::path file = folder.path() / "l.db";
    for (const std::string& content : {std::string(), std::string(5'000, 'x')}) {
        write_file(file, content);
        CHECK_FALSE(error_of(file).empty());
        CHECK(content_of(file) == content);
    }
    fs::remove(file);
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("CREATE TABLE something(x)");
    std::string other = content_of(file);
    CHECK(contains(error_of(file), "is no ledger of tocsin"));
    CHECK(content_of(file) == other);
    fs::create_directory(folder.path() / "folder");
    CHECK(contains(error_of(folder.path() / "folder"), "regular file"));
}

TEST_CASE("a damaged ledger is refused") {
    TemporaryFolder folder;
    fs::path file = folder.path() / "l.db";
    open_sqlite_ledger(file, OpenMode::kCreate);
    std::string whole = content_of(file);
    std::string damaged = whole;
    damaged.replace(100, 4'000, std::string(4'000, '\xff'));
    for (const std::string& content : {damaged, whole.substr(0, 6'000), whole.substr(0, 50)}) {
        write_file(file, content);
        CHECK_FALSE(error_of(file).empty());
    }
    write_file(file, whole);
    CHECK(error_of(file).empty());
}

TEST_CASE("a ledger of a newer version is refused") {
    TemporaryFolder folder;
    fs::path file = folder.path() / "l.db";
    open_sqlite_ledger(file, OpenMode::kCreate);
    SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
        .exec("UPDATE meta SET value='99' WHERE key='schema_version'");
    CHECK(contains(error_of(file), "newer version"));
}

TEST_CASE("a read-only ledger or folder is refused") {
    TemporaryFolder folder;
    fs::permissions(folder.path(), fs::perms(0777));
    fs::path file = folder.path() / "l.db";
    open_sqlite_ledger(file, OpenMode::kCreate);
    auto refused_as_nobody = [&] {
        return in_child([&] {
            if (::geteuid() == 0 && ::setuid(65534) != 0) return 2;
            return contains(error_of(file), "cannot write") ? 1 : 0;
        });
    };
    fs::permissions(file, fs::perms(0444));
    CHECK(refused_as_nobody() == 1);
    fs::permissions(file, fs::perms(0666));
    fs::permissions(folder.path(), fs::perms(0555));
    CHECK(refused_as_nobody() == 1);
    fs::permissions(folder.path(), fs::perms(0700));
}

TEST_CASE("nothing is written for good to a ledger that was removed or replaced") {
    TemporaryFolder folder;
    const fs::path file = folder.path() / "tocsin.db", away = folder.path() / "away.db";
    auto ledger = open_sqlite_ledger(file, OpenMode::kCreate);
    const std::vector<Suppression> entry{{"a@x.example", "all", "manual", "test", at(1), ""}};
    fs::rename(file, away);
    CHECK_THROWS_AS(ledger->suppress(entry), LedgerError);
    write_file(file, "another file");
    CHECK_THROWS_AS(ledger->suppress(entry), LedgerError);
    fs::rename(away, file);
    CHECK(ledger->suppress(entry) == 1);
}

TEST_CASE("network file systems are known") {
    CHECK(sqlite::is_network_file_system(0x6969));
    CHECK(sqlite::is_network_file_system(static_cast<long>(0xfe534d42)));
    CHECK_FALSE(sqlite::is_network_file_system(0xef53));      // ext4
    CHECK_FALSE(sqlite::is_network_file_system(0x01021994));  // tmpfs
}

TEST_CASE("a full disk: the step fails, nothing of it is done, and all goes on with room") {
    TemporaryFolder folder;
    fs::path file = folder.path() / "l.db";
    plan_people(*open_sqlite_ledger(file, OpenMode::kCreate), {"a@x.example", "b@x.example"});
    int failures = in_child([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        auto ledger = open_sqlite_ledger(file, OpenMode::kExisting);
        auto session = ledger->begin_send(kMailing, "child", at(1));
        auto rows = ids_of(session->claim(2, at(1)));
        session->begin_sending(std::vector{rows[0]}, at(1));
        rlimit limit{};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = fs::file_size(file.string() + "-wal");
        ::setrlimit(RLIMIT_FSIZE, &limit);
        int failed = 0;
        auto attempt = [&](auto step) {
            try {
                step();
            } catch (const LedgerError& error) {
                failed += error.hint().empty() ? 0 : 1;
            }
        };
        attempt([&] { session->begin_sending(std::vector{rows[1]}, at(2)); });
        attempt([&] { session->record(std::vector{outcome(rows[0], State::kAccepted)}); });
        attempt([&] { session->give_back(std::vector{rows[0]}); });
        attempt([&] { suppress(*ledger, "a@x.example"); });
        attempt([&] { ledger->set_control(kMailing, Control::kHeld, "", at(3)); });
        attempt([&] { write_plan(*ledger, header({"other", ""}), {person("c@x.example")}); });
        auto now = states(*ledger);
        bool unchanged = now["a@x.example"] == State::kSending &&
                         now["b@x.example"] == State::kPlanned &&
                         ledger->counts(kMailing).adds_up();
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_FSIZE, &limit);
        session->begin_sending(std::vector{rows[1]}, at(2));
        session->record(std::vector{outcome(rows[0], State::kAccepted)});
        return failed + (unchanged ? 10 : 0);
    });
    CHECK(failures == 16);
    auto ledger = open_sqlite_ledger(file, OpenMode::kExisting);
    CHECK(states(*ledger) == std::map<std::string, State>{{"a@x.example", State::kAccepted},
                                                          {"b@x.example", State::kSending}});
    CHECK_FALSE(ledger->is_suppressed("a@x.example", ""));
    CHECK_FALSE(ledger->plan({"other", ""}));
    CHECK(checked_counts(*ledger).total == 2);
}

TEST_CASE("two connections: an unsubscribe through one is seen by a send through the other") {
    SqliteForm form;
    plan_people(*form.ledger, {"a@x.example", "b@x.example"});
    auto other =
        open_sqlite_ledger(form.folder.path() / "state" / "tocsin.db", OpenMode::kExisting);
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    auto rows = session->claim(1, at(1));
    suppress(*other, "a@x.example");
    suppress(*other, "b@x.example");
    CHECK(session->begin_sending(ids_of(rows), at(2)).empty());
    CHECK(session->claim(1, at(2)).empty());
    CHECK(checked_counts(*other).of(SkipReason::kSuppressed) == 2);
}

TEST_CASE("lock files of different mailings have different names") {
    auto name = [](const std::string& campaign, const std::string& occurrence) {
        return sqlite::lock_path("l.db", {campaign, occurrence}).string();
    };
    CHECK(name("a", "") == "l.db.locks/a.lock");
    CHECK(name("a", "2026-12-01 09:00") == "l.db.locks/a@2026-12-01%2009%3a00.lock");
    CHECK(name("../a", "b/c") == "l.db.locks/..%2fa@b%2fc.lock");
    CHECK(name("a@b", "") != name("a", "b"));
}

#include "unsubscribe/journal_file.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/file.h"
#include "support/temporary_folder.h"
#include "unit/unsubscribe/support.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

struct Fixture {
    TemporaryFolder folder;
    std::filesystem::path path = folder.path() / "a.log";
    std::vector<std::uint64_t> seen;

    std::unique_ptr<JournalFile> open() {
        seen.clear();
        return std::make_unique<JournalFile>(
            path, [&](const JournalRecord& one, std::uint64_t) { seen.push_back(one.number); });
    }
    static std::string line(std::uint64_t number) {
        return write_record({number, kNoon, Choice::kList, "one-click", "token"});
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a file keeps its name and its lines, and tells where they begin") {
    std::string id;
    {
        auto file = open();
        id = file->id();
        std::uint64_t at = file->append(line(1) + line(2));
        CHECK(file->read(at, line(1).size()) == line(1));
        CHECK(file->append(line(3)) == at + line(1).size() + line(2).size());
    }
    auto file = open();
    CHECK(file->id() == id);
    CHECK(seen == std::vector<std::uint64_t>{1, 2, 3});
    CHECK(file->size() == read_file(path).size());
    CHECK(file->bad_lines() == 0);
}

TEST_CASE_FIXTURE(Fixture,
                  "lines that come twice, as in a file that was copied together, count once") {
    { open()->append(line(1) + line(2) + line(1) + line(2) + line(3)); }
    auto file = open();
    CHECK(seen == std::vector<std::uint64_t>{1, 2, 3});
    CHECK(file->bad_lines() == 2);
}

TEST_CASE_FIXTURE(Fixture,
                  "nothing is written to a file that was removed, or has another in its place") {
    auto file = open();
    file->append(line(1));
    const std::string before = read_file(path);
    std::filesystem::rename(path, folder.path() / "away.log");
    CHECK_FALSE(file->can_append());
    CHECK_THROWS_AS(file->append(line(2)), LedgerError);
    replace_file(path, before);
    CHECK_FALSE(file->can_append());
    CHECK_THROWS_AS(file->append(line(2)), LedgerError);
    CHECK(read_file(path) == before);
    CHECK(read_file(folder.path() / "away.log") == before);
    std::filesystem::rename(folder.path() / "away.log", path);
    CHECK(file->can_append());
    file->append(line(2));
    CHECK(read_file(path) == before + line(2));
}

TEST_CASE_FIXTURE(Fixture, "a folder in its place is an error that names it") {
    std::filesystem::create_directory(path);
    try {
        open();
        FAIL("it was opened");
    } catch (const LedgerError& fault) {
        CHECK(std::string(fault.what()).find("a.log") != std::string::npos);
    }
}

TEST_CASE_FIXTURE(Fixture, "lines longer than what is read at once are read whole") {
    {
        auto file = open();
        file->append(line(1) + std::string(3u << 20, 'x') + "\n" + line(2));
    }
    auto file = open();
    CHECK(seen == std::vector<std::uint64_t>{1, 2});
    CHECK(file->bad_lines() == 1);
}

#include "unsubscribe/journal_book.h"

#include <csignal>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>

#include "base/error.h"
#include "base/file.h"
#include "support/temporary_folder.h"
#include "unit/unsubscribe/support.h"
#include "unsubscribe/proof.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

struct Fixture {
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "state/unsubscribes.log";
    KeyRing keys = key_ring();
    ManualClock clock{kNoon};

    std::unique_ptr<JournalBook> open() { return std::make_unique<JournalBook>(file, keys, clock); }
    void leave(JournalBook& book, int person, Choice choice = Choice::kList) {
        Leaving leaving = leaving_of(keys, token_of(keys, person), choice);
        book.record(std::span(&leaving, 1));
    }
    bool has_left(JournalBook& book, int person) {
        return book.standing(*decode_token(keys, token_of(keys, person))).left_list;
    }
    std::string content() const { return read_file(file); }
    void overwrite(const std::string& bytes) const { replace_file(file, bytes); }
};

std::size_t lines_in(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// While it lives a write that would make a file larger fails, as on a full disk.
class FullDisk {
  public:
    explicit FullDisk(rlim_t most) {
        before_ = std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &old_);
        rlimit limit{most, old_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &old_);
        std::signal(SIGXFSZ, before_);
    }

  private:
    rlimit old_{};
    void (*before_)(int);
};

}  // namespace

TEST_CASE_FIXTURE(Fixture,
                  "what was recorded is there after another start, readable by its owner only") {
    {
        auto book = open();
        leave(*book, 1);
        leave(*book, 2);
        leave(*book, 2, Choice::kUndo);
        CHECK(has_left(*book, 1));
    }
    auto book = open();
    CHECK(has_left(*book, 1));
    CHECK_FALSE(has_left(*book, 2));
    CHECK_FALSE(has_left(*book, 3));
    CHECK(book->bad_lines() == 0);
    CHECK(book->healthy());
    struct stat info {};
    REQUIRE(::stat(file.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
}

TEST_CASE_FIXTURE(Fixture, "cut at every byte, it gives every record that is whole, and goes on") {
    {
        auto book = open();
        for (int person = 1; person <= 3; ++person) leave(*book, person);
    }
    const std::string whole = content();
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        CAPTURE(size);
        overwrite(whole.substr(0, size));
        std::size_t lines = lines_in(whole.substr(0, size));
        int records = lines > 1 ? static_cast<int>(lines) - 1 : 0;
        {
            auto book = open();
            CHECK(book->bad_lines() == 0);
            for (int person = 1; person <= 3; ++person) {
                CHECK(has_left(*book, person) == (person <= records));
            }
            leave(*book, 9);
        }
        auto book = open();
        CHECK(has_left(*book, 9));
        CHECK(book->bad_lines() == 0);
        CHECK(book->page(0, 1 << 20).last == static_cast<std::uint64_t>(records) + 1);
    }
}

TEST_CASE_FIXTURE(Fixture, "a line that went bad is passed over and kept, and the others stand") {
    {
        auto book = open();
        for (int person = 1; person <= 3; ++person) leave(*book, person);
    }
    std::string bytes = content();
    bytes[bytes.find("\n2\t") + 5] ^= 1;
    overwrite(bytes);
    {
        auto book = open();
        CHECK(book->bad_lines() == 1);
        CHECK(has_left(*book, 1));
        CHECK_FALSE(has_left(*book, 2));
        CHECK(has_left(*book, 3));
        leave(*book, 4);
    }
    CHECK(content().starts_with(bytes));
}

TEST_CASE_FIXTURE(Fixture,
                  "a block of zeros that a power failure left does not hide what comes later") {
    { leave(*open(), 1); }
    overwrite(content() + std::string(5000, '\0'));
    { leave(*open(), 2); }
    auto book = open();
    CHECK(has_left(*book, 1));
    CHECK(has_left(*book, 2));
}

TEST_CASE_FIXTURE(Fixture, "a file of somebody else is refused and left alone") {
    for (const char* text :
         {"0123456789abcdef", "a\nb\n", "tocsin-unsubscribes\t2\t0123456789abcdef\n"}) {
        make_private_folder(file.parent_path());
        overwrite(text);
        CHECK_THROWS_AS(open(), LedgerError);
        CHECK(content() == text);
    }
}

TEST_CASE_FIXTURE(Fixture, "two writers cannot have one file") {
    auto book = open();
    CHECK_THROWS_AS(open(), Busy);
    leave(*book, 1);
    CHECK(lines_in(content()) == 2);
}

TEST_CASE_FIXTURE(Fixture,
                  "a click that is repeated at once and a probe are answered, and not written") {
    auto book = open();
    leave(*book, 1);
    const std::string once = content();
    leave(*book, 1);
    Leaving probe = leaving_of(keys, make_probe(keys), Choice::kAll);
    book->record(std::span(&probe, 1));
    CHECK(content() == once);
}

// What stands here may have been lifted there, or never have been known here.
TEST_CASE_FIXTURE(Fixture, "whoever leaves again later, or by another mail, is written again") {
    auto book = open();
    auto choose = [&](std::uint64_t mail, Choice choice, Milliseconds after) {
        std::string token = encode_token(keys, mail, 1, mail, "person1@one.example");
        Leaving leaving = leaving_of(keys, token, choice, kNoon + after);
        book->record(std::span(&leaving, 1));
        return lines_in(content()) - 1;
    };
    constexpr Milliseconds kMinute = std::chrono::minutes(1);
    CHECK(choose(1, Choice::kUndo, 0 * kMinute) == 1);
    CHECK(choose(1, Choice::kAll, 1 * kMinute) == 2);
    CHECK(choose(1, Choice::kAll, 2 * kMinute) == 2);
    CHECK(choose(2, Choice::kList, 2 * kMinute) == 3);
    CHECK(choose(1, Choice::kAll, 6 * kMinute) == 4);
    CHECK(choose(2, Choice::kUndo, 7 * kMinute) == 5);
    CHECK(choose(2, Choice::kUndo, 7 * kMinute) == 6);
    CHECK(choose(1, Choice::kAll, 8 * kMinute) == 7);
}

TEST_CASE_FIXTURE(Fixture,
                  "tokens of a secret that was exchanged count; those of a forgotten one do not") {
    { leave(*open(), 1); }
    std::string token = token_of(keys, 1);
    KeyRing rotated = key_ring({"new", "secret"}), other = key_ring({"new"});
    {
        JournalBook book(file, rotated, clock);
        CHECK(book.standing(*decode_token(rotated, token)).left_list);
        CHECK(book.bad_lines() == 0);
    }
    JournalBook book(file, other, clock);
    CHECK(book.bad_lines() == 1);
    CHECK(lines_in(book.page(0, 1 << 20).lines) == 1);
}

TEST_CASE_FIXTURE(Fixture,
                  "on a full disk nobody is told that it worked, and it works again afterwards") {
    auto book = open();
    leave(*book, 1);
    const std::string before = content();
    {
        FullDisk full(before.size() + 20);
        CHECK_THROWS_AS(leave(*book, 2), LedgerError);
        CHECK_FALSE(book->healthy());
        CHECK_FALSE(has_left(*book, 2));
        CHECK(content() == before);
    }
    CHECK(book->healthy());
    CHECK(content() == before);
    leave(*book, 2);
    CHECK(has_left(*book, 2));
    leave(*book, 3);
    CHECK(book->healthy());
    book.reset();
    auto again = open();
    CHECK(has_left(*again, 2));
    CHECK(has_left(*again, 3));
    CHECK(again->bad_lines() == 0);
}

TEST_CASE_FIXTURE(Fixture, "many threads record at once, and each has what it was told") {
    auto book = open();
    constexpr int kThreads = 8, kEach = 50;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < kEach; ++i) leave(*book, 1 + t * kEach + i);
        });
    }
    for (std::thread& thread : threads) thread.join();
    book.reset();
    book = open();
    for (int person = 1; person <= kThreads * kEach; ++person) CHECK(has_left(*book, person));
    CHECK(book->page(0, 1).last == kThreads * kEach);
}

TEST_CASE_FIXTURE(Fixture, "killed under load, it has all that it said it has") {
    for (int round = 0; round < 5; ++round) {
        int told[2];
        REQUIRE(::pipe(told) == 0);
        const int first = 1 + round * 100'000;
        pid_t child = ::fork();
        if (child == 0) {
            auto book = open();
            for (int person = first;; ++person) {
                leave(*book, person);
                if (::write(told[1], &person, sizeof person) != sizeof person) ::_exit(1);
            }
        }
        ::close(told[1]);
        int person = 0, last = 0;
        for (int i = 0; i<20 + round&& ::read(told[0], &person, sizeof person)> 0; ++i)
            last = person;
        ::kill(child, SIGKILL);
        while (::read(told[0], &person, sizeof person) > 0) last = person;
        ::waitpid(child, nullptr, 0);
        ::close(told[0]);
        REQUIRE(last >= first);
        auto book = open();
        for (int one = first; one <= last; ++one) CHECK(has_left(*book, one));
        CHECK(book->bad_lines() == 0);
    }
}

TEST_CASE_FIXTURE(Fixture,
                  "pages follow one another without a gap, within their bound or one record each") {
    auto book = open();
    for (int person = 1; person <= 20; ++person) leave(*book, person);
    for (std::size_t most : {std::size_t{1}, std::size_t{300}, std::size_t{1} << 20}) {
        CAPTURE(most);
        std::string all;
        std::uint64_t after = 0;
        for (JournalPage page = book->page(0, most); !page.lines.empty();
             page = book->page(after, most)) {
            CHECK(page.last == 20);
            CHECK((page.lines.size() <= most || lines_in(page.lines) == 1));
            after += lines_in(page.lines);
            all += page.lines;
        }
        CHECK(after == 20);
        CHECK(content().ends_with(all));
    }
    CHECK(book->page(99, 1000).lines.empty());
    CHECK(book->page(99, 1000).id.size() == 16);
}

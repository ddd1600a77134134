#include "transport/maildir.h"

#include <csignal>
#include <doctest/doctest.h>
#include <fstream>
#include <regex>
#include <set>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/file.h"
#include "unit/transport/support.h"

namespace fs = std::filesystem;
using namespace tocsin;
using namespace tocsin::test;

namespace {

const WallTime kStart = WallTime(std::chrono::seconds(1'795'464'000));

struct Fixture {
    TemporaryFolder temporary;
    fs::path folder = temporary.path() / "state" / "outbox";
    ManualClock clock{kStart};
    NotedDepartures departures;
    std::unique_ptr<Transport> transport = make_maildir_transport(folder, clock, departures);

    Lines poll() { return shown(transport->poll(Milliseconds(0))); }
};

std::set<fs::path> files(const fs::path& folder) {
    std::set<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder)) found.insert(entry.path());
    return found;
}

unsigned mode(const fs::path& path) {
    struct stat info {};
    REQUIRE(::stat(path.c_str(), &info) == 0);
    return info.st_mode & 0777;
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a mail lies in new/, private and whole") {
    transport->submit(7, message_to("ann@example.org", "Subject: a\r\n\r\n.dot\r\n"));
    transport->permit(7);
    CHECK(!transport->idle());
    CHECK(departures.tickets.empty());
    CHECK(poll() == Lines{"7 finished at end of data: 250 2.0.0 delivered to Maildir"});
    CHECK(departures.tickets == std::vector<Ticket>{7});
    CHECK(transport->idle());
    CHECK(files(folder / "tmp").empty());
    CHECK(files(folder / "cur").empty());
    auto delivered = files(folder / "new");
    REQUIRE(delivered.size() == 1);
    CHECK(read_file(*delivered.begin()) ==
          "Return-Path: <bounces@harbour.example>\r\nDelivered-To: ann@example.org\r\n"
          "Subject: a\r\n\r\n.dot\r\n");
    CHECK(mode(*delivered.begin()) == 0600);
    for (const char* part : {"", "tmp", "new", "cur"}) CHECK(mode(folder / part) == 0700);
}

TEST_CASE_FIXTURE(Fixture, "names are unique while the clock stands still, and fit the format") {
    for (Ticket ticket = 1; ticket <= 50; ++ticket) {
        transport->submit(ticket, message_to("ann@example.org"));
        transport->permit(ticket);
    }
    CHECK(poll().size() == 50);
    auto delivered = files(folder / "new");
    CHECK(delivered.size() == 50);
    std::regex format(R"(1795464000\.M0P[0-9]+Q[0-9]+R[0-9a-f]{16}\.[^/:]+)");
    for (const fs::path& path : delivered) {
        CHECK(std::regex_match(path.filename().string(), format));
    }
}

TEST_CASE_FIXTURE(Fixture, "a mail waits for its permit; withdrawn, it leaves nothing behind") {
    transport->submit(1, message_to("ann@example.org"));
    transport->submit(2, message_to("bob@example.org"));
    CHECK(poll().empty());
    transport->permit(2);
    transport->withdraw(1);
    transport->withdraw(2);
    CHECK(poll() ==
          Lines{"1 returned", "2 finished at end of data: 250 2.0.0 delivered to Maildir"});
    CHECK(files(folder / "new").size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "a recalled mail leaves nothing behind") {
    transport->submit(1, message_to("ann@example.org"));
    transport->permit(1);
    transport->recall();
    CHECK(poll() == Lines{"1 returned"});
    CHECK(files(folder / "new").empty());
    CHECK(departures.tickets.empty());
}

TEST_CASE_FIXTURE(Fixture, "a folder that cannot be made returns the mail and says why") {
    fs::create_directories(folder.parent_path());
    std::ofstream(folder) << "a file";
    transport->submit(1, message_to("ann@example.org"));
    transport->permit(1);
    Lines events = poll();
    REQUIRE(events.size() == 2);
    CHECK(events[0] == "1 returned");
    CHECK(events[1].starts_with("unusable: the Maildir " + folder.string() + " cannot be used"));
    CHECK(transport->idle());
    CHECK_THROWS_AS(transport->probe(), Unavailable);
}

TEST_CASE_FIXTURE(Fixture, "where one write fails all that wait come back") {
    transport->submit(1, message_to("ann@example.org"));
    transport->permit(1);
    transport->submit(2, message_to("bob@example.org"));
    transport->permit(2);
    fs::remove(folder / "tmp");
    std::ofstream(folder / "tmp") << "a file in the way";
    Lines events = poll();
    REQUIRE(events.size() == 3);
    CHECK(events[0] == "1 returned");
    CHECK(events[1] == "2 returned");
    CHECK(events[2].starts_with("unusable: the Maildir"));
    CHECK(events[2].find("cannot create " + folder.string()) != std::string::npos);
    CHECK(files(folder / "new").empty());
    CHECK(transport->idle());
}

TEST_CASE_FIXTURE(Fixture,
                  "a file that cannot be written to its end leaves nothing in the Maildir") {
    transport->submit(1, message_to("ann@example.org", std::string(4000, 'x')));
    transport->permit(1);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    rlimit small{1000, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    Lines events = poll();
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    REQUIRE(events.size() == 2);
    CHECK(events[0] == "1 returned");
    CHECK(events[1].starts_with("unusable: "));
    CHECK(events[1].find("cannot write " + folder.string()) != std::string::npos);
    CHECK(files(folder / "new").empty());
    CHECK(files(folder / "tmp").empty());
}

TEST_CASE_FIXTURE(Fixture, "room is bounded") {
    std::size_t room = transport->room();
    CHECK(room > 0);
    transport->submit(1, message_to("ann@example.org"));
    transport->permit(1);
    CHECK(transport->room() == room - 1);
}

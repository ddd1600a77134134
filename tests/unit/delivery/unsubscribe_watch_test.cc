#include "delivery/unsubscribe_watch.h"

#include <doctest/doctest.h>
#include <fstream>

#include "ledger/sqlite/open.h"
#include "support/http_script.h"
#include "support/temporary_folder.h"
#include "unsubscribe/journal_book.h"
#include "unsubscribe/proof.h"
#include "unsubscribe/pull_server.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

KeyRing key_ring() {
    std::vector<std::string> secrets = {"secret"};
    return KeyRing(secrets);
}

// A workspace here, and a journal behind a server there.
struct Fixture {
    TemporaryFolder folder;
    SystemClock clock;
    KeyRing keys = key_ring();
    JournalBook journal{folder.path() / "there.log", keys, clock};
    PullServer pulls{keys, journal, clock};
    std::atomic<bool> standalone = true, broken = false;
    ScriptedServer server{http_script([this](const HeardRequest& heard) { return answer(heard); })};
    Workspace workspace;
    std::filesystem::path file = folder.path() / "tocsin.db";

    Fixture() {
        workspace.root = folder.path();
        workspace.unsubscribe.url = url_of(server, "/u/");
        workspace.unsubscribe.pull_every = Milliseconds(10);
    }

    std::string answer(const HeardRequest& heard) {
        if (broken) return http_response(500, "", "");
        auto after = heard.line.find("pull?after=");
        return after == heard.line.npos ? proof(heard.line.substr(7, 52)) : page(heard, after + 11);
    }
    std::string proof(const std::string& token) {
        std::string given = live_proof(keys, *decode_token(keys, token), token);
        return http_response(200,
                             std::string(kProofHeader) + ": " + given + "\r\n" + kServeHeader +
                                 ": " + (standalone ? kServesStandalone : kServesLedger) + "\r\n",
                             "");
    }
    std::string page(const HeardRequest& heard, std::size_t from) {
        auto end = heard.line.rfind(' ');
        PullAnswer given = pulls.answer({"GET", heard.line.substr(from, end - from),
                                         [&](const char* name) { return heard.headers.at(name); }});
        std::string headers;
        for (const auto& [name, value] : given.headers) headers += name + ": " + value + "\r\n";
        return http_response(given.status, headers, given.body);
    }

    void leave(int person) {
        std::string token = encode_token(keys, 1, 0, static_cast<std::uint64_t>(person),
                                         std::to_string(person) + "@one.example");
        Leaving leaving{token, *decode_token(keys, token), Choice::kList, "one-click", clock.now()};
        journal.record(std::span(&leaving, 1));
    }
    OpenedLedger open() { return {open_sqlite_ledger(file, OpenMode::kCreate), keys}; }
    std::size_t entries() {
        std::size_t count = 0;
        open().ledger->for_each_suppression({}, [&](const Suppression&) { ++count; });
        return count;
    }
    void wait_for_entries(std::size_t count) {
        for (int i = 0; i < 3000 && entries() < count; ++i) {
            std::this_thread::sleep_for(Milliseconds(10));
        }
        CHECK(entries() == count);
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a first look pulls, and later ones bring what came meanwhile") {
    leave(1);
    UnsubscribeWatch watch(workspace, open(), clock);
    auto look = watch.look();
    CHECK(look.liveness.live);
    REQUIRE(look.pulled);
    CHECK(look.pulled->records == 1);
    CHECK(entries() == 1);
    watch.start();
    leave(2);
    wait_for_entries(2);
}

TEST_CASE_FIXTURE(Fixture, "a server that fails for a while is asked again") {
    broken = true;
    UnsubscribeWatch watch(workspace, open(), clock);
    auto look = watch.look();
    CHECK_FALSE(look.liveness.live);
    CHECK_FALSE(look.pulled);
    watch.start();
    leave(1);
    while (server.connections() < 3) std::this_thread::sleep_for(Milliseconds(10));
    CHECK(entries() == 0);
    broken = false;
    wait_for_entries(1);
}

TEST_CASE_FIXTURE(Fixture, "a server beside its ledger is not pulled from") {
    standalone = false;
    leave(1);
    UnsubscribeWatch watch(workspace, open(), clock);
    auto look = watch.look();
    CHECK(look.liveness.live);
    CHECK_FALSE(look.pulled);
    CHECK(entries() == 0);
}

TEST_CASE_FIXTURE(Fixture, "a long pause does not hold up its end") {
    workspace.unsubscribe.pull_every = std::chrono::hours(24);
    UnsubscribeWatch watch(workspace, open(), clock);
    watch.start();
}

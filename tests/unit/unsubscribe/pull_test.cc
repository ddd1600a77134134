#include "unsubscribe/pull.h"

#include <doctest/doctest.h>
#include <functional>

#include "base/error.h"
#include "base/file.h"
#include "unit/unsubscribe/pull_support.h"
#include "unsubscribe/pull_protocol.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

// What was pulled, in order.
class ListedBook : public LeaveBook {
  public:
    void record(std::span<const Leaving> leavings) override {
        if (failing) throw LedgerError("full");
        for (const Leaving& one : leavings) {
            got.push_back(std::to_string(one.decoded.recipient) + " " + one.source);
        }
    }
    Standing standing(const UnsubscribeToken&) override { return {}; }
    bool healthy() override { return true; }

    std::vector<std::string> got;
    bool failing = false;
};

struct Fixture : PullFixture {
    std::function<std::string(const HeardRequest&)> answer = [this](const HeardRequest& heard) {
        return written(pulls.answer(pull_request(heard)));
    };
    ScriptedServer server{http_script([this](const HeardRequest& heard) { return answer(heard); })};
    PullSource source{url_of(server, "/u/"), keys, clock};
    PullMemory memory{folder.path() / "state", source.url, "ledger", keys};
    ListedBook into;

    std::string failure() {
        try {
            pull_all(source, memory, into);
        } catch (const Unavailable& fault) {
            return fault.what();
        }
        return "no failure";
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "what was recorded comes once, and later only what is new") {
    leave(*book, 1);
    leave(*book, 2, Choice::kPause30);
    CHECK(pull_all(source, memory, into).records == 2);
    CHECK(pull_all(source, memory, into).records == 0);
    leave(*book, 2, Choice::kUndo);
    CHECK(pull_all(source, memory, into).records == 1);
    CHECK(into.got == std::vector<std::string>{"1 one-click", "2 one-click", "2 one-click"});
    CHECK(PullMemory(folder.path() / "state", source.url, "ledger", keys).recall().after == 3);
}

TEST_CASE_FIXTURE(Fixture, "many records come page by page, and none is left out") {
    constexpr int kPeople = 5000;
    std::vector<Leaving> leavings;
    for (int person = 1; person <= kPeople; ++person) {
        leavings.push_back(leaving_of(keys, token_of(keys, person)));
    }
    book->record(leavings);
    CHECK(pull_all(source, memory, into).records == kPeople);
    CHECK(server.connections() > 1);
    REQUIRE(into.got.size() == kPeople);
    CHECK(into.got.front() == "1 one-click");
    CHECK(into.got.back() == std::to_string(kPeople) + " one-click");
}

TEST_CASE_FIXTURE(Fixture, "what could not be recorded here is pulled again") {
    leave(*book, 1);
    into.failing = true;
    CHECK_THROWS_AS(pull_all(source, memory, into), LedgerError);
    into.failing = false;
    CHECK(pull_all(source, memory, into).records == 1);
}

TEST_CASE_FIXTURE(Fixture,
                  "a new journal, or an old copy of one, or a new ledger, is read from its start") {
    for (int person = 1; person <= 3; ++person) leave(*book, person);
    pull_all(source, memory, into);

    PullMemory other_ledger(folder.path() / "state", source.url, "another", keys);
    CHECK(pull_all(source, other_ledger, into).records == 3);
    memory.keep({book->page(0, 1).id, 9});
    CHECK(pull_all(source, memory, into).records == 3);
    CHECK(memory.recall().after == 3);

    auto next = open_book("b.log");
    PullServer of_next(keys, *next, clock);
    leave(*next, 7);
    answer = [&](const HeardRequest& heard) {
        return written(of_next.answer(pull_request(heard)));
    };
    into.got.clear();
    CHECK(pull_all(source, memory, into).records == 1);
    CHECK(into.got == std::vector<std::string>{"7 one-click"});
    CHECK(memory.recall() == PullPlace{next->page(0, 1).id, 1, next->page(1, 1).sum});
}

TEST_CASE_FIXTURE(Fixture, "an old copy of a journal that went on is read from its start") {
    const std::filesystem::path file = folder.path() / "a.log";
    leave(*book, 1);
    const std::string old_copy = read_file(file);
    leave(*book, 2);
    pull_all(source, memory, into);

    book.reset();
    replace_file(file, old_copy);
    auto again = open_book("a.log");
    PullServer of_again(keys, *again, clock);
    answer = [&](const HeardRequest& heard) {
        return written(of_again.answer(pull_request(heard)));
    };
    leave(*again, 3);
    leave(*again, 4);
    CHECK(pull_all(source, memory, into).records == 3);
    CHECK(into.got == std::vector<std::string>{"1 one-click", "2 one-click", "1 one-click",
                                               "3 one-click", "4 one-click"});
    CHECK(pull_all(source, memory, into).records == 0);
}

TEST_CASE_FIXTURE(Fixture, "a place that cannot be read costs a pull of everything, and no more") {
    leave(*book, 1);
    pull_all(source, memory, into);
    for (const auto& file : std::filesystem::directory_iterator(folder.path() / "state")) {
        replace_file(file.path(), "ledger abc def 1 x");
    }
    CHECK(pull_all(source, memory, into).records == 1);
}

TEST_CASE_FIXTURE(Fixture, "a wrong clock here does not matter") {
    leave(*book, 1);
    ManualClock wrong(kNoon - std::chrono::hours(30));
    CHECK(pull_all({source.url, keys, wrong}, memory, into).records == 1);
    CHECK(server.connections() == 2);
}

TEST_CASE_FIXTURE(Fixture, "tokens of a key that is not ours are counted, and not recorded") {
    KeyRing both = key_ring({"secret", "older"}), older = key_ring({"older"});
    JournalBook mixed(folder.path() / "mixed.log", both, clock);
    std::vector<Leaving> leavings = {leaving_of(older, token_of(older, 5)),
                                     leaving_of(keys, token_of(keys, 6))};
    mixed.record(leavings);
    PullServer of_mixed(both, mixed, clock);
    answer = [&](const HeardRequest& heard) {
        return written(of_mixed.answer(pull_request(heard)));
    };
    PullCount count = pull_all(source, memory, into);
    CHECK(count.records == 1);
    CHECK(count.unknown == 1);
    CHECK(into.got == std::vector<std::string>{"6 one-click"});
    CHECK(memory.recall().after == 2);
    CHECK(passed_over(count).trouble.starts_with("1 choice "));
    CHECK(passed_over({1, 0}).trouble.empty());

    PullMemory of_both(folder.path() / "state", source.url, "ledger", both);
    CHECK(pull_all({source.url, both, clock}, of_both, into).records == 2);
    CHECK(into.got == std::vector<std::string>{"6 one-click", "5 one-click", "6 one-click"});
}

TEST_CASE_FIXTURE(Fixture, "an answer that was changed on its way, or is another's, is not taken") {
    leave(*book, 1);
    auto usual = answer;
    std::string first;
    answer = [&](const HeardRequest& heard) {
        std::string bytes = usual(heard);
        if (first.empty()) first = bytes;
        bytes[bytes.find("one-click")] = 'O';
        return bytes;
    };
    CHECK(failure().find("not signed") != std::string::npos);
    answer = [&](const HeardRequest&) { return first; };
    CHECK(failure().find("not signed") != std::string::npos);
    CHECK(into.got.empty());
    CHECK(memory.recall() == PullPlace{});
}

TEST_CASE_FIXTURE(Fixture,
                  "a server that does not know our key, keeps no journal or is none says which") {
    KeyRing other = key_ring({"other"});
    PullServer of_other(other, *book, clock);
    answer = [&](const HeardRequest& heard) {
        return written(of_other.answer(pull_request(heard)));
    };
    CHECK(failure().find("does not accept our key") != std::string::npos);
    for (auto [status, words] : {std::pair{404, "keeps nothing to pull"}, {500, "status 500"}}) {
        answer = [status = status](const HeardRequest&) { return http_response(status, "", ""); };
        CHECK(failure().find(words) != std::string::npos);
    }
    answer = [&](const HeardRequest& heard) {
        std::string body = "tocsin-pull\t1\tab\t9\t\n";
        auto mac = pull::answer_mac(keys.signing(), heard.headers.at("Tocsin-Nonce"), body);
        return http_response(200, "Tocsin-Mac: " + mac + "\r\n", body);
    };
    CHECK(failure().find("cannot be read") != std::string::npos);
}

// A whole run through a provider's API: dispatcher, ledger and HTTP together.
#include <doctest/doctest.h>
#include <map>

#include "delivery/ask_again.h"
#include "delivery/dispatcher.h"
#include "delivery/session_departures.h"
#include "ledger/memory.h"
#include "unit/delivery/alert.h"
#include "unit/transport/http_support.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

const MailingKey kMailing{"alert", ""};

std::vector<std::string> message_ids(const HeardRequest& request) {
    const std::string mark = "Message-ID: <";
    std::vector<std::string> ids;
    for (auto at = request.body.find(mark); at != std::string::npos;
         at = request.body.find(mark, at + 1)) {
        ids.push_back(request.body.substr(at + mark.size(), 20));
    }
    return ids;
}

class ProviderRun {
  public:
    explicit ProviderRun(std::size_t people) {
        auto writer = ledger->write_plan(
            {kMailing, "news", serialise(content_), "hash", "[]", {}, clock.now()}, PlanKind::kNew);
        for (std::size_t i = 0; i < people; ++i) {
            PlanRow row;
            row.address = row.key = "p" + std::to_string(i) + "@one.example";
            writer->add(row);
        }
        writer->commit(0);
    }

    RunResult go(std::unique_ptr<Provider> provider, const HttpSettings& settings) {
        auto session = ledger->begin_send(kMailing, "test", clock.now());
        SessionDepartures departures{*session};
        auto transport = make_http_transport(std::move(provider), settings, clock, departures);
        RunRates rates{"api", {}, "alert", {}};
        Dispatcher dispatcher({*session,
                               *transport,
                               rates,
                               static_cast<int>(settings.connections),
                               Breaker{},
                               {content_, columns_, numbers_, keys_, signer_},
                               clock},
                              {});
        return dispatcher.run([](const RunResult&) {});
    }
    Counts counts() { return ledger->counts(kMailing); }

    SystemClock clock;
    std::unique_ptr<Ledger> ledger = make_memory_ledger();

  private:
    Content content_ = alert_content();
    Columns columns_;
    DkimSigner signer_;
    MailingNumbers numbers_{"alert/", 1, 1};
    KeyRing keys_{std::vector<std::string>{"a secret of the tests"}};
};

// Answers by the number of the request, and notes how often each mail came.
struct Playing {
    std::mutex mutex;
    std::map<std::string, int> mails;
    int requests = 0;
    ScriptedServer server;
    explicit Playing(std::function<std::string(int)> answer)
        : server(kept_alive([=, this](ServerSession&, const HeardRequest& request) {
              std::lock_guard lock(mutex);
              for (const std::string& id : message_ids(request)) ++mails[id];
              return answer(++requests);
          })) {}
    int most() {
        std::lock_guard lock(mutex);
        int most = 0;
        for (const auto& [id, count] : mails) most = std::max(most, count);
        return most;
    }
};

}  // namespace

TEST_CASE("everybody is mailed once, in batches") {
    Playing provider([](int) { return http_answer(200, "", "ok"); });
    ProviderRun run(1000);
    RunResult result = run.go(line_provider(provider.server, 50), quick(4, 20));
    CHECK(result.end == RunEnd::kNothingLeft);
    CHECK(run.counts().of(State::kAccepted) == 1000);
    CHECK(provider.mails.size() == 1000);
    CHECK(provider.most() == 1);
    // Full ones, but for those that a slow machine has let go before.
    CHECK(provider.requests >= 50);
    CHECK(provider.requests <= 200);
}

TEST_CASE("of dropped and unclear requests everybody is in doubt, and nobody is mailed twice") {
    Playing provider([](int number) {
        if (number % 7 == 3) return std::string();
        return number % 7 == 5 ? http_answer(500, "", "oops") : http_answer(200, "", "ok");
    });
    ProviderRun run(300);
    HttpSettings settings = quick(3, 5);
    RunResult result = run.go(line_provider(provider.server, 5), settings);
    CHECK(result.end == RunEnd::kNothingLeft);
    const Counts counts = run.counts();
    CHECK(counts.of(State::kInDoubt) > 0);
    CHECK(counts.of(State::kAccepted) + counts.of(State::kInDoubt) == 300);
    CHECK(provider.mails.size() == 300);
    CHECK(provider.most() == 1);
    CHECK(run.go(line_provider(provider.server, 5), settings).accepted == 0);
}

TEST_CASE("a refused account ends the run, with everybody still planned") {
    Playing provider([](int number) {
        return number <= 3 ? http_answer(200, "", "ok") : http_answer(403, "", "account");
    });
    ProviderRun run(300);
    RunResult result = run.go(line_provider(provider.server), quick(2));
    CHECK(result.end == RunEnd::kUnusable);
    CHECK(result.message == "the provider refuses our account: 403 account");
    CHECK(result.hint.ends_with("; no recipient was charged for it"));
    CHECK(run.counts().of(State::kAccepted) == 3);
    CHECK(run.counts().of(State::kPlanned) == 297);
    CHECK(provider.requests <= 7);
}

TEST_CASE("what a provider says of each mail of a batch counts, also beside a refused account") {
    Playing provider([](int number) {
        return http_answer(200, "", number == 1 ? "ok account no unheard-of ok" : "ok");
    });
    HttpSettings settings = quick(1, 5);
    settings.limits.linger = 10s;  // all five go together
    ProviderRun run(5);
    RunResult result = run.go(line_provider(provider.server, 5), settings);
    CHECK(result.end == RunEnd::kUnusable);
    CHECK(provider.requests == 1);
    Counts counts = run.counts();
    CHECK(counts.of(State::kAccepted) == 2);
    CHECK(counts.of(State::kRejected) == 1);
    CHECK(counts.of(State::kInDoubt) == 1);
    CHECK(counts.of(State::kPlanned) == 1);
    settings.limits.linger = 5ms;
    CHECK(run.go(line_provider(provider.server, 5), settings).accepted == 1);
    CHECK(provider.requests == 2);
    CHECK(run.counts().of(State::kAccepted) == 3);
}

TEST_CASE("a provider that is not there leaves everybody planned") {
    int port = ScriptedServer([](ServerSession&) {}).port();
    ProviderRun run(50);
    RunResult result = run.go(
        std::make_unique<LineProvider>("http://127.0.0.1:" + std::to_string(port) + "/"), quick(4));
    CHECK(result.end == RunEnd::kUnusable);
    CHECK(run.counts().of(State::kPlanned) == 50);
}

TEST_CASE("a long pause ends the run with its time, and the rest stays planned") {
    Playing provider([](int number) {
        return number < 10 ? http_answer(200, "", "ok")
                           : http_answer(429, "Retry-After: 3600\r\n", "fast");
    });
    ProviderRun run(300);
    RunResult result = run.go(line_provider(provider.server), quick(3));
    CHECK(result.end == RunEnd::kNothingDue);
    REQUIRE(result.next_due);
    CHECK(*result.next_due > run.clock.now() + 59min);
    const Counts counts = run.counts();
    CHECK(counts.of(State::kAccepted) == 9);
    CHECK(counts.of(State::kDeferred) >= 1);
    CHECK(counts.of(State::kDeferred) <= 3);
    CHECK(counts.of(State::kPlanned) == 300 - 9 - counts.of(State::kDeferred));
}

TEST_CASE("a provider that throttles now and then gets everybody in one run") {
    Playing provider([](int number) {
        return number == 4 || number == 9 ? http_answer(429, "Retry-After: 1\r\n", "fast")
                                          : http_answer(200, "", "ok");
    });
    ProviderRun run(40);
    RunResult result = run.go(line_provider(provider.server), quick(2));
    CHECK(result.end == RunEnd::kNothingLeft);
    CHECK(run.counts().of(State::kAccepted) == 40);
}

TEST_CASE("where requests are remembered nobody stays in doubt, and nobody gets two mails") {
    Playing provider(
        [](int number) { return number % 4 == 2 ? std::string() : http_answer(200, "", "ok"); });
    ProviderRun run(200);
    HttpSettings settings = quick(2, 10);
    // One request may be among those without an answer several times, as the threads happen to run.
    settings.limits.ask_again.assign(8, 5ms);
    RunResult result = run.go(line_provider(provider.server, 10, 1h), settings);
    CHECK(result.end == RunEnd::kNothingLeft);
    CHECK(run.counts().of(State::kAccepted) == 200);
    CHECK(provider.mails.size() == 200);
}

TEST_CASE("a run that got no answer leaves its requests to the next one, which settles them") {
    std::atomic<bool> answers = false;
    Playing provider([&](int) { return answers ? http_answer(200, "", "ok") : std::string(); });
    TemporaryFolder folder;
    HttpSettings settings = quick(1, 10);
    settings.limits.ask_again = {5ms};
    settings.outstanding = folder.path() / "api";
    ProviderRun run(3);
    run.go(line_provider(provider.server, 10, 1h), settings);
    CHECK(run.counts().of(State::kInDoubt) == 3);
    CHECK(!std::filesystem::is_empty(settings.outstanding));

    answers = true;
    UnwatchedDepartures nothing_departs;
    auto transport = make_http_transport(line_provider(provider.server, 10, 1h), settings,
                                         run.clock, nothing_departs);
    AskedAgain asked =
        ask_again(*transport, "api", *run.ledger, *run.ledger->plan(kMailing), run.clock);
    CHECK(asked.accepted == 3);
    CHECK(run.counts().of(State::kAccepted) == 3);
    CHECK(std::filesystem::is_empty(settings.outstanding));
    CHECK(provider.mails.size() == 3);
}

TEST_CASE("a run whose answers are recorded leaves no request behind") {
    Playing provider([](int number) {
        return number % 3 == 1 ? http_answer(422, "", "no") : http_answer(200, "", "ok");
    });
    TemporaryFolder folder;
    HttpSettings settings = quick(2, 5);
    settings.outstanding = folder.path() / "api";
    ProviderRun run(40);
    run.go(line_provider(provider.server, 10, 1h), settings);
    CHECK(run.counts().of(State::kAccepted) + run.counts().of(State::kRejected) == 40);
    CHECK(std::filesystem::is_empty(settings.outstanding));
}

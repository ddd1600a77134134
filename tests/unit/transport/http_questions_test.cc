// Requests that a run leaves open, and what a later one can learn of them.
#include <doctest/doctest.h>

#include "transport/http/outstanding.h"
#include "unit/transport/http_support.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

// One provider that may answer or not, and the folder of the requests it was asked.
struct Open {
    TemporaryFolder folder;
    Requests requests;
    std::atomic<bool> answers = false;
    std::string answer = http_answer(200, "", "ok");
    ScriptedServer server{kept_alive([this](ServerSession&, const HeardRequest& request) {
        requests.add(request);
        return answers ? answer : std::string();
    })};

    HttpSettings settings() const {
        HttpSettings settings = quick(1, 2);
        settings.limits.ask_again = {1ms, 1ms};
        settings.outstanding = folder.path() / "api";
        return settings;
    }
    std::unique_ptr<Provider> provider() const { return line_provider(server, 2, 1h); }
    // Two mails of rows.
    static void submit_rows(HttpSending& sending) {
        for (Ticket ticket : {1, 2}) {
            Message message = message_to("p" + std::to_string(ticket) + "@one.example", "hello");
            message.reference = "r";
            message.campaign = "alert";
            sending.transport->submit(ticket, std::move(message));
            sending.transport->permit(ticket);
        }
    }
    // Whose request is dropped each time: in doubt.
    void leave_doubts() {
        HttpSending sending(provider(), settings());
        submit_rows(sending);
        CHECK(sending.finish().size() >= 2);
        sending.transport->close();
    }
    std::size_t kept() const { return Outstanding(folder.path() / "api").read().size(); }
};

}  // namespace

TEST_CASE("a request whose fate is unknown is kept, and asked for with the same key and body") {
    Open open;
    open.leave_doubts();
    CHECK(open.kept() == 1);
    const HeardRequest first = open.requests.all().at(0);
    open.answers = true;
    HttpSending later(open.provider(), open.settings());
    const auto questions = later.transport->open_questions();
    REQUIRE(questions.size() == 1);
    CHECK(questions[0].campaign == "alert");
    REQUIRE(questions[0].mails.size() == 2);
    CHECK(questions[0].mails[0].ticket == 1);
    CHECK(questions[0].mails[0].address == "p1@one.example");
    const auto attempts = later.transport->ask_again(questions[0]);
    REQUIRE(attempts.size() == 2);
    for (const Attempt& attempt : attempts) CHECK(attempt.verdict == ProviderVerdict::kAccepted);
    HeardRequest last = open.requests.all().back();
    CHECK(last.body == first.body);
    CHECK(last.line == first.line);
    CHECK(last.headers["Idempotency-Key"] == first.headers.at("Idempotency-Key"));
    CHECK(last.headers["Authorization"] == "Bearer key-of-tests");
    later.transport->forget(questions[0]);
    CHECK(open.kept() == 0);
}

TEST_CASE("an answered request is kept until the caller has noted the answer") {
    Open open;
    open.answers = true;
    HttpSending sending(open.provider(), open.settings());
    Message message = message_to("ann@example.org", "hello");
    message.reference = "r";
    sending.transport->submit(1, std::move(message));
    sending.transport->permit(1);
    while (sending.outcomes.empty()) sending.poll();
    CHECK(open.kept() == 1);
    sending.poll();
    CHECK(open.kept() == 0);
}

TEST_CASE("when a request was asked first is when the attempts of its mails started") {
    for (bool answers : {true, false}) {
        Open open;
        open.answers = answers;
        HttpSending sending(open.provider(), open.settings());
        Open::submit_rows(sending);
        std::vector<Attempt> attempts;
        const auto until = std::chrono::steady_clock::now() + 10s;
        while (attempts.size() < 2 && std::chrono::steady_clock::now() < until) {
            for (const TransportEvent& event : sending.transport->poll(20ms)) {
                const auto* finished = std::get_if<Finished>(&event);
                if (finished != nullptr) attempts.push_back(finished->attempt);
            }
        }
        REQUIRE(attempts.size() == 2);
        HttpSending later(open.provider(), open.settings());
        const auto questions = later.transport->open_questions();
        REQUIRE(questions.size() == 1);
        for (const Attempt& one : attempts) CHECK(one.started == questions[0].asked);
    }
}

TEST_CASE("proofs, and providers that remember nothing, leave nothing behind") {
    Open open;
    HttpSending proofs(open.provider(), open.settings());
    proofs.send(2);
    CHECK(open.kept() == 0);
    HttpSending forgetful(line_provider(open.server), open.settings());
    forgetful.send(1);
    CHECK(open.kept() == 0);
    CHECK(forgetful.transport->open_questions().empty());
}

TEST_CASE("what never left is not kept: its mails may go with another request") {
    Open open;
    int port = ScriptedServer([](ServerSession&) {}).port();
    auto nowhere = std::make_unique<LineProvider>("http://127.0.0.1:" + std::to_string(port) + "/");
    nowhere->memory = 1h;
    HttpSending sending(std::move(nowhere), open.settings());
    Message message = message_to("ann@example.org", "hello");
    message.reference = "r";
    sending.transport->submit(1, std::move(message));
    sending.transport->permit(1);
    sending.finish();
    CHECK(open.kept() == 0);
}

TEST_CASE("what is too old, by any clock, of another boot, or of the future is not asked") {
    Open open;
    Outstanding store(open.folder.path() / "api");
    OutstandingRequest request{{"k", "alert", {{1, "ann@one.example"}}, kRealClock.now()},
                               kRealClock.since_boot(),
                               "POST",
                               "http://127.0.0.1:1/",
                               boot_id(),
                               "",
                               ""};
    auto write = [&](const std::string& key, Milliseconds age, Milliseconds age_at_boot,
                     const std::string& boot) {
        request.question.key = key;
        request.question.asked = kRealClock.now() - age;
        request.asked_at_boot = kRealClock.since_boot() - age_at_boot;
        request.boot_id = boot;
        store.write(request);
    };
    write("old", 2h, 2h, boot_id());
    write("other boot", 1min, 1min, "another");
    write("future", -1h, 1min, boot_id());
    write("clock set back", 1min, 2h, boot_id());
    write("clock set forward", 2h, 1min, boot_id());
    write("future of the boot", 1min, -1h, boot_id());
    HttpSending later(open.provider(), open.settings());
    CHECK(later.transport->open_questions().empty());
    CHECK(open.kept() == 0);
}

TEST_CASE("another account is not asked: it would carry the request out anew") {
    Open open;
    open.leave_doubts();
    Outstanding store(open.folder.path() / "api");
    OutstandingRequest kept = store.read().at(0);
    kept.account = std::string(64, '0');
    store.write(kept);
    open.answers = true;
    const std::size_t before = open.requests.all().size();
    HttpSending later(open.provider(), open.settings());
    CHECK(later.transport->ask_again(later.transport->open_questions().at(0)).empty());
    CHECK(open.requests.all().size() == before);
}

TEST_CASE("a provider that does not tell, or is not there, leaves the doubt") {
    Open open;
    open.leave_doubts();
    open.answer = http_answer(429, "", "fast");
    open.answers = true;
    HttpSending later(open.provider(), open.settings());
    const auto question = later.transport->open_questions().at(0);
    for (const Attempt& attempt : later.transport->ask_again(question)) {
        CHECK(attempt.verdict == ProviderVerdict::kUnclear);
    }
    open.answers = false;
    const auto attempts = later.transport->ask_again(question);
    REQUIRE(attempts.size() == 2);
    CHECK(attempts[0].verdict == ProviderVerdict::kUnclear);
    CHECK(!attempts[0].reply);
    CHECK(open.kept() == 1);
}

TEST_CASE(
    "a provider at work on a request is asked up to three times, one that tells nothing once") {
    Open open;
    open.leave_doubts();
    open.answers = true;
    HttpSending later(open.provider(), open.settings());
    const auto question = later.transport->open_questions().at(0);
    auto asked = [&](const std::string& answer) {
        open.answer = answer;
        const std::size_t before = open.requests.all().size();
        for (const Attempt& one : later.transport->ask_again(question)) {
            CHECK(one.verdict == ProviderVerdict::kUnclear);
        }
        return open.requests.all().size() - before;
    };
    CHECK(asked(http_answer(409, "", "busy")) == 3);
    CHECK(asked(http_answer(200, "", "nonsense")) == 1);
    CHECK(asked(http_answer(500, "", "nonsense")) == 1);
    CHECK(asked(http_answer(429, "", "fast")) == 1);
}

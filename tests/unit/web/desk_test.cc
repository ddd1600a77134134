#include "web/desk.h"

#include <doctest/doctest.h>

#include "base/random.h"
#include "mail/digest.h"
#include "unit/web/testing.h"
#include "unsubscribe/proof.h"

using namespace tocsin;

namespace {

struct ShownMail : MailView {
    std::optional<std::string> mail = "<p>the mail</p>";
    std::optional<std::string> html(const UnsubscribeToken&, std::string_view) override {
        return mail;
    }
};

struct Fixture {
    KeyRing keys = testing::ring();
    testing::MemoryBook book;
    ShownMail mail;
    ManualClock clock{testing::kNoon};
    Workspace workspace = testing::workspace_of();
    Pages pages{workspace};
    Metrics metrics;
    Desk desk{{keys, book, &mail, {}, kServesLedger, clock}, pages, metrics};
    std::string token = encode_token(keys, 1, 2, 3, "ann@one.example");

    WebResponse ask(WebRequest request) {
        std::promise<WebResponse> answer;
        desk.take(std::move(request),
                  [&](WebResponse response) { answer.set_value(std::move(response)); });
        return answer.get_future().get();
    }
    WebResponse get(const std::string& path) { return ask({"GET", path, ""}); }
    WebResponse post(const std::string& path, const char* name, const char* value) {
        WebRequest request{"POST", path, ""};
        request.form.add(name, value);
        return ask(std::move(request));
    }
};

std::string header(const WebResponse& response, const std::string& name) {
    for (const auto& [known, value] : response.headers) {
        if (known == name) return value;
    }
    return "";
}

bool has(const WebResponse& response, const std::string& part) {
    return response.body.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "to look at a page changes nothing") {
    for (const char* method : {"GET", "HEAD"}) {
        WebResponse page = ask({method, "/u/" + token, ""});
        CHECK(page.status == 200);
        CHECK(has(page, "Nothing has changed yet"));
    }
    CHECK(get("/u/" + token + "/view").body == "<p>the mail</p>");
    CHECK(book.recorded().empty());
}

TEST_CASE_FIXTURE(Fixture, "one click is recorded before it is answered") {
    WebResponse response = post("/u/" + token, "List-Unsubscribe", "One-Click");
    CHECK(response.status == 200);
    auto recorded = book.recorded();
    REQUIRE(recorded.size() == 1);
    CHECK(recorded[0].token == token);
    CHECK(recorded[0].decoded.recipient == 3);
    CHECK(recorded[0].choice == Choice::kList);
    CHECK(recorded[0].source == "one-click");
    CHECK(recorded[0].time == testing::kNoon);
}

TEST_CASE_FIXTURE(Fixture, "a choice on the page is recorded as one, and its page names the list") {
    WebResponse response = post("/u/" + token, "choice", "list");
    CHECK(response.status == 200);
    CHECK(has(response, "You will get no more mail of the list <bdi>action-alerts</bdi>."));
    REQUIRE(book.recorded().size() == 1);
    CHECK(book.recorded()[0].source == "unsubscribe page");
    CHECK(has(post("/u/" + token, "choice", "undo"), "taken back"));
    CHECK(book.recorded()[1].choice == Choice::kUndo);
}

TEST_CASE_FIXTURE(Fixture, "who takes back without end is told to wait, and can always leave") {
    for (int i = 0; i < 20; ++i) CHECK(post("/u/" + token, "choice", "undo").status == 200);
    WebResponse refused = post("/u/" + token, "choice", "undo");
    CHECK(refused.status == 429);
    CHECK(has(refused, "try again in an hour"));
    CHECK(header(refused, "Retry-After") == "3600");
    CHECK(book.recorded().size() == 20);
    CHECK(post("/u/" + token, "choice", "all").status == 200);
    CHECK(post("/u/" + token, "List-Unsubscribe", "One-Click").status == 200);
    CHECK(book.recorded().size() == 22);
    clock.advance(std::chrono::hours(1));
    CHECK(post("/u/" + token, "choice", "undo").status == 200);
}

TEST_CASE_FIXTURE(Fixture, "what cannot be recorded is never answered with 200") {
    book.is_broken = true;
    for (const char* name : {"List-Unsubscribe", "choice"}) {
        WebResponse response = post("/u/" + token, name, name[0] == 'L' ? "One-Click" : "all");
        CHECK(response.status == 503);
        CHECK(has(response, "Please try again"));
        CHECK(has(response, "mailto:unsubscribe+" + token));
    }
    CHECK(get("/u/" + token).status == 503);
    CHECK(get("/healthz").status == 503);
    CHECK(metrics.text({}).find("tocsin_leavings_failed_total 2") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "forged, truncated, altered and foreign tokens find nothing") {
    std::string foreign = encode_token(testing::ring({"another"}), 1, 2, 3, "ann@one.example");
    std::string altered = token;
    altered[20] = altered[20] == 'a' ? 'b' : 'a';
    std::string capital = token;
    capital[0] = static_cast<char>(capital[0] - 32);
    std::vector<std::string> bad = {
        foreign, altered,     capital,   token + "a",         token + "%00", token.substr(1),
        "",      token + "=", "previews", token.substr(0, 51), token + "."};
    for (const std::string& one : bad) {
        CAPTURE(one);
        for (const std::string& path : {"/u/" + one, "/u/" + one + "/view"}) {
            CHECK(get(path).status == 404);
        }
        WebResponse response = post("/u/" + one, "List-Unsubscribe", "One-Click");
        CHECK(response.status == 404);
        CHECK(has(response, "damaged or incomplete"));
        CHECK(has(response, "mailto:unsubscribe@"));
    }
    CHECK(book.recorded().empty());
}

TEST_CASE_FIXTURE(Fixture, "the link of previews and proofs works, and records nothing") {
    std::vector<WebResponse> responses = {get("/u/preview"), get("/u/preview/view"),
                                          post("/u/preview", "List-Unsubscribe", "One-Click"),
                                          post("/u/preview", "choice", "all")};
    for (const WebResponse& response : responses) {
        CHECK(response.status == 200);
        CHECK(has(response, "It belongs to nobody"));
        CHECK_FALSE(has(response, "<form"));
    }
    CHECK(book.recorded().empty());
}

TEST_CASE_FIXTURE(Fixture, "200,000 random tokens find nothing") {
    std::string random = random_bytes(32 * 1000);
    const std::string genuine = *from_base32(token);
    for (std::size_t i = 0; i < 200'000; ++i) {
        std::string bytes = random.substr(i % (31 * 1000), 32);
        bytes[2] = static_cast<char>(i >> 8);
        bytes[3] = static_cast<char>(i);
        // The version and the key's id are known to everybody.
        if (i % 2 == 0) bytes.replace(0, 2, genuine, 0, 2);
        const std::string path = "/u/" + base32(bytes);
        if (decode_token(keys, route_of(path).token)) FAIL("a random token was taken");
    }
}

TEST_CASE_FIXTURE(Fixture, "old tokens work after the key was exchanged") {
    KeyRing newer = testing::ring({"a new secret", "a secret of the tests"});
    Desk rotated({newer, book, nullptr, {}, kServesLedger, clock}, pages, metrics);
    WebRequest request{"POST", "/u/" + token, ""};
    request.form.add("List-Unsubscribe", "One-Click");
    std::promise<int> status;
    rotated.take(request, [&](WebResponse response) { status.set_value(response.status); });
    CHECK(status.get_future().get() == 200);
    CHECK(book.recorded().size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "a person whose row is gone is answered alike") {
    std::string known = post("/u/" + token, "choice", "all").body;
    std::string gone = encode_token(keys, 1, 2, (1ull << 40) - 1, "gone@one.example");
    std::string unknown = post("/u/" + gone, "choice", "all").body;
    for (auto at = known.find(token); at != known.npos; at = known.find(token)) {
        known.replace(at, token.size(), gone);
    }
    CHECK(known == unknown);
}

TEST_CASE_FIXTURE(Fixture, "a probe proves the key, and changes nothing") {
    std::string probe = make_probe(keys);
    for (const char* method : {"GET", "HEAD", "POST"}) {
        WebRequest request{method, "/u/" + probe, ""};
        request.form.add("List-Unsubscribe", "One-Click");
        WebResponse response = ask(std::move(request));
        CHECK(response.status == 200);
        CHECK(header(response, "Tocsin-Proof") ==
              live_proof(keys, *decode_token(keys, probe), probe));
        CHECK(header(response, "Tocsin-Serve") == "ledger");
    }
    CHECK(book.recorded().empty());
}

TEST_CASE_FIXTURE(Fixture, "a POST that says nothing changes nothing") {
    CHECK(ask({"POST", "/u/" + token, ""}).status == 400);
    CHECK(has(post("/u/" + token, "choice", "both"), "did not understand"));
    CHECK(book.recorded().empty());
}

TEST_CASE_FIXTURE(Fixture, "other methods and other paths are refused") {
    for (const char* method : {"PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", "X"}) {
        CHECK(ask({method, "/u/" + token, ""}).status == 405);
        CHECK(ask({method, "/healthz", ""}).status == 405);
    }
    CHECK(ask({"POST", "/u/" + token + "/view", ""}).status == 405);
    CHECK(ask({"POST", "/metrics", ""}).status == 405);
    CHECK(get("/").status == 404);
    CHECK(get("/favicon.ico").status == 404);
    CHECK(get("/u/pull").status == 404);
    WebRequest large{"POST", "/u/" + token, ""};
    large.too_large = true;
    CHECK(ask(std::move(large)).status == 413);
    CHECK(book.recorded().empty());
}

TEST_CASE_FIXTURE(Fixture, "a mail that is gone says so, under the pages' own policy") {
    CHECK(header(get("/u/" + token + "/view"), "Content-Security-Policy").find("sandbox") !=
          std::string::npos);
    mail.mail.reset();
    WebResponse response = get("/u/" + token + "/view");
    CHECK(response.status == 404);
    CHECK(has(response, "cannot be shown any more"));
    CHECK(header(response, "Content-Security-Policy") == pages.policy());
}

TEST_CASE_FIXTURE(Fixture, "metrics and logs name neither tokens nor people") {
    post("/u/" + token, "choice", "all");
    CHECK(get("/healthz").body == "ok\n");
    WebResponse response = get("/metrics");
    CHECK(response.status == 200);
    CHECK(header(response, "Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
    CHECK(has(response, "tocsin_leavings_total{choice=\"all\"} 1"));
    CHECK_FALSE(has(response, token));
    CHECK_FALSE(has(response, "@"));
}

namespace {

struct Door : WebhookDoor {
    std::vector<std::string> bodies;
    int status = 200;
    void take(ProviderKind provider, WebRequest request, Answer answer) override {
        bodies.push_back(std::string(name(provider)) + " " + request.body);
        answer(status);
    }
    std::string metrics() const override { return "webhooks 1\n"; }
};

struct WithDoor : Fixture {
    Door door;
    Desk with{{keys, book, &mail, {}, kServesLedger, clock, &door}, pages, metrics};
    WebResponse ask_with(WebRequest request) {
        WebResponse got;
        with.take(std::move(request), [&](WebResponse response) { got = std::move(response); });
        return got;
    }
};

WebRequest webhook(const char* body) {
    WebRequest request{"POST", "/webhooks/brevo", ""};
    request.body = body;
    return request;
}

}  // namespace

TEST_CASE_FIXTURE(WithDoor, "a webhook goes through the door, whose status is the answer") {
    for (int status : {200, 400, 401, 404, 406, 503}) {
        door.status = status;
        WebResponse response = ask_with(webhook("{}"));
        CHECK(response.status == status);
        CHECK(response.asked == Asked::kWebhook);
    }
    CHECK(door.bodies == std::vector<std::string>(6, "brevo {}"));
    WebResponse shown = ask_with({"GET", "/metrics", ""});
    CHECK(has(shown, "\nwebhooks 1\n"));
    CHECK(has(shown, "tocsin_http_requests_total{kind=\"webhook\",status=\"401\"} 1\n"));
    CHECK(has(shown, "tocsin_post_duration_seconds_count 0\n"));
}

TEST_CASE_FIXTURE(WithDoor, "what was not read whole does not go through the door") {
    WebRequest large = webhook(""), crowded = webhook("");
    large.too_large = true;
    crowded.crowded = true;
    CHECK(ask_with(large).status == 413);
    CHECK(ask_with(crowded).status == 503);
    WebResponse response = ask_with({"GET", "/webhooks/brevo", ""});
    CHECK(response.status == 405);
    CHECK(header(response, "Allow") == "POST");
    CHECK(door.bodies.empty());
}

TEST_CASE_FIXTURE(Fixture, "without a ledger there is no webhook") {
    CHECK(ask(webhook("{}")).status == 404);
}

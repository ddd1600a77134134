#include "webhook/door.h"

#include <atomic>
#include <doctest/doctest.h>
#include <future>

#include "base/error.h"
#include "mail/return_path.h"
#include "unit/inbound/planned_people.h"
#include "unit/webhook/posting.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const std::string kAnn = "ann@one.example";
using Kind = ProviderKind;

struct Door {
    ManualClock clock{kNow};
    Signer rsa = Signer::rsa();
    std::vector<std::string> fetched;
    Ledger* ledger = nullptr;
    std::string reference;
    std::promise<void> opened;  // lets the fetch go on
    std::atomic<bool> waits{false}, is_fetching{false};
    std::unique_ptr<ProviderDoor> door;

    Door() {
        auto owned = planned_ledger();
        ledger = owned.get();
        reference = encode_reference(keys(), row_of(*ledger, {"first", ""}, kAnn), kAnn);
        door = std::make_unique<ProviderDoor>(
            std::vector<WebhookAccount>{{Kind::kPostmark, "s3cret", {}, ""},
                                        {Kind::kSes, "", {kTopic}, ""}},
            std::move(owned), keys(), clock,
            [this](const HttpRequest& request) { return fetch(request); });
    }
    HttpResponse fetch(const HttpRequest& request) {
        fetched.push_back(request.url);
        is_fetching = true;
        if (waits) opened.get_future().wait();
        return {
            200, {}, rsa.certificate(kNow - std::chrono::hours(1), kNow + std::chrono::hours(1))};
    }
    int take(Kind provider, WebRequest request) {
        std::promise<int> answer;
        door->take(provider, std::move(request), [&](int status) { answer.set_value(status); });
        return answer.get_future().get();
    }
    WebRequest postmark(const std::string& body, const std::string& secret = "s3cret") const {
        return post(body, {{"Authorization", basic("hook:" + secret)}});
    }
    std::string bounce(const std::string& id = "1") const {
        return nlohmann::json{{"RecordType", "Bounce"},
                              {"Type", "HardBounce"},
                              {"ID", id},
                              {"Email", kAnn},
                              {"Metadata", {{"tocsin", reference}}}}
            .dump();
    }
    std::size_t feedback() {
        std::size_t count = 0;
        ledger->for_each_feedback({}, [&](const Feedback&) { ++count; });
        return count;
    }
    bool counted(const std::string& line) const {
        return door->metrics().find(line) != std::string::npos;
    }
};

}  // namespace

TEST_CASE_FIXTURE(Door, "what the provider says is in the ledger before it is told so") {
    CHECK(take(Kind::kPostmark, postmark(bounce())) == 200);
    CHECK(feedback() == 1);
    CHECK(ledger->is_suppressed(kAnn, "news", kNow));
    CHECK(take(Kind::kPostmark, postmark(bounce())) == 200);
    CHECK(feedback() == 1);
    CHECK(counted("tocsin_webhook_events_total{provider=\"postmark\",kind=\"bounce\"} 2"));
}

TEST_CASE_FIXTURE(Door, "whoever is not the provider changes nothing") {
    CHECK(take(Kind::kPostmark, postmark(bounce(), "wrong")) == 401);
    CHECK(take(Kind::kPostmark, post(bounce())) == 401);
    CHECK(take(Kind::kBrevo, postmark(bounce())) == 404);
    CHECK(take(Kind::kSes, postmark(bounce())) == 401);
    CHECK(feedback() == 0);
    CHECK(counted("tocsin_webhook_refused_total{provider=\"postmark\",reason=\"signature\"} 2"));
    CHECK(counted("tocsin_webhook_refused_total{provider=\"brevo\",reason=\"unconfigured\"} 1"));
    CHECK(counted("tocsin_webhook_refused_total{provider=\"ses\",reason=\"topic\"} 1"));
}

TEST_CASE_FIXTURE(Door, "what is not of the provider's form is told so, once it is proved") {
    CHECK(take(Kind::kPostmark, postmark("{")) == 400);
    CHECK(take(Kind::kPostmark, postmark("{", "wrong")) == 401);
    CHECK(take(Kind::kPostmark, postmark("{}")) == 200);
    CHECK(counted("kind=\"unknown\"} 1"));
}

TEST_CASE_FIXTURE(Door, "SES: the message inside the signed one, and a replay") {
    const std::string message =
        nlohmann::json{{"eventType", "Complaint"},
                       {"complaint", {{"complainedRecipients", {{{"emailAddress", kAnn}}}}}},
                       {"mail", {{"tags", {{"tocsin", {reference}}}}}}}
            .dump();
    const std::string body = sns_body(rsa, sns_fields(message));
    CHECK(take(Kind::kSes, post(body)) == 200);
    CHECK(take(Kind::kSes, post(body)) == 200);
    CHECK(feedback() == 1);
    CHECK(fetched == std::vector<std::string>{kCertificateUrl});
    std::string altered = body;
    altered[body.find("Complaint")] = 'c';
    CHECK(take(Kind::kSes, post(altered)) == 401);
}

TEST_CASE_FIXTURE(Door, "SES: a subscription is confirmed, and nothing else is done with it") {
    auto fields = sns_fields("{}");
    fields["Type"] = "SubscriptionConfirmation";
    fields["Token"] = "t";
    fields["SubscribeURL"] = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription";
    CHECK(take(Kind::kSes, post(sns_body(rsa, fields))) == 200);
    CHECK(fetched.size() == 2);
    CHECK(fetched.back() == std::string(fields["SubscribeURL"]));
    fields["TopicArn"] = "arn:aws:sns:eu-west-1:999999999999:theirs";
    CHECK(take(Kind::kSes, post(sns_body(rsa, fields))) == 401);
    CHECK(fetched.size() == 2);
    fields["TopicArn"] = kTopic;
    fields["Type"] = "UnsubscribeConfirmation";
    CHECK(take(Kind::kSes, post(sns_body(rsa, fields))) == 200);
    CHECK(fetched.size() == 2);
}

TEST_CASE_FIXTURE(Door,
                  "more than can wait is told to come again, and the rest is noted together") {
    waits = true;
    std::promise<int> first;
    door->take(Kind::kSes, post(sns_body(rsa, sns_fields("{}"))),
               [&](int status) { first.set_value(status); });
    while (!is_fetching) std::this_thread::yield();
    std::mutex mutex;
    std::map<int, std::size_t> statuses;
    std::promise<void> all;
    const std::size_t posts = ProviderDoor::kMostWaiting + 10;
    for (std::size_t i = 0; i < posts; ++i) {
        door->take(Kind::kPostmark, postmark(bounce(std::to_string(i))), [&](int status) {
            std::lock_guard lock(mutex);
            ++statuses[status];
            if (statuses[200] + statuses[503] == posts) all.set_value();
        });
    }
    opened.set_value();
    CHECK(first.get_future().get() == 200);
    all.get_future().wait();
    CHECK(statuses[200] == ProviderDoor::kMostWaiting);
    CHECK(statuses[503] == 10);
    CHECK(feedback() == ProviderDoor::kMostWaiting);
}

TEST_CASE_FIXTURE(Door, "a post with more events than one transaction takes is noted whole") {
    nlohmann::json events = nlohmann::json::array();
    for (std::size_t i = 0; i < 2 * ProviderDoor::kMostNotesAtOnce + 1; ++i)
        events.push_back(nlohmann::json::parse(bounce(std::to_string(i))));
    CHECK(take(Kind::kPostmark, postmark(events.dump())) == 200);
    CHECK(feedback() == 2 * ProviderDoor::kMostNotesAtOnce + 1);
}

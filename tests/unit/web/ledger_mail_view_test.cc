#include "web/ledger_mail_view.h"

#include <doctest/doctest.h>

#include "ledger/memory.h"
#include "unit/web/testing.h"

using namespace tocsin;

namespace {

Content content_with(std::string html, std::string text) {
    Content content{.campaign = "alert",
                    .from = {"Reem", Mailbox::from("campaigns@harbour.example")},
                    .reply_to = std::nullopt,
                    .subject = {{"campaigns/alert.yaml", 3, 11}, "Act"},
                    .preheader = std::nullopt,
                    .html = html.empty() ? "" : "a.html.mustache",
                    .text = text.empty() ? "" : "a.txt.mustache",
                    .templates = {},
                    .data = Value::Map{},
                    .fallbacks = {},
                    .attachments = {},
                    .unsubscribe_list = "news",
                    .transport = "",
                    .organisation = {"Harbour Action", "Quay 1", "", ""},
                    .unsubscribe = {"https://u.harbour.example/u/", std::nullopt}};
    if (!html.empty()) content.templates["a.html.mustache"] = std::move(html);
    if (!text.empty()) content.templates["a.txt.mustache"] = std::move(text);
    return content;
}

struct Fixture {
    KeyRing keys = testing::ring();
    std::unique_ptr<Ledger> ledger = make_memory_ledger();
    std::uint64_t campaign = 0;
    std::uint64_t row = 0;

    void plan(const Content& content) {
        PlanHeader header;
        header.mailing = {"alert", ""};
        header.content = serialise(content);
        header.content_hash = "x";
        header.columns = {"first_name"};
        auto writer = ledger->write_plan(header, PlanKind::kNew);
        writer->add({"Ann@one.example", "ann@one.example", {"<Ann>"}, SkipReason::kNone, ""});
        writer->commit(0);
        campaign = static_cast<std::uint64_t>(ledger->plan({"alert", ""})->campaign_number);
        auto session = ledger->begin_send({"alert", ""}, "test", testing::kNoon);
        row = static_cast<std::uint64_t>(session->claim(1, testing::kNoon).at(0).id);
    }

    std::optional<std::string> look(std::uint64_t number, std::uint64_t at, const char* address) {
        std::string token = encode_token(keys, number, 0, at, address);
        LedgerMailView view(std::move(ledger), keys);
        return view.html(*decode_token(keys, token), token);
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "the mail is rendered again, with its own links") {
    plan(content_with("<p>{{first_name}} {{email}} {{unsubscribe_url}} {{view_url}}</p>", ""));
    std::string token = encode_token(keys, campaign, 0, row, "ann@one.example");
    std::string url = "https://u.harbour.example/u/" + token;
    CHECK(look(campaign, row, "ann@one.example") ==
          "<p>&lt;Ann&gt; ann@one.example " + url + " " + url + "/view</p>");
}

TEST_CASE_FIXTURE(Fixture, "a mail of text becomes a page, escaped") {
    plan(content_with("", "Dear {{first_name}}"));
    auto page = look(campaign, row, "ann@one.example");
    REQUIRE(page);
    CHECK(page->find("Dear &lt;Ann&gt;</pre>") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "a row that is gone has no mail") {
    plan(content_with("<p>x</p>", ""));
    CHECK_FALSE(look(campaign, row + 1, "ann@one.example"));
}

TEST_CASE_FIXTURE(Fixture, "nobody sees somebody else's mail, wherever the numbers lead") {
    plan(content_with("<p>x</p>", ""));
    CHECK_FALSE(look(campaign, row, "bob@one.example"));
}

TEST_CASE_FIXTURE(Fixture, "a campaign of another ledger has no mail here") {
    plan(content_with("<p>x</p>", ""));
    CHECK_FALSE(look(campaign + 1, row, "ann@one.example"));
}

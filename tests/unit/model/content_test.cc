#include "model/content.h"

#include <doctest/doctest.h>

#include "model/state.h"

using namespace tocsin;

namespace {

NamedMailbox sender() {
    return {"Reem, Mark", Mailbox::from("campaigns@harbour.example")};
}

Content full_content() {
    return {.campaign = "alert",
            .from = sender(),
            .reply_to = NamedMailbox{"", Mailbox::from("hello@harbour.example")},
            .subject = {{"campaigns/alert.yaml", 3, 11}, "{{first_name}}, act"},
            .preheader = TemplateText{{"campaigns/alert.yaml", 4, 12}, "Before Friday"},
            .html = "alert.html.mustache",
            .text = "",
            .templates = {{"alert.html.mustache", "<p>é</p>"}},
            .data = Value::Map{{"signers", Value::List{"Reem", "Mark"}},
                               {"a", Value::Map{{"z", true}, {"b", Value()}}}},
            .fallbacks = {{"salutation", "Friend"}},
            .attachments = {{"b.pdf", "application/pdf", std::string("\x00\xFF\n", 3)}},
            .unsubscribe_list = "action-alerts",
            .transport = "relay",
            .rates = {{20, std::chrono::seconds(1)}, {50'000, std::chrono::hours(24)}},
            .organisation = {"Harbour", "Quay 1", "https://harbour.example", "#0b5d7a"},
            .unsubscribe = {"https://u.harbour.example/u/", Mailbox::from("leave@harbour.example")},
            .bounce_address = Mailbox::from("bounces@b.harbour.example")};
}

}  // namespace

TEST_CASE("content comes back from its bytes as it was") {
    Content before = full_content();
    Content after = parse_content(serialise(before));
    CHECK(serialise(after) == serialise(before));
    CHECK(after.data == before.data);
    CHECK(after.subject == before.subject);
    CHECK(after.preheader == before.preheader);
    CHECK(after.attachments.at(0).bytes == before.attachments.at(0).bytes);
    CHECK(after.from.name == "Reem, Mark");
    CHECK(after.rates == before.rates);
    CHECK(after.unsubscribe.mailto->key() == "leave@harbour.example");
    CHECK(after.bounce_address->key() == "bounces@b.harbour.example");
}

TEST_CASE("what a campaign leaves out stays left out") {
    Content before = full_content();
    before.reply_to.reset();
    before.preheader.reset();
    before.unsubscribe.mailto.reset();
    Content after = parse_content(serialise(before));
    CHECK_FALSE(after.reply_to);
    CHECK_FALSE(after.preheader);
    CHECK_FALSE(after.unsubscribe.mailto);
}

TEST_CASE("a plan from before there were rates has none") {
    Content before = full_content();
    before.rates.clear();
    std::string bytes = serialise(before);
    CHECK(bytes.find("rates") == std::string::npos);
    CHECK(parse_content(bytes).rates.empty());
}

TEST_CASE("a plan from before there were bounce addresses has none") {
    Content before = full_content();
    before.bounce_address.reset();
    std::string bytes = serialise(before);
    CHECK(bytes.find("bounce") == std::string::npos);
    CHECK_FALSE(parse_content(bytes).bounce_address);
}

TEST_CASE("another rate is another content") {
    Content changed = full_content();
    changed.rates[0].count = 21;
    CHECK(serialise(changed) != serialise(full_content()));
}

TEST_CASE("one changed letter of a template changes the bytes") {
    Content changed = full_content();
    changed.templates["alert.html.mustache"] = "<p>e</p>";
    CHECK(serialise(changed) != serialise(full_content()));
}

TEST_CASE("damaged bytes are refused") {
    std::string bytes = serialise(full_content());
    CHECK_THROWS_AS(parse_content(bytes.substr(0, bytes.size() / 2)), std::runtime_error);
    CHECK_THROWS_AS(parse_content(""), std::runtime_error);
}

TEST_CASE("counts that miss somebody do not add up") {
    Counts counts;
    counts.total = 3;
    counts.states[static_cast<std::size_t>(State::kAccepted)] = 2;
    CHECK_FALSE(counts.adds_up());
    counts.states[static_cast<std::size_t>(State::kSkipped)] = 1;
    CHECK_FALSE(counts.adds_up());
    counts.skipped[static_cast<std::size_t>(SkipReason::kExcluded)] = 1;
    CHECK(counts.adds_up());
}

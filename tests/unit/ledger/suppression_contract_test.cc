// The contract of the suppression list, on every form.
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

std::vector<std::string> listed(Ledger& ledger, const SuppressionFilter& filter = {}) {
    std::vector<std::string> entries;
    ledger.for_each_suppression(filter, [&](const Suppression& entry) {
        entries.push_back(entry.address + " " + entry.scope);
    });
    return entries;
}

using Entries = std::vector<std::string>;

}  // namespace

TEST_CASE_TEMPLATE("an entry holds for its list, one for everything for all", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    suppress(ledger, "a@x.example", "news");
    suppress(ledger, "b@x.example");
    CHECK(ledger.is_suppressed("a@x.example", "news"));
    CHECK_FALSE(ledger.is_suppressed("a@x.example", "alerts"));
    CHECK_FALSE(ledger.is_suppressed("a@x.example", ""));
    CHECK(ledger.is_suppressed("b@x.example", "news"));
    CHECK(ledger.is_suppressed("b@x.example", ""));
    CHECK_FALSE(ledger.is_suppressed("c@x.example", "news"));
}

TEST_CASE_TEMPLATE("an entry that stands keeps its first reason and time", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    std::vector<Suppression> first{unsubscribe("a@x.example"), unsubscribe("a@x.example", "news")};
    CHECK(ledger.suppress(first) == 2);
    std::vector<Suppression> second{
        {"a@x.example", kEverything, "import", "file old.csv", at(9), ""},
        unsubscribe("b@x.example"),
        unsubscribe("b@x.example")};
    CHECK(ledger.suppress(second) == 1);
    ledger.for_each_suppression({"a@x.example", kEverything}, [](const Suppression& entry) {
        CHECK(entry.reason == "unsubscribe");
        CHECK(entry.source == "web");
        CHECK(entry.time == at(5));
        CHECK(entry.campaign == "alert");
    });
    CHECK(listed(ledger) == Entries{"a@x.example all", "a@x.example news", "b@x.example all"});
}

TEST_CASE_TEMPLATE("an entry from a reply gives way to an unsubscribe, never the reverse", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    std::vector<Suppression> bounce{
        {"a@x.example", kEverything, "bounce", kFromReply, at(4), "alert"}};
    CHECK(ledger.suppress(bounce) == 1);
    CHECK(ledger.suppress(std::vector{unsubscribe("a@x.example")}) == 1);
    CHECK(ledger.suppress(bounce) == 0);
    ledger.for_each_suppression({}, [](const Suppression& entry) {
        CHECK(entry.reason == "unsubscribe");
        CHECK(entry.source == "web");
        CHECK(entry.time == at(5));
    });
    CHECK(listed(ledger) == Entries{"a@x.example all"});
    CHECK(ledger.suppression_history("a@x.example").size() == 2);
}

TEST_CASE_TEMPLATE("listing filters by address and by scope", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    for (const char* key : {"c@x.example", "a@x.example", "b@x.example"}) {
        suppress(ledger, key, "news");
        suppress(ledger, key);
    }
    CHECK(listed(ledger, {"b@x.example", ""}) == Entries{"b@x.example all", "b@x.example news"});
    CHECK(listed(ledger, {"", "news"}) ==
          Entries{"a@x.example news", "b@x.example news", "c@x.example news"});
    CHECK(listed(ledger, {"b@x.example", "news"}) == Entries{"b@x.example news"});
    CHECK(listed(ledger, {"z@x.example", ""}).empty());
}

TEST_CASE_TEMPLATE("a long list is listed to its end", Form, FORMS) {
    Form form;
    std::vector<Suppression> entries;
    for (int i = 0; i < 3'500; ++i) {
        entries.push_back(unsubscribe(std::to_string(10'000 + i) + "@x.example"));
    }
    CHECK(form.ledger->suppress(entries) == 3'500);
    auto all = listed(*form.ledger);
    REQUIRE(all.size() == 3'500);
    CHECK(all.front() == "10000@x.example all");
    CHECK(all.back() == "13499@x.example all");
}

TEST_CASE_TEMPLATE("lifting is recorded, and the history keeps everything", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    suppress(ledger, "a@x.example", "news");
    suppress(ledger, "a@x.example");
    suppress(ledger, "b@x.example");
    CHECK(ledger.unsuppress({"a@x.example", "news"}, "command line", at(20)) == 1);
    CHECK(ledger.unsuppress({"a@x.example", "news"}, "command line", at(21)) == 0);
    CHECK_FALSE(ledger.is_suppressed("nobody@x.example", "news"));
    CHECK(listed(ledger) == Entries{"a@x.example all", "b@x.example all"});
    suppress(ledger, "a@x.example", "news");
    auto history = ledger.suppression_history("a@x.example");
    REQUIRE(history.size() == 4);
    CHECK(history[0].change == SuppressionChange::kAdded);
    CHECK(history[0].entry.scope == "news");
    CHECK(history[1].change == SuppressionChange::kAdded);
    CHECK(history[2].change == SuppressionChange::kLifted);
    CHECK(history[2].entry.scope == "news");
    CHECK(history[2].entry.reason == "unsubscribe");
    CHECK(history[2].entry.source == "command line");
    CHECK(history[2].entry.time == at(20));
    CHECK(history[3].change == SuppressionChange::kAdded);
    CHECK(ledger.suppression_history("c@x.example").empty());
}

TEST_CASE_TEMPLATE("somebody can unsubscribe while a plan is being written", Form, FORMS) {
    Form form;
    auto writer = form.ledger->write_plan(header(), PlanKind::kNew);
    writer->add(person("a@x.example"));
    suppress(*form.ledger, "a@x.example");
    writer->commit(0);
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    CHECK(session->claim(1, at(1)).empty());
    CHECK(checked_counts(*form.ledger).of(SkipReason::kSuppressed) == 1);
}

TEST_CASE_TEMPLATE("of a plan's rows, only planned ones of suppressed people are skipped", Form,
                   FORMS) {
    Form form;
    suppress(*form.ledger, "gone@x.example");
    std::vector<PlanRow> rows = {person("stays@x.example"), person("gone@x.example"),
                                 person("gone@x.example")};
    rows[2].skip = SkipReason::kExcluded;
    form.ledger->skip_suppressed(rows, "news", at(1));
    CHECK(rows[0].skip == SkipReason::kNone);
    CHECK(rows[1].skip == SkipReason::kSuppressed);
    CHECK(rows[2].skip == SkipReason::kExcluded);
}

#include "inbound/identify.h"

#include <cctype>

#include "mail/address_names.h"
#include "mail/message_id.h"
#include "unit/inbound/planned_people.h"
#include "unsubscribe/proof.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const MailingKey kFirst{"first", ""};
const std::string kAnn = "ann@one.example", kBob = "bob@two.example";

std::optional<Subject> whose(Ledger* ledger, const Report& report, bool trust = false) {
    Identifier identifier(ledger, keys(), trust);
    auto subject = identifier.identify(report);
    const Report* one = &report;
    if (!subject && identifier.needs_search(report)) {
        subject = identifier.search(std::span(&one, 1)).at(0);
    }
    return subject ? subject : identifier.by_address(report);
}

Report with_return_path(const std::string& address) {
    Report report = bounce();
    report.return_paths = {"postmaster@mx.example", address};
    return report;
}

Report with_message_id(const std::string& id, const std::string& recipient = "") {
    Report report = bounce();
    report.message_ids = {"1234@mx.example", id};
    report.recipient = recipient;
    return report;
}

Report leaving(const std::string& token) {
    Report report;
    report.kind = FeedbackKind::kUnsubscribe;
    report.tokens = {"not-a-token", token};
    return report;
}

}  // namespace

TEST_CASE("a return path leads to its row, whatever address is named") {
    auto ledger = planned_ledger();
    auto row = row_of(*ledger, kFirst, kAnn);
    Report report = with_return_path(bounces_to(keys(), row, kAnn));
    report.recipient = kBob;
    auto subject = whose(ledger.get(), report);
    REQUIRE(subject);
    CHECK(subject->address == kAnn);
    CHECK(subject->row == static_cast<RowId>(row));
    CHECK(subject->campaign == "first");
    CHECK(subject->list == "news");
}

TEST_CASE("a token leads to the same, with the same proof") {
    auto ledger = planned_ledger();
    auto row = row_of(*ledger, kFirst, kAnn);
    auto by_token = whose(ledger.get(), leaving(encode_token(keys(), 1, 1, row, kAnn)));
    auto by_path = whose(ledger.get(), with_return_path(bounces_to(keys(), row, kAnn)));
    REQUIRE(by_token);
    REQUIRE(by_path);
    CHECK(by_token->address == kAnn);
    CHECK(by_token->proof == by_path->proof);
}

TEST_CASE("a token whose letters a mail system made capitals is read") {
    auto ledger = planned_ledger();
    std::string token = encode_token(keys(), 1, 1, row_of(*ledger, kFirst, kAnn), kAnn);
    for (char& c : token) c = static_cast<char>(std::toupper(c));
    CHECK(whose(ledger.get(), leaving(token))->address == kAnn);
}

TEST_CASE("a return path does not unsubscribe, a foreign key's proves nothing") {
    auto ledger = planned_ledger();
    auto row = row_of(*ledger, kFirst, kAnn);
    Report report = with_return_path(bounces_to(keys(), row, kAnn));
    report.kind = FeedbackKind::kUnsubscribe;
    CHECK_FALSE(whose(ledger.get(), report));
    CHECK_FALSE(whose(ledger.get(), with_return_path(bounces_to(foreign_keys(), row, kAnn))));
    CHECK_FALSE(whose(ledger.get(), leaving(encode_token(foreign_keys(), 1, 1, row, kAnn))));
}

TEST_CASE("a probe is nobody's") {
    auto ledger = planned_ledger();
    CHECK_FALSE(whose(ledger.get(), leaving(make_probe(keys()))));
    CHECK(whose(ledger.get(), leaving(encode_token(keys(), 1, 0, 0, "x"))));
}

TEST_CASE("a person whose row is gone is known by the hash, and no list by the token's number") {
    auto ledger = planned_ledger();
    auto token = encode_token(keys(), 1, 1, 999, "gone@one.example");
    auto subject = whose(ledger.get(), leaving(token));
    REQUIRE(subject);
    CHECK(subject->address ==
          name_of_hash(keys().fingerprint(), decode_token(keys(), token)->address_hash));
    CHECK(subject->row == 0);
    CHECK(subject->list.empty());
    CHECK(whose(nullptr, leaving(token))->address == subject->address);
}

TEST_CASE("a row that is somebody else's now is not taken for the person, nor its list") {
    auto ledger = planned_ledger();
    auto row = row_of(*ledger, kFirst, kAnn);
    auto subject = whose(ledger.get(), leaving(encode_token(keys(), 1, 1, row, "x@three.example")));
    REQUIRE(subject);
    CHECK(is_hashed_name(subject->address));
    CHECK(subject->row == 0);
    CHECK(subject->list == "");
    CHECK(subject->campaign == "");
}

TEST_CASE("a Message-ID of ours is proved by the named recipient, or found by a search") {
    auto ledger = planned_ledger();
    std::string id = make_message_id(keys(), "first/", kBob, "harbour.example");
    for (const std::string& named :
         {std::string("Bob@Two.example"), kAnn, std::string(), std::string("nonsense")}) {
        CAPTURE(named);
        auto subject = whose(ledger.get(), with_message_id(id, named));
        REQUIRE(subject);
        CHECK(subject->address == kBob);
        CHECK(subject->campaign == "first");
        CHECK(subject->list == "news");
    }
    CHECK(whose(ledger.get(), with_message_id(id))->proof ==
          whose(ledger.get(), with_message_id(id, kBob))->proof);
}

TEST_CASE("whoever only saw a Message-ID neither unsubscribes its recipient nor bounces for them") {
    auto ledger = planned_ledger();
    const std::string id = make_message_id(keys(), "first/", kBob, "harbour.example");
    Report leaves = with_message_id(id, "mallory@elsewhere.example");
    leaves.kind = FeedbackKind::kUnsubscribe;
    CHECK_FALSE(whose(ledger.get(), leaves));
    leaves.recipient = "Bob@Two.example";
    CHECK(whose(ledger.get(), leaves)->address == kBob);
    Report answer = bounce();
    answer.replied_ids = {id};
    for (const std::string& named : {std::string(), kAnn, std::string("any@any.example")}) {
        CAPTURE(named);
        answer.recipient = named;
        CHECK_FALSE(whose(ledger.get(), answer));
    }
    answer.recipient = kBob;
    CHECK(whose(ledger.get(), answer)->campaign == "first");
}

TEST_CASE("Message-IDs of others and of proofs are nobody's") {
    auto ledger = planned_ledger();
    CHECK_FALSE(whose(
        ledger.get(),
        with_message_id(make_message_id(foreign_keys(), "first/", kBob, "harbour.example"), kBob)));
    CHECK_FALSE(whose(ledger.get(), with_message_id("test.0123@harbour.example", kBob)));
    CHECK_FALSE(whose(ledger.get(), with_message_id("", kBob)));
}

TEST_CASE("many reports are searched for together, each finds its own") {
    auto ledger = planned_ledger();
    std::vector<Report> reports = {
        with_message_id(make_message_id(keys(), "second/", kAnn, "x.example")),
        with_message_id("nobody@x.example"),
        with_message_id(make_message_id(keys(), "first/", kBob, "x.example")),
        with_message_id(make_message_id(keys(), "first/", kBob, "y.example"))};
    Identifier identifier(ledger.get(), keys(), false);
    std::vector<const Report*> pointers;
    for (const Report& report : reports) {
        CHECK_FALSE(identifier.identify(report));
        pointers.push_back(&report);
    }
    auto subjects = identifier.search(pointers);
    REQUIRE(subjects.size() == 4);
    CHECK(subjects[0]->address == kAnn);
    CHECK(subjects[0]->campaign == "second");
    CHECK_FALSE(subjects[1]);
    CHECK(subjects[2]->address == kBob);
    CHECK(subjects[3]->address == kBob);
}

TEST_CASE("what no search could find is not searched for") {
    auto ledger = planned_ledger();
    Identifier identifier(ledger.get(), keys(), false);
    const std::string invented = std::string(26, 'a') + "@x.example";
    CHECK(identifier.needs_search(with_message_id(invented)));
    CHECK_FALSE(identifier.needs_search(with_message_id("4711@x.example")));
    CHECK_FALSE(Identifier(nullptr, keys(), false).needs_search(with_message_id(invented)));
    Report answer = bounce(), leaves = with_message_id(invented);
    answer.replied_ids = {invented};
    leaves.kind = FeedbackKind::kUnsubscribe;
    CHECK_FALSE(identifier.needs_search(answer));
    CHECK_FALSE(identifier.needs_search(leaves));
}

TEST_CASE("an address alone counts only where the user trusts it") {
    auto ledger = planned_ledger();
    Report report = bounce();
    report.recipient = "Ann@One.example";
    CHECK_FALSE(whose(ledger.get(), report));
    CHECK(whose(ledger.get(), report, true)->address == kAnn);
    report.message_ids = {make_proof_message_id("harbour.example")};
    CHECK_FALSE(whose(ledger.get(), report, true));
    report.message_ids.clear();
    report.recipient = "no address";
    CHECK_FALSE(whose(ledger.get(), report, true));
}

TEST_CASE("what a provider kept with the mail proves whatever it tells, unsubscribes too") {
    auto ledger = planned_ledger();
    const auto row = row_of(*ledger, kFirst, kAnn);
    for (FeedbackKind kind : {FeedbackKind::kBounce, FeedbackKind::kComplaint,
                              FeedbackKind::kDelivery, FeedbackKind::kUnsubscribe}) {
        Report report;
        report.kind = kind;
        report.recipient = kBob;
        report.references = {"nonsense", encode_reference(foreign_keys(), row, kAnn),
                             encode_reference(keys(), row, kAnn)};
        auto subject = whose(ledger.get(), report);
        REQUIRE(subject);
        CHECK(subject->address == kAnn);
        CHECK(subject->row == static_cast<RowId>(row));
        CHECK(subject->campaign == "first");
        CHECK(subject->list == "news");
        report.references.pop_back();
        CHECK_FALSE(whose(ledger.get(), report));
    }
}

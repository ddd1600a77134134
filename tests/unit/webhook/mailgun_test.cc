#include "unit/webhook/reading.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

std::string event(const std::string& inner) {
    return read(ProviderKind::kMailgun,
                R"({"signature":{},"event-data":{"recipient":"a@x.example",)" + inner + "}}");
}

}  // namespace

TEST_CASE("Mailgun's events") {
    CHECK(event(R"("event":"delivered","user-variables":{"tocsin":"r"})") ==
          "delivery a@x.example r");
    CHECK(event(R"("event":"failed","severity":"permanent","reason":"bounce","delivery-status":)"
                R"({"code":550,"enhanced-code":"5.1.1","message":"no such user"})") ==
          "bounce hard 5.1.1 a@x.example");
    CHECK(event(R"("event":"failed","severity":"permanent","reason":"bounce","delivery-status":)"
                R"({"code":552,"message":"5.2.2 mailbox full"})") ==
          "bounce soft 5.2.2 a@x.example");
    CHECK(event(R"("event":"failed","severity":"permanent","reason":"espblock")") ==
          "bounce policy a@x.example");
    CHECK(event(R"("event":"failed","severity":"permanent","reason":"old")") ==
          "bounce soft a@x.example");
    CHECK(event(R"("event":"failed","severity":"permanent","reason":"generic")") ==
          "bounce soft a@x.example");
    CHECK(event(R"("event":"failed","severity":"temporary","reason":"generic",)"
                R"("delivery-status":{"code":451,"message":"4.7.1 later"})") ==
          "delay soft 4.7.1 a@x.example");
    CHECK(event(R"("event":"complained")") == "complaint a@x.example");
    CHECK(event(R"("event":"unsubscribed")") == "unsubscribe a@x.example");
    CHECK(event(R"("event":"rejected","reject":{"reason":"no"})") == "bounce policy a@x.example");
    CHECK(event(R"("event":"opened")") == "other");
    CHECK(event(R"("event":"clicked")") == "other");
    CHECK(event(R"("event":"accepted")") == "other");
    CHECK(event(R"("event":"levitated")") == "unknown");
    CHECK(read(ProviderKind::kMailgun, "{}") == "unknown");
    CHECK(read(ProviderKind::kMailgun, "[]") == "unknown");
}

TEST_CASE("Mailgun: what it does not send, by what it knows of the address") {
    const std::string failed = R"("event":"failed","severity":"permanent","reason":)";
    CHECK(event(failed + R"("suppress-bounce")") == "bounce hard a@x.example");
    CHECK(event(failed + R"("suppress-complaint")") == "complaint a@x.example");
    CHECK(event(failed + R"("suppress-unsubscribe")") == "unsubscribe a@x.example");
    CHECK(event(failed + R"("suppress-else")") == "bounce policy a@x.example");
}

TEST_CASE("Mailgun: the event's id") {
    CHECK(id_of(ProviderKind::kMailgun, R"({"event-data":{"event":"complained","id":"e1"}})") ==
          "e1");
}

#include "unit/webhook/reading.h"

using namespace tocsin;
using namespace tocsin::test;

TEST_CASE("SendGrid's events") {
    check_rows(
        ProviderKind::kSendgrid,
        {{R"([{"event":"bounce","type":"bounce","email":"a@x.example","status":"5.1.1","reason":"550 5.1.1 no such user","tocsin":"r"}])",
          "bounce hard 5.1.1 a@x.example r"},
         {R"([{"event":"bounce","type":"bounce","email":"a@x.example","status":"5.0.0","reason":"500 unknown recipient"}])",
          "bounce hard 5.1.1 a@x.example"},
         {R"([{"event":"bounce","type":"bounce","email":"a@x.example","status":"5.2.2","reason":"552 5.2.2 over quota"}])",
          "bounce soft 5.2.2 a@x.example"},
         {R"([{"event":"bounce","type":"blocked","email":"a@x.example","reason":"not today"}])",
          "bounce policy a@x.example"},
         {R"([{"event":"deferred","email":"a@x.example","response":"451 4.7.1 greylisted"}])",
          "delay soft 4.7.1 a@x.example"},
         {R"([{"event":"delivered","email":"a@x.example","response":"250 OK"}])",
          "delivery a@x.example"},
         {R"([{"event":"dropped","reason":"Bounced Address","email":"a@x.example"}])",
          "bounce hard a@x.example"},
         {R"([{"event":"dropped","reason":"Spam Reporting Address","email":"a@x.example"}])",
          "complaint a@x.example"},
         {R"([{"event":"dropped","reason":"Unsubscribed Address","email":"a@x.example"}])",
          "unsubscribe a@x.example"},
         {R"([{"event":"dropped","reason":"Recipient List over Package Quota","email":"a@x.example"}])",
          "bounce policy a@x.example"},
         {R"([{"event":"spamreport","email":"a@x.example"}])", "complaint a@x.example"},
         {R"([{"event":"unsubscribe","email":"a@x.example"}])", "unsubscribe a@x.example"},
         {R"([{"event":"group_unsubscribe","email":"a@x.example"}])", "unsubscribe a@x.example"},
         {R"([{"event":"processed"},{"event":"open"},{"event":"click"},{"event":"group_resubscribe"}])",
          "other; other; other; other"},
         {R"([{"event":"levitated"},{},1,"x",null])",
          "unknown; unknown; unknown; unknown; unknown"},
         {"[]", ""},
         {"{", "malformed"},
         {"", "malformed"},
         {"\"x\"", "malformed"}});
}

TEST_CASE("SendGrid: the event's id, and our Message-ID") {
    const char* body =
        R"([{"event":"bounce","sg_event_id":"e1","smtp-id":"<id@harbour.example>","email":"a@x.example"}])";
    CHECK(id_of(ProviderKind::kSendgrid, body) == "e1");
    auto events = parse_webhook(ProviderKind::kSendgrid, body, "");
    CHECK(events->front().report->message_ids == std::vector<std::string>{"id@harbour.example"});
    CHECK(id_of(ProviderKind::kSendgrid, R"([{"event":"bounce"}])") !=
          id_of(ProviderKind::kSendgrid, R"([{"event":"bounce","email":"a@x.example"}])"));
}

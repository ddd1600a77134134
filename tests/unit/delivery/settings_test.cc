#include "delivery/settings.h"

#include <doctest/doctest.h>

#include "unit/delivery/alert.h"

using namespace tocsin;
using namespace tocsin::test;
using Lines = std::vector<std::string>;

namespace {

Workspace workspace() {
    Workspace made;
    made.root = "/srv/campaigns";
    made.default_transport = "relay";
    SmtpSettings smtp;
    smtp.host = "a.example";
    smtp.password = SecretSource{SecretSource::Kind::kCommand, "echo hunter2"};
    smtp.proxy = "http://user:hunter2@proxy.example:3128";
    made.transports["relay"] = {"relay", {}, smtp, {}, {}};
    made.transports["other"] = {"other", {}, MaildirSettings{"/srv/campaigns/state/outbox"}, {}, {}};
    return made;
}

Lines changes_by(void (*change)(Workspace&)) {
    Workspace now = workspace();
    change(now);
    return changes(settings_of(workspace(), alert_content()), settings_of(now, alert_content()));
}

SmtpSettings& smtp_of(Workspace& workspace) {
    return std::get<SmtpSettings>(workspace.transports["relay"].settings);
}

}  // namespace

TEST_CASE("what decides how it goes out is told by its key") {
    CHECK(changes_by([](Workspace& w) { smtp_of(w).host = "b.example"; }) ==
          Lines{"`transports.relay.host` was “a.example”, and is “b.example”"});
    CHECK(changes_by([](Workspace& w) { smtp_of(w).tls = SmtpSettings::Tls::kNone; }) ==
          Lines{"`transports.relay.tls` was “required”, and is “none”"});
    CHECK(changes_by([](Workspace& w) {
              w.transports["relay"].limits.rates = {{20, Milliseconds(1000)}};
          }) == Lines{"`transports.relay.rate` was empty, and is “20/s”"});
    CHECK(changes_by([](Workspace& w) {
              w.transports["relay"].dkim.push_back(
                  {"harbour.example", "s1", {SecretSource::Kind::kFile, "keys/s1.pem"}});
          }) == Lines{"`transports.relay.dkim[0]` is new: “s1._domainkey.harbour.example, file "
                      "keys/s1.pem”"});
    CHECK(changes_by([](Workspace& w) { w.breaker.percent = 50; }) ==
          Lines{"`breaker.rejected` was “10%”, and is “50%”"});
    CHECK(changes_by([](Workspace& w) { w.unsubscribe.require_live = true; }) ==
          Lines{"`unsubscribe.require_live` was “false”, and is “true”"});
}

TEST_CASE("another default transport is another one in all its settings") {
    Lines lines = changes_by([](Workspace& w) { w.default_transport = "other"; });
    REQUIRE_FALSE(lines.empty());
    CHECK(lines.front() == "`transport` was “relay”, and is “other”");
    CHECK(lines.back() == "`transports.other.type` is new: “maildir”");
}

TEST_CASE("a transport that the mail does not go by counts for nothing") {
    CHECK(changes_by([](Workspace& w) { w.transports.erase("other"); }).empty());
}

TEST_CASE("no secret is among them, and a change of one in a command is noticed") {
    std::string all = serialise(settings_of(workspace(), alert_content()));
    CHECK(all.find("hunter2") == std::string::npos);
    CHECK(changes_by([](Workspace& w) { smtp_of(w).password->value = "echo other"; }) ==
          Lines{"`transports.relay.password` has changed"});
}

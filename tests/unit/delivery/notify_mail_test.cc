#include "delivery/notify_mail.h"

#include <filesystem>

#include "base/file.h"
#include "support/dkim_keys.h"
#include "support/null_transport.h"
#include "support/scripted_server.h"
#include "transport/smtp/smtp.h"
#include "unit/delivery/alert.h"
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const Mailbox kReem = Mailbox::from("reem@harbour.example");
const Notice kNotice{NotifyEvent::kHeld, {"weekly", "2026-12-07T09:00"}, "überfällig"};

void plan(Ledger& ledger, const MailingKey& mailing, const std::string& from,
          const std::string& bounces = "") {
    Content content = alert_content();
    content.from.address = Mailbox::from(from);
    if (!bounces.empty()) content.bounce_address = Mailbox::from(bounces);
    PlanHeader head = header(mailing);
    head.content = serialise(content);
    write_plan(ledger, head, {person("a@x.example")});
}

Message mail(MessageForm form = MessageForm::kMime) {
    return notice_mail({{"tocsin", Mailbox::from("campaigns@harbour.example")},
                        Mailbox::from("bounces@harbour.example")},
                       kReem, kNotice, "line\n", at(0), form, {});
}

}  // namespace

TEST_CASE("a notice is a small mail of a program, and nobody's") {
    const Message message = mail();
    CHECK(message.envelope.from.wire() == "bounces@harbour.example");
    CHECK(message.envelope.to == kReem);
    CHECK(message.reference.empty());
    CHECK(message.message_id.starts_with("test."));
    CHECK(message.message_id != mail().message_id);
    for (auto part :
         {"From: tocsin <campaigns@harbour.example>\r\n", "Auto-Submitted: auto-generated\r\n",
          "To: reem@harbour.example\r\n", "\r\n\r\nline\r\n"}) {
        CAPTURE(part);
        CHECK(message.bytes.find(part) != std::string::npos);
    }
    CHECK(message.bytes.find("List-") == std::string::npos);
    const Message parts = mail(MessageForm::kParts);
    REQUIRE(parts.parts);
    CHECK(parts.bytes.empty());
    CHECK(parts.parts->subject == "[tocsin] weekly@2026-12-07T09:00 is held: überfällig");
}

TEST_CASE("the sender is one that this transport sends campaigns for, as near as there is") {
    auto ledger = make_memory_ledger();
    auto sender = [&] { return notice_sender(*ledger, kNotice.mailing, kReem); };
    CHECK(sender().from.address == kReem);
    CHECK(sender().envelope == kReem);
    plan(*ledger, {"other", ""}, "other@harbour.example");
    CHECK(sender().from.address.wire() == "other@harbour.example");
    plan(*ledger, {"weekly", "2026-11-30T09:00"}, "weekly@harbour.example",
         "bounces@harbour.example");
    plan(*ledger, {"last", ""}, "last@harbour.example");
    CHECK(sender().from.address.wire() == "weekly@harbour.example");
    CHECK(sender().envelope.wire() == "bounces@harbour.example");
    plan(*ledger, kNotice.mailing, "own@harbour.example");
    CHECK(sender().from.address.wire() == "own@harbour.example");
}

TEST_CASE("one mail goes out") {
    RecordingTransport transport;
    CHECK(send_one(transport, mail(), std::chrono::seconds(5)) == "");
    REQUIRE(transport.taken.size() == 1);
    CHECK(transport.taken[0].second.envelope.to == kReem);
}

namespace {

std::string through(const ScriptedServer& server, Milliseconds patience) {
    SmtpSettings settings;
    settings.host = "127.0.0.1";
    settings.port = server.port();
    settings.tls = SmtpSettings::Tls::kNone;
    SystemClock clock;
    UnwatchedDepartures nobody;
    auto transport = make_smtp_transport(settings, "harbour.example", "", clock, nobody);
    return send_one(*transport, mail(), patience);
}

}  // namespace

TEST_CASE("a server that refuses is quoted, without the address") {
    UsualServer usual;
    usual.reply = [](ServerSession&, const std::string& line) {
        return line.starts_with("RCPT") ? "550 5.1.1 <reem@harbour.example> unknown" : "";
    };
    ScriptedServer server(usual);
    CHECK(through(server, std::chrono::seconds(20)) ==
          "not accepted: 550 5.1.1 <<address>> unknown");
}

TEST_CASE("a server that is down is said at once, one that hangs after a bounded time") {
    const auto begun = std::chrono::steady_clock::now();
    int port = 0;
    {
        ScriptedServer server([](ServerSession&) {});
        port = server.port();
    }
    SmtpSettings settings;
    settings.host = "127.0.0.1";
    settings.port = port;
    settings.tls = SmtpSettings::Tls::kNone;
    SystemClock clock;
    UnwatchedDepartures nobody;
    auto transport = make_smtp_transport(settings, "harbour.example", "", clock, nobody);
    CHECK(send_one(*transport, mail(), std::chrono::seconds(20)).find("127.0.0.1") !=
          std::string::npos);
    ScriptedServer silent([](ServerSession& session) {
        session.hear();  // says nothing itself
    });
    CHECK(through(silent, Milliseconds(700)) == "not sent within 1 second");
    UsualServer usual;
    usual.reply = [](ServerSession& session, const std::string& line) {
        if (line == ".") session.hear();  // takes the mail and never answers
        return std::string();
    };
    ScriptedServer stuck(usual);
    CHECK(through(stuck, Milliseconds(700)) == "not sent within 1 second");
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(15));
}

TEST_CASE("a notice through a transport of the workspace is signed where its keys suit") {
    TemporaryFolder folder;
    Workspace workspace;
    workspace.root = folder.path();
    workspace.notify.mail_to = kReem;
    workspace.notify.transport = "outbox";
    const auto outbox = folder.path() / "outbox";
    TransportDefinition definition{"outbox", {}, MaildirSettings{outbox}, {}, {}};
    definition.dkim.push_back({"harbour.example", "s1", {SecretSource::Kind::kFile, "key.pem"}});
    workspace.transports["outbox"] = definition;
    const auto key = folder.path() / "key.pem";
    replace_file(key, rsa_pem());
    auto ledger = make_memory_ledger();
    ManualClock clock(at(0));
    auto send = [&] {
        return notify_by_mail({workspace, *ledger, clock}, kNotice, at(0),
                              std::chrono::seconds(20));
    };
    auto mails = [&] {
        std::vector<std::string> all;
        for (const auto& file : std::filesystem::directory_iterator(outbox / "new")) {
            all.push_back(read_file(file.path()));
        }
        return all;
    };
    plan(*ledger, kNotice.mailing, "own@harbour.example");
    CHECK(send() == "");
    REQUIRE(mails().size() == 1);
    CHECK(mails()[0].find("DKIM-Signature: ") != std::string::npos);
    CHECK(mails()[0].find("2027-01-15T08:00:00Z") != std::string::npos);
    // A notice that cannot be signed is better than none.
    std::filesystem::remove(key);
    std::filesystem::remove_all(outbox);
    CHECK(send() == "");
    REQUIRE(mails().size() == 1);
    CHECK(mails()[0].find("DKIM-Signature: ") == std::string::npos);
    // The very transport that is broken.
    std::filesystem::remove_all(outbox);
    replace_file(outbox, "a file, no folder");
    CHECK(send().starts_with("by mail through `outbox`: the Maildir "));
}

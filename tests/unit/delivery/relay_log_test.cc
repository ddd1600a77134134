// What logs say of mails in doubt. The lines are those of Postfix 3.7, Exim 4.96 and OpenSMTPD 6.8.
#include "delivery/relay_log/relay_log.h"

#include <doctest/doctest.h>
#include <sstream>

using namespace tocsin;

namespace {

const WallTime kNow = parse_iso8601("2026-11-24T12:00:00Z").value();
const WallTime kSince = parse_iso8601("2026-11-24T06:27:32Z").value();

struct Logs {
    RelayLogs logs{{{{"ann1@h.example", "ann2@h.example"}, "ann@one.example", kSince},
                    {{"bob@h.example"}, "bob@two.example", kSince}},
                   kNow};

    Logs& file(const std::string& text) {
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) logs.read_line(line);
        logs.end_file();
        return *this;
    }
    const RelayTrace& ann() const { return logs.traces().at(0); }
    const RelayTrace& bob() const { return logs.traces().at(1); }
};

// In the form of rsyslog, whose times have a zone.
std::string at(const char* clock, const std::string& rest) {
    return std::string("2026-11-24T") + clock + "+00:00 relay " + rest + "\n";
}

std::string cleanup(const char* id, const std::string& text, const char* clock = "06:27:32") {
    return at(clock, std::string("postfix/cleanup[22]: ") + id + ": " + text);
}

std::string active(const char* id, const char* clock = "06:27:33") {
    return at(clock, std::string("postfix/qmgr[57]: ") + id +
                         ": from=<campaigns@harbour.example>, size=342, nrcpt=1 (queue active)");
}

std::string status(const char* id, const char* what, const char* clock = "06:27:34") {
    return at(clock, std::string("postfix/smtp[23]: ") + id +
                         ": to=<ann@one.example>, relay=127.0.0.1[127.0.0.1]:25, delay=0.04, "
                         "delays=0.03/0.01/0/0, dsn=2.0.0, status=" +
                         what + " (250 2.0.0 Ok)");
}

std::string envelope(const char* clock, const char* id, const char* to) {
    return at(clock, std::string("smtpd[1]: 83b3760d6f2fe2a9 smtp envelope evpid=") + id +
                         " from=<campaigns@harbour.example> to=<" + to + ">");
}

}  // namespace

TEST_CASE("Postfix: a mail that lies in the queue was taken") {
    Logs found;
    found.file(cleanup("E75E0A72042", "message-id=<ann1@h.example>") + active("E75E0A72042"));
    CHECK(found.ann().taken);
    CHECK(found.ann().evidence() == "Postfix took it as E75E0A72042 at 2026-11-24T06:27:33Z");
    CHECK_FALSE(found.bob().taken);
    CHECK(found.bob().evidence().empty());
}

TEST_CASE("Postfix: what became of it is told") {
    const std::string queued =
        cleanup("E75E0A72042", "message-id=<ann2@h.example>") + active("E75E0A72042");
    const std::string took = "Postfix took it as E75E0A72042 at 2026-11-24T06:27:33Z";
    CHECK(Logs().file(queued + status("E75E0A72042", "sent")).ann().evidence() ==
          took + " and delivered it");
    CHECK(Logs().file(queued + status("E75E0A72042", "deferred")).ann().evidence() ==
          took + " and tries to deliver it");
    CHECK(Logs()
              .file(queued + status("E75E0A72042", "deferred") + status("E75E0A72042", "bounced"))
              .ann()
              .evidence() == took + "; it bounced");
}

TEST_CASE("Postfix: a Message-ID alone is no proof: the body was still coming in") {
    Logs found;
    found.file(
        cleanup("E75E0A72042", "message-id=<ann1@h.example>") +
        at("06:27:40", "postfix/smtpd[19]: lost connection after DATA (320 bytes) from h[::1]"));
    CHECK_FALSE(found.ann().taken);
}

TEST_CASE("Postfix: a mail that was refused for its content was not taken") {
    Logs found;
    found.file(cleanup("E75E0A72042", "message-id=<ann1@h.example>") +
               cleanup("E75E0A72042",
                       "milter-reject: END-OF-MESSAGE from h[::1]: 5.7.1 spam; "
                       "from=<c@h.example> to=<ann@one.example>") +
               active("E75E0A72042"));
    CHECK_FALSE(found.ann().taken);
}

TEST_CASE("Postfix: a queue id that is used again is another mail's") {
    Logs found;
    found.file(cleanup("E75E0A72042", "message-id=<ann1@h.example>") +
               cleanup("E75E0A72042", "message-id=<somebody@else.example>") +
               active("E75E0A72042"));
    CHECK_FALSE(found.ann().taken);
    Logs removed;
    removed.file(cleanup("E75E0A72042", "message-id=<ann1@h.example>") + active("E75E0A72042") +
                 at("06:27:35", "postfix/qmgr[57]: E75E0A72042: removed") +
                 status("E75E0A72042", "bounced"));
    CHECK(removed.ann().fate == RelayFate::kUnknown);
    CHECK(removed.ann().taken);
}

TEST_CASE("Postfix: text that only looks like ours is not read") {
    Logs found;
    found.file(at("06:27:32", "postfix/smtpd[1]: E75E0A72042: message-id=<ann1@h.example>") +
               cleanup("E75E0A72042", "warning: header Subject: message-id=<ann1@h.example>") +
               active("E75E0A72042"));
    CHECK_FALSE(found.ann().taken);
}

TEST_CASE("Exim: an arrival is proof") {
    const std::string arrived =
        "2026-11-24 06:26:12 +0000 exim 4.96 daemon started: pid=29469\n"
        " Suggested action: use keep_environment.\n"
        "2026-11-24 06:27:33 +0000 1xVjyo-0007gH-2B <= campaigns@harbour.example H=([127.0.0.1]) "
        "[127.0.0.1] P=esmtp S=310 id=ann1@h.example\n";
    CHECK(Logs().file(arrived).ann().evidence() ==
          "Exim took it as 1xVjyo-0007gH-2B at 2026-11-24T06:27:33Z");
    CHECK(Logs()
              .file(arrived + "2026-11-24 06:27:34 +0000 1xVjyo-0007gH-2B ** ann@one.example "
                              "R=fail: no such mailbox\n")
              .ann()
              .fate == RelayFate::kBounced);
    CHECK(Logs()
              .file(arrived +
                    "2026-11-24 06:27:34 +0000 1xVjyo-0007gH-2B => ann@one.example R=r T=t\n"
                    "2026-11-24 06:27:34 +0000 1xVjyo-0007gH-2B Completed\n"
                    "2026-11-24 06:27:35 +0000 1xVjyo-0007gH-2B ** ann@one.example R=r\n")
              .ann()
              .fate == RelayFate::kDelivered);
}

TEST_CASE("Exim: a mail that was refused after its data was not taken") {
    Logs found;
    found.file(
        "2026-11-24 06:27:32 +0000 1xVjyp-0007gP-1m H=([127.0.0.1]) [127.0.0.1] "
        "F=<campaigns@harbour.example> rejected after DATA: spam id=ann1@h.example\n");
    CHECK_FALSE(found.ann().taken);
}

TEST_CASE("OpenSMTPD: recipient and time are what there is to go by") {
    Logs found;
    found.file(envelope("06:27:33", "73b46105a6ae602e", "ANN@one.example") +
               at("06:27:35",
                  "smtpd[1]: 83b37612c1a9cec5 mta delivery evpid=73b46105a6ae602e "
                  "from=<c@h.example> to=<ann@one.example> rcpt=<-> delay=0s "
                  "result=\"PermFail\" stat=\"550 no\""));
    CHECK(found.ann().evidence() ==
          "OpenSMTPD took it as 73b46105a6ae602e at 2026-11-24T06:27:33Z; it bounced");
    CHECK_FALSE(found.bob().taken);
}

TEST_CASE("OpenSMTPD: at another time it is another mail") {
    for (const char* clock : {"06:20:00", "06:26:31", "06:37:33"}) {
        CHECK_FALSE(
            Logs().file(envelope(clock, "73b46105a6ae602e", "ann@one.example")).ann().taken);
    }
}

TEST_CASE("OpenSMTPD: of two that fit nobody can say which is ours") {
    const std::string first = envelope("06:27:33", "73b46105a6ae602e", "ann@one.example");
    Logs found;
    found.file(first + envelope("06:28:33", "b627456012d10aac", "ann@one.example") +
               envelope("06:28:34", "c627456012d10aac", "ann@one.example"));
    CHECK_FALSE(found.ann().taken);
    CHECK(found.ann().ambiguous);
    Logs twice;
    twice.file(first).file(first);
    CHECK(twice.ann().taken);
}

TEST_CASE("a log covers a time only with lines from before and after it") {
    auto line = [](const char* clock) { return at(clock, "postfix/anvil[1]: statistics: x"); };
    CHECK(Logs().file(line("06:27:32") + line("06:27:33")).ann().covered);
    CHECK_FALSE(Logs().file(line("06:27:33") + line("06:27:34")).ann().covered);
    CHECK_FALSE(Logs().file(line("06:27:31") + line("06:27:32")).ann().covered);
    CHECK_FALSE(Logs().file(line("06:00:00")).file(line("07:00:00")).ann().covered);
    CHECK_FALSE(Logs().file("nonsense\n").ann().covered);
}

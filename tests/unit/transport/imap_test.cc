// What is said to an IMAP server and what is made of its answers; tests/cli/inbound_imap_test.py
// talks to a real one.
#include "transport/imap/imap.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "transport/imap/dialogue.h"
#include "transport/imap/folder_name.h"
#include "transport/imap/reply_reader.h"
#include "unit/transport/imap_support.h"

using namespace tocsin;
using tocsin::test::ScriptedWire;

namespace {

const std::string kSelected = "* 3 EXISTS\r\nTAG OK [READ-WRITE] done\r\n";

struct Talk {
    ScriptedWire* wire;
    std::unique_ptr<ImapDialogue> folder;
};

Talk open(std::string capabilities, std::deque<std::string> answers, bool read_only = false) {
    auto wire = std::make_unique<ScriptedWire>();
    ScriptedWire* seen = wire.get();
    seen->answers = {"* CAPABILITY IMAP4rev1" + capabilities + "\r\nTAG OK done\r\n", kSelected};
    for (auto& answer : answers) seen->answers.push_back(std::move(answer));
    auto folder =
        std::make_unique<ImapDialogue>(std::move(wire), "imaps://h/INBOX", "INBOX", read_only);
    seen->asked.clear();
    return {seen, std::move(folder)};
}

std::string refusal(std::string_view url) {
    try {
        parse_imap_url(url);
    } catch (const UsageError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("an address of a mailbox") {
    ImapSettings settings =
        parse_imap_url("imaps://bounces%40b.example@mail.example:1993/R%C3%BCck/l%C3%A4ufer");
    CHECK(settings.username == "bounces@b.example");
    CHECK(settings.host == "mail.example");
    CHECK(settings.port == 1993);
    CHECK(settings.folder == "Rück/läufer");
    CHECK(settings.shown() == "imaps://mail.example:1993/Rück/läufer");
    CHECK(parse_imap_url("imaps://me@mail.example").folder == "INBOX");
    CHECK(parse_imap_url("imaps://me@mail.example/").shown() == "imaps://mail.example/INBOX");
}

TEST_CASE("an address that is refused") {
    CHECK(refusal("imap://me@mail.example/INBOX").find("does not begin with imaps://") !=
          std::string::npos);
    CHECK(refusal("imaps://mail.example/INBOX").find("names no user") != std::string::npos);
    CHECK(refusal("imaps://me:word@mail.example/INBOX").find("password") != std::string::npos);
    CHECK(refusal("imaps://me:word@mail.example/INBOX").find("word@") == std::string::npos);
    CHECK(refusal("imaps://").find("cannot be read") != std::string::npos);
    CHECK(refusal("imaps://me@mail.example/A%0D%0AB") != "");
    CHECK(refusal("imaps://me@mail.example:99999/") != "");
}

TEST_CASE("names of folders are quoted, in modified UTF-7") {
    CHECK(quoted_folder("INBOX/bounces") == "\"INBOX/bounces\"");
    CHECK(quoted_folder("a\"b\\c & d") == "\"a\\\"b\\\\c &- d\"");
    CHECK(quoted_folder("Rückläufer") == "\"R&APw-ckl&AOQ-ufer\"");
    // The examples of RFC 3501 section 5.1.3.
    CHECK(quoted_folder("~peter/mail/台北/日本語") == "\"~peter/mail/&U,BTFw-/&ZeVnLIqe-\"");
    CHECK(quoted_folder("☺!") == "\"&Jjo-!\"");
    CHECK(quoted_folder("😀") == "\"&2D3eAA-\"");
}

TEST_CASE("a line with its literals, in pieces of every size") {
    for (std::size_t piece = 1; piece < 40; ++piece) {
        CAPTURE(piece);
        ScriptedWire wire;
        wire.piece = piece;
        wire.pending = "* 1 FETCH (BODY[]<0> {9}\r\na\r\nT9 {3} UID 7)\r\n* OK {x}\r\n";
        ImapReplyReader reader(wire, "server", 1000);
        ImapLine line = reader.next();
        CHECK(line.text == "* 1 FETCH (BODY[]<0> {9} UID 7)");
        REQUIRE(line.literals.size() == 1);
        CHECK(line.literals[0] == "a\r\nT9 {3}");
        CHECK(reader.next().text == "* OK {x}");
    }
}

TEST_CASE("a server that sends without end is not listened to") {
    ScriptedWire wire;
    wire.pending = "* 1 FETCH (BODY[] {1001}\r\n";
    CHECK_THROWS_AS(ImapReplyReader(wire, "server", 1000).next(), Unavailable);
    wire.pending = std::string(2000, 'x');
    CHECK_THROWS_AS(ImapReplyReader(wire, "server", 1000).next(), Unavailable);
    wire.pending = "{99999999999999999999999999}\r\n";
    CHECK(ImapReplyReader(wire, "server", 1000).next().literals.empty());
}

TEST_CASE("unread mails are found in order, and read without being marked") {
    Talk talk =
        open("", {"* SEARCH 12 7\r\n* SEARCH 9\r\nTAG OK\r\n",
                  "* 4 FETCH (FLAGS (\\Seen))\r\n* 2 FETCH (UID 7 BODY[]<0> {5}\r\nHello)\r\n"
                  "TAG OK\r\n",
                  "* 2 FETCH (UID 9 BODY[]<0> \"\")\r\nTAG OK\r\n", "TAG OK\r\n"});
    CHECK(talk.folder->unread() == std::vector<ImapUid>{7, 9, 12});
    CHECK(talk.folder->fetch(7, 100) == "Hello");
    CHECK(talk.folder->fetch(9, 100) == "");
    CHECK_FALSE(talk.folder->fetch(12, 100));
    CHECK(talk.wire->asked ==
          "UID SEARCH UNSEEN UNDELETED\r\nUID FETCH 7 (BODY.PEEK[]<0.100>)\r\n"
          "UID FETCH 9 (BODY.PEEK[]<0.100>)\r\nUID FETCH 12 (BODY.PEEK[]<0.100>)\r\n");
}

TEST_CASE("marks say whether somebody should look") {
    Talk talk = open("", {});
    std::vector<ImapUid> uids = {7, 9};
    talk.folder->mark(uids, false);
    talk.folder->mark(uids, true);
    talk.folder->mark({}, true);
    CHECK(talk.wire->asked ==
          "UID STORE 7,9 +FLAGS.SILENT (\\Seen)\r\n"
          "UID STORE 7,9 +FLAGS.SILENT (\\Seen \\Flagged)\r\n");
}

TEST_CASE("a folder that is not there is made before mails are moved to it") {
    Talk talk = open(" MOVE", {"TAG NO [TRYCREATE] none\r\n"});
    std::vector<ImapUid> uids = {7};
    talk.folder->move(uids, "done");
    CHECK(talk.wire->asked == "UID MOVE 7 \"done\"\r\nCREATE \"done\"\r\nUID MOVE 7 \"done\"\r\n");
}

TEST_CASE("a server that cannot move copies first, and takes away no other mail") {
    std::vector<ImapUid> uids = {7};
    Talk plus = open(" UIDPLUS", {});
    plus.folder->move(uids, "done");
    CHECK(plus.wire->asked ==
          "UID COPY 7 \"done\"\r\nUID STORE 7 +FLAGS.SILENT (\\Seen \\Deleted)\r\n"
          "UID EXPUNGE 7\r\n");
    Talk old = open("", {});
    old.folder->move(uids, "done");
    CHECK(old.wire->asked ==
          "UID COPY 7 \"done\"\r\nUID STORE 7 +FLAGS.SILENT (\\Seen \\Deleted)\r\n");
}

TEST_CASE("a copy that failed deletes nothing") {
    Talk talk = open(" UIDPLUS", {"TAG NO over quota\r\n"});
    std::vector<ImapUid> uids = {7};
    CHECK_THROWS_AS(talk.folder->move(uids, "done"), Unavailable);
    CHECK(talk.wire->asked == "UID COPY 7 \"done\"\r\n");
}

TEST_CASE("a folder that is not there, and one that must not change") {
    auto wire = std::make_unique<ScriptedWire>();
    wire->answers = {"TAG OK\r\n", "TAG NO [NONEXISTENT] Mailbox doesn't exist\r\n"};
    CHECK_THROWS_AS(ImapDialogue(std::move(wire), "imaps://h/x", "x", false), Unavailable);

    auto looking = std::make_unique<ScriptedWire>();
    ScriptedWire* seen = looking.get();
    ImapDialogue folder(std::move(looking), "imaps://h/x", "x", true);
    CHECK(seen->asked == "CAPABILITY\r\nEXAMINE \"x\"\r\n");
}

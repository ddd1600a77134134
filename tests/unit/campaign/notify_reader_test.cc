#include "campaign/notify_reader.h"

#include <doctest/doctest.h>

#include "unit/campaign/workspace_folder.h"

namespace tocsin {
namespace {

using testing::WorkspaceFolder;

constexpr char kTransports[] = "transports: {outbox: {type: maildir, path: x}}\n";

Workspace read(const WorkspaceFolder& folder, const std::string& text) {
    Findings findings;
    auto workspace = folder.config(text, findings);
    CAPTURE(testing::report(findings));
    REQUIRE(workspace);
    return *workspace;
}

Workspace read(const std::string& text) {
    return read(WorkspaceFolder(), text);
}

std::string ids(const std::string& text) {
    WorkspaceFolder folder;
    Findings findings;
    CHECK_FALSE(folder.config(text, findings));
    Findings errors = findings.only_errors();
    return testing::ids(errors);
}

}  // namespace

TEST_CASE("without `notify` nobody is told") {
    NotifySettings notify = read("transports: {}\n").notify;
    CHECK(notify.on.empty());
    CHECK(notify.command.empty());
    CHECK_FALSE(notify.mail_to);
}

TEST_CASE("a command is told of everything, or of what `on` names") {
    NotifySettings all = read("notify: {command: \"logger -t tocsin\"}\n").notify;
    CHECK(all.command == "logger -t tocsin");
    CHECK(all.on.size() == 4);
    NotifySettings some = read("notify: {on: [held, in_doubt], command: x}\n").notify;
    CHECK(some.on == std::set{NotifyEvent::kHeld, NotifyEvent::kInDoubt});
    CHECK(read("notify: {on: [done, paused], command: x}\n").notify.on ==
          std::set{NotifyEvent::kDone, NotifyEvent::kPaused});
}

TEST_CASE("a mail goes by the transport that is named, or by the default") {
    const std::string mail = "notify: {mail: {to: ops@harbour.example";
    NotifySettings named = read(
                               "transport: a\ntransports: {a: {type: maildir, path: x}, b: {type: "
                               "maildir, path: y}}\n" +
                               mail + ", transport: b}}\n")
                               .notify;
    REQUIRE(named.mail_to);
    CHECK(named.mail_to->written() == "ops@harbour.example");
    CHECK(named.transport == "b");
    CHECK(named.command.empty());
    CHECK(read("transport: outbox\n" + std::string(kTransports) + mail + "}}\n").notify.transport ==
          "outbox");
}

TEST_CASE("faults of `notify`") {
    CHECK(ids("notify: {}\n") == "1:1 missing-key");
    CHECK(ids("notify: {on: [done]}\n") == "1:1 missing-key");
    CHECK(ids("notify: x\n") == "1:9 wrong-type");
    CHECK(ids("notify: {on: [], command: x}\n") == "1:14 no-value");
    CHECK(ids("notify: {on: [done, helt], command: x}\n") == "1:21 unknown-value");
    CHECK(ids("notify: {command: x, mail: {to: a@b.example}}\n") == "1:1 bad-value");
    CHECK(ids("notify: {command: }\n") == "1:10 no-value");
    CHECK(ids("notify: {mail: {to: nobody}}\n" + std::string(kTransports)) ==
          "1:10 missing-key, 1:21 bad-address");
    CHECK(ids("notify: {mail: {to: a@b.example, transport: outbx}}\n" + std::string(kTransports)) ==
          "1:45 unknown-transport");
    CHECK(ids("transport: outbox\nnotify: {mail: {}}\n" + std::string(kTransports)) ==
          "2:10 missing-key");
    // The fault of the default is told once.
    CHECK(ids("transport: outbx\nnotify: {mail: {to: a@b.example}}\n" + std::string(kTransports)) ==
          "1:12 unknown-transport");
}

TEST_CASE("a witness is a file, in the workspace or elsewhere") {
    WorkspaceFolder folder;
    auto file = [&](const std::string& text) { return read(folder, text).witness.file.string(); };
    CHECK(file("witness: kept/count\n") == (folder.path() / "kept/count").string());
    CHECK(file("witness: ../count\n") == (folder.path().parent_path() / "count").string());
    CHECK(file("witness: /srv/witness/count\n") == "/srv/witness/count");
    CHECK(file("witness: {file: \"/srv/with blank/count\"}\n") == "/srv/with blank/count");
    CHECK(file("transports: {}\n").empty());
    CHECK_FALSE(read("transports: {}\n").witness.configured());
}

TEST_CASE("a witness is a command where its text has a blank, or says so") {
    for (const char* text :
         {"witness: ssh other count\n", "witness: {command: ssh other count}\n"}) {
        WitnessSettings witness = read(text).witness;
        CHECK(witness.command == "ssh other count");
        CHECK(witness.file.empty());
        CHECK(witness.configured());
    }
    CHECK(read("witness: {command: count}\n").witness.command == "count");
}

TEST_CASE("faults of `witness`") {
    CHECK(ids("witness:\n") == "1:1 no-value");
    CHECK(ids("witness: []\n") == "1:10 wrong-type");
    CHECK(ids("witness: {}\n") == "1:1 missing-key");
    CHECK(ids("witness: {file: a, command: b}\n") == "1:1 bad-value");
    CHECK(ids("witness: {path: a}\n") == "1:1 missing-key, 1:11 unknown-key");
}

}  // namespace tocsin

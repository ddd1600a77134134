#include "delivery/notify_command.h"

#include <doctest/doctest.h>

#include "base/file.h"
#include "support/temporary_folder.h"

using namespace tocsin;

namespace {

const Notice kNotice{NotifyEvent::kInDoubt, {"alert", ""}, "3 mails"};

std::string run(const TemporaryFolder& folder, const std::string& command,
                Milliseconds patience = std::chrono::seconds(20)) {
    Workspace workspace;
    workspace.root = folder.path();
    workspace.notify.command = command;
    return notify_by_command(workspace, kNotice, WallTime{}, patience);
}

}  // namespace

TEST_CASE("a command of the shell sees event, campaign and subject, and where it is") {
    TemporaryFolder folder;
    CHECK(run(folder, "echo \"$TOCSIN_EVENT/$TOCSIN_CAMPAIGN/$TOCSIN_SUBJECT\" >seen") == "");
    CHECK(read_file(folder.path() / "seen") ==
          "in_doubt/alert/alert has mails in doubt: 3 mails\n");
}

TEST_CASE("a command that fails, hangs, talks without end or reads nothing") {
    TemporaryFolder folder;
    CHECK(run(folder, "echo 'no mail to reem@harbour.example' >&2; exit 3") ==
          "the command ended with 3: no mail to <address>");
    CHECK(run(folder, "no-such-program-of-ours").find("the command ended with 127") == 0);
    CHECK(run(folder, "sleep 60", Milliseconds(200)) ==
          "the command did not end within 1 second and was stopped");
    CHECK(run(folder, "yes") == "the command printed too much and was stopped");
    CHECK(run(folder, "exec <&-") == "");
}

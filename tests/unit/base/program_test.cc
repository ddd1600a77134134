#include "base/program.h"

#include <cstdlib>
#include <doctest/doctest.h>

#include "support/temporary_folder.h"

using namespace tocsin;
using End = ProgramRun::End;

namespace {

ProgramRun shell(const std::string& script, const std::string& input = "",
                 const ProgramLimits& limits = {}) {
    return run_program({"sh", "-c", script}, input, limits);
}

}  // namespace

TEST_CASE("a program gets its input and an end of it, and gives its output") {
    const std::string input(3'000'000, 'x');
    ProgramRun run = run_program({"cat"}, input);
    CHECK(run.end == End::kDone);
    CHECK(run.status == 0);
    CHECK(run.out == input);
    CHECK(run_program({"cat"}, "").out.empty());
}

TEST_CASE("words are no shell's") {
    CHECK(run_program({"printf", "%s", "$(id); `id` *"}, "").out == "$(id); `id` *");
}

TEST_CASE("how a program ended, and what it complained of") {
    ProgramRun run = shell("echo out; echo trouble >&2; exit 7");
    CHECK(run.status == 7);
    CHECK(run.out == "out\n");
    CHECK(run.said == "trouble\n");
    CHECK(shell("kill -9 $$").status == 128 + 9);
    CHECK(shell("yes complaint | head -c 100000 >&2").said.size() == 4096);
}

TEST_CASE("one that does not read its input does no harm") {
    ProgramRun run = shell("exec <&-; echo fine", std::string(3'000'000, 'x'));
    CHECK(run.status == 0);
    CHECK(run.out == "fine\n");
}

TEST_CASE("one that is missing is told from one that fails") {
    CHECK(run_program({"tocsin-no-such-program"}, "x").end == End::kMissing);
}

TEST_CASE("one that never ends, or never stops talking, is stopped with its children") {
    ProgramRun late = shell("sleep 1000 & sleep 1000", "", {Milliseconds(200), 1000});
    CHECK(late.end == End::kTimeout);
    CHECK(late.status == 128 + 9);
    ProgramRun loud = shell("yes | cat", "", {std::chrono::seconds(60), 100'000});
    CHECK(loud.end == End::kTooMuch);
}

TEST_CASE("a program runs in the folder that is asked for") {
    TemporaryFolder folder;
    CHECK(run_program({"pwd", "-P"}, "", {.folder = folder.path()}).out ==
          folder.path().string() + "\n");
}

TEST_CASE("a program that has closed its output and goes on is stopped in time") {
    ProgramRun run = shell("exec >&- 2>&-; sleep 60", "", {.timeout = Milliseconds(300)});
    CHECK(run.end == End::kTimeout);
    CHECK(run.status == 128 + 9);
}

TEST_CASE("a program sees what is put into its environment, once, and the rest of ours") {
    ::setenv("TOCSIN_TEST_OLD", "old", 1);
    ::setenv("TOCSIN_TEST_KEPT", "kept", 1);
    ProgramRun run = run_program({"sh", "-c", "env | grep ^TOCSIN_TEST_ | sort"}, "",
                                 {.environment = {{"TOCSIN_TEST_OLD", "new = $(id)"}}});
    CHECK(run.out == "TOCSIN_TEST_KEPT=kept\nTOCSIN_TEST_OLD=new = $(id)\n");
    CHECK(std::string(::getenv("TOCSIN_TEST_OLD")) == "old");
}

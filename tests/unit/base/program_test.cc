#include "base/program.h"

#include <doctest/doctest.h>

#include "support/temporary_folder.h"

using namespace tocsin;

TEST_CASE("arguments reach the program as they are, no shell reads them") {
    auto output = run_program({"printf", "%s|", "a b", "$HOME; echo x", "'"}, "/", 1000);
    CHECK(output.text == "a b|$HOME; echo x|'|");
    CHECK(output.status == 0);
}

TEST_CASE("it runs in the folder, with nothing to read") {
    TemporaryFolder folder;
    CHECK(run_program({"pwd", "-P"}, folder.path(), 1000).text == folder.path().string() + "\n");
    CHECK(run_program({"cat"}, "/", 1000).text.empty());
}

TEST_CASE("how it ended is told: failed, killed, not there") {
    CHECK(run_program({"false"}, "/", 10).status == 1);
    CHECK(run_program({"sh", "-c", "kill -9 $$"}, "/", 10).status == 128 + 9);
    CHECK(run_program({"tocsin-no-such-program"}, "/", 10).status == 127);
}

TEST_CASE("endless output is cut, and the program ends by it") {
    auto output = run_program({"yes"}, "/", 100'000);
    CHECK(output.too_long);
    CHECK(output.text.size() < 200'000);
    CHECK(output.status == 128 + 13);
}

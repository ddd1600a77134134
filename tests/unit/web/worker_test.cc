#include "web/worker.h"

#include <doctest/doctest.h>
#include <string>

using namespace tocsin;

TEST_CASE("all jobs are done in their order, also those that wait when it ends") {
    std::string done;
    {
        Worker worker;
        for (char c : {'a', 'b', 'c', 'd'}) worker.add([&done, c] { done += c; });
    }
    CHECK(done == "abcd");
}

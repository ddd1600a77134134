#include "web/worker.h"

#include <doctest/doctest.h>
#include <new>
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

TEST_CASE("a job that throws ends neither the worker nor the process") {
    bool is_done = false;
    {
        Worker worker;
        worker.add([] { throw std::bad_alloc(); });
        worker.add([] { throw 1; });
        worker.add([&] { is_done = true; });
    }
    CHECK(is_done);
}

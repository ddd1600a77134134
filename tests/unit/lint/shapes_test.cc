#include "lint/shapes.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

void add(Shapes& shapes, const std::string& name, std::vector<std::string> cells) {
    shapes.add(Mailbox::from(name + "@port.example"), cells);
}

}  // namespace

TEST_CASE("shapes: the first person of each, and how many are of it") {
    Shapes shapes({0, 2});  // the column between is printed, and asked for nowhere
    add(shapes, "a", {"x", "", ""});
    add(shapes, "b", {"", "1", "z"});
    add(shapes, "c", {"y", "2", ""});
    REQUIRE(shapes.all().size() == 2);
    CHECK(shapes.all()[0].first.address.written() == "a@port.example");
    CHECK(shapes.all()[0].people == 2);
    CHECK(shapes.all()[1].first.address.written() == "b@port.example");
    CHECK(shapes.all()[1].people == 1);
}

TEST_CASE("shapes: more columns than a word has bits") {
    std::vector<std::size_t> asked;
    for (std::size_t i = 0; i < 70; ++i) asked.push_back(i);
    Shapes shapes(asked);
    std::vector<std::string> cells(70, "x");
    add(shapes, "a", cells);
    cells[69].clear();
    add(shapes, "b", cells);
    CHECK(shapes.all().size() == 2);
}

TEST_CASE("shapes: the first 64 are kept, the others only passed by") {
    std::vector<std::size_t> asked;
    for (std::size_t i = 0; i < 100; ++i) asked.push_back(i);
    Shapes shapes(asked);
    for (std::size_t i = 0; i < 100; ++i) {
        std::vector<std::string> cells(100);
        cells[i] = "x";
        add(shapes, "p" + std::to_string(i), cells);
    }
    REQUIRE(shapes.all().size() == Shapes::kMost);
    CHECK(shapes.all().back().first.address.written() == "p63@port.example");
}

TEST_CASE("shapes: who would fill the memory gives way to the next") {
    Shapes shapes({0});
    add(shapes, "huge", {std::string(300'000, 'x')});
    add(shapes, "a", {"x"});
    add(shapes, "b", {"x"});
    REQUIRE(shapes.all().size() == 1);
    CHECK(shapes.all()[0].first.address.written() == "a@port.example");
    CHECK(shapes.all()[0].people == 3);
}

#include "transport/smtp/write_buffer.h"

#include <doctest/doctest.h>

using tocsin::WriteBuffer;

TEST_CASE("what was shown stays at its address, whatever is appended") {
    WriteBuffer buffer;
    buffer.append("first");
    auto shown = buffer.front();
    for (int i = 0; i < 100; ++i) buffer.append("more and more");
    CHECK(buffer.front().data() == shown.data());
    CHECK(buffer.front() == "first");
    buffer.take(2);
    CHECK(buffer.front().data() == shown.data() + 2);
    CHECK(buffer.front() == "rst");
    buffer.take(3);
    CHECK(buffer.front().size() == 1300);
}

TEST_CASE("what was not shown yet goes out together") {
    WriteBuffer buffer;
    CHECK(buffer.empty());
    CHECK(buffer.front().empty());
    buffer.append("a");
    buffer.append("");
    buffer.append("b");
    CHECK(buffer.front() == "ab");
    CHECK(buffer.appended() == 2);
    buffer.take(2);
    CHECK(buffer.taken() == 2);
    CHECK(buffer.empty());
}

TEST_CASE("a string that is given away keeps its place in the stream") {
    WriteBuffer buffer;
    buffer.give(std::string(100'000, 'x'));
    buffer.append("tail");
    CHECK(buffer.front().size() == 100'004);
    buffer.take(1);
    buffer.give("second");
    CHECK(buffer.appended() == 100'010);
    buffer.take(buffer.front().size());
    CHECK(buffer.front() == "second");
    buffer.give("");
    CHECK(buffer.front() == "second");
}

TEST_CASE("a cleared buffer begins anew") {
    WriteBuffer buffer;
    buffer.append("abc");
    buffer.front();
    buffer.take(1);
    buffer.clear();
    CHECK(buffer.empty());
    buffer.append("x");
    CHECK(buffer.front() == "x");
}

#include "web/connection_table.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/descriptor.h"

using namespace tocsin;
using namespace std::chrono_literals;

namespace {

struct Pair {
    Descriptor ours, theirs;

    Pair() {
        int ends[2];
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
        ours = Descriptor(ends[0]);
        theirs = Descriptor(ends[1]);
    }
    // What the client sees.
    bool is_cut_off() const {
        char byte = 0;
        return ::read(theirs.get(), &byte, 1) == 0;
    }
};

const ConnectionTable::Clock::time_point kStart{1h};

}  // namespace

TEST_CASE("who takes too long is cut off, however it drips") {
    ConnectionTable table(10, 20s);
    Pair slow, late;
    table.open(slow.ours.get(), kStart);
    table.open(late.ours.get(), kStart + 15s);
    table.tick(kStart + 20s);
    CHECK_FALSE(slow.is_cut_off());
    table.tick(kStart + 21s);
    CHECK(slow.is_cut_off());
    CHECK_FALSE(late.is_cut_off());
    CHECK(table.counts().overdue == 1);
    CHECK(table.counts().open == 2);  // until its owner has closed it
}

TEST_CASE("where there are many, the slowest makes room") {
    ConnectionTable table(2, 20s);
    Pair first, second, third;
    auto* entry = table.open(first.ours.get(), kStart);
    table.open(second.ours.get(), kStart + 1s);
    table.open(third.ours.get(), kStart + 2s);
    CHECK(first.is_cut_off());
    CHECK_FALSE(second.is_cut_off());
    CHECK_FALSE(third.is_cut_off());
    CHECK(table.counts().crowded == 1);
    table.close(entry);
    CHECK(table.counts().open == 2);
}

TEST_CASE("whose request is whole is not cut off, and has as long again to read the answer") {
    ConnectionTable table(1, 20s);
    Pair working, other;
    auto* entry = table.open(working.ours.get(), kStart);
    table.work(entry);
    table.tick(kStart + 1h);
    auto* next = table.open(other.ours.get(), kStart + 1h);
    CHECK_FALSE(working.is_cut_off());
    CHECK(table.counts().at_work == 1);
    table.close(next);
    table.answer(entry, kStart + 1h);
    CHECK(table.counts().answering == 1);
    table.tick(kStart + 1h + 19s);
    CHECK_FALSE(working.is_cut_off());
    table.tick(kStart + 1h + 21s);
    CHECK(working.is_cut_off());
    table.close(entry);
    CHECK(table.counts().answering == 0);
    CHECK(table.counts().open == 0);
}

TEST_CASE("an answer to who was cut off meanwhile revives nobody") {
    ConnectionTable table(1, 20s);
    Pair one;
    auto* entry = table.open(one.ours.get(), kStart);
    table.tick(kStart + 21s);
    table.answer(entry, kStart + 22s);
    table.tick(kStart + 60s);
    CHECK(table.counts().overdue == 1);
    table.close(entry);
    CHECK(table.counts().open == 0);
}

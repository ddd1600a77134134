#include "proxy/direction.h"

#include <array>
#include <doctest/doctest.h>
#include <string>
#include <sys/socket.h>

#include "base/descriptor.h"

using namespace tocsin::bench;
using State = Direction::State;

namespace {

struct SocketPair {
    tocsin::Descriptor ours, theirs;

    SocketPair() {
        std::array<int, 2> made;
        REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, made.data()) == 0);
        ours = tocsin::Descriptor(made[0]);
        theirs = tocsin::Descriptor(made[1]);
    }

    // What is there; "<nothing>" where the stream goes on without it.
    std::string read() const {
        std::string into(1 << 20, '\0');
        ssize_t size = recv(theirs.get(), into.data(), into.size(), 0);
        if (size < 0) return "<nothing>";
        into.resize(static_cast<std::size_t>(size));
        return into;
    }
};

}  // namespace

TEST_CASE("bytes leave when they are due, the end after them") {
    SocketPair sockets;
    Direction direction;
    direction.hold("one", 10);
    direction.hold("two", 20);
    direction.hold("", 20);
    CHECK(direction.pump(sockets.ours.get(), 9) == State::kOpen);
    CHECK(sockets.read() == "<nothing>");
    CHECK(direction.pump(sockets.ours.get(), 10) == State::kOpen);
    CHECK(sockets.read() == "one");
    CHECK(direction.pump(sockets.ours.get(), 20) == State::kEnded);
    CHECK(sockets.read() == "two");
    CHECK(sockets.read().empty());
}

TEST_CASE("a receiver that does not read holds bytes back and loses none") {
    SocketPair sockets;
    Direction direction;
    const std::string much(Direction::kMost, 'x');
    direction.hold(much, 0);
    CHECK(direction.full());
    std::string received;
    while (direction.pump(sockets.ours.get(), 1) == State::kBlocked) received += sockets.read();
    received += sockets.read();
    CHECK(received.size() == much.size());
    CHECK_FALSE(direction.full());
}

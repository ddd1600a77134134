#include "sink/end_of_data.h"

#include <doctest/doctest.h>
#include <string>

using tocsin::bench::EndOfData;

namespace {

struct Found {
    std::size_t consumed = 0;
    std::uint64_t size = 0;
    friend bool operator==(const Found&, const Found&) = default;
};

// Fed in chunks of so many bytes, up to the end of the first mail.
Found find_end(const std::string& wire, std::size_t step) {
    EndOfData end;
    for (std::size_t at = 0; at < wire.size(); at += step) {
        if (auto taken = end.feed(std::string_view(wire).substr(at, step))) {
            return {at + *taken, end.size()};
        }
    }
    return {};
}

}  // namespace

TEST_CASE("the end is found wherever the bytes are cut, and what follows it is left") {
    const std::string mail = "Subject: a\r\n\r\n..one dot\r\n...\r\n.x\r\nlast\r\n";
    const std::string wire = mail + ".\r\nMAIL FROM:<a@one.example>\r\n";
    const std::size_t stuffed = 3;
    for (std::size_t step = 1; step <= wire.size(); ++step) {
        CAPTURE(step);
        CHECK(find_end(wire, step) == Found{mail.size() + 3, mail.size() - stuffed});
    }
}

TEST_CASE("only CRLF . CRLF is an end") {
    for (std::string text : {"a\n.\n", "a\n.\r\n", "a\r.\r\n", "a\r\n.\nb\r\n", "a\r\n.\r",
                             "a.\r\n", "a\r\n.\r\r\n", "a\r\n..\r\n"}) {
        CAPTURE(text);
        CHECK(find_end(text, 1) == Found{});
        CHECK(find_end(text, text.size()) == Found{});
    }
}

TEST_CASE("an empty mail and the one behind it are two") {
    EndOfData end;
    CHECK(end.feed(".\r\n") == 3);
    CHECK(end.size() == 0);
    CHECK(end.feed("b\r\n.\r\n") == 6);
    CHECK(end.size() == 3);
}

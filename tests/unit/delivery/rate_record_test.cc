#include <doctest/doctest.h>

#include "delivery/rates/record.h"
#include "rates_support.h"

using namespace tocsin;

TEST_CASE("a record comes back as it was written") {
    RateRecord record{evening(), {{"pace", {20, 1'000'000, -5, 0}}, {"budget", {}}, {"day", {1}}}};
    std::string text = encode(record);
    CHECK(text == "1 boot-a 3600000000 1796151600000\npace 20 1000000 -5 0\nbudget\nday 1\n");
    auto read = decode(text);
    REQUIRE(read);
    CHECK(read->written.boot_id == "boot-a");
    CHECK(read->written.boot == record.written.boot);
    CHECK(read->written.wall == record.written.wall);
    CHECK(read->entries == record.entries);
}

TEST_CASE("a record cut at any byte, of another version, or of nonsense is never half believed") {
    std::string text = encode({evening(), {{"pace", {20, 1'000'000, 77, 3}}}});
    for (const char* nonsense :
         {"", "\n", "2 boot-a 1 1\n", "1", "1  5 5\n", "1 boot-a\n", "1 boot-a 5\n",
          "1 boot-a 5 x\n", "1 boot-a 5 5\npace 1 x\n", "1 boot-a 99999999999999999999 5\n",
          "1 boot-a 9000000000000000000 5\n", "1 boot-a 5 5\npace 5.0\n"}) {
        CHECK_FALSE(decode(nonsense));
    }
    std::string heading = text.substr(0, text.find('\n'));
    for (std::size_t length = 0; length < heading.find_last_of(' ') + 1; ++length) {
        CHECK_FALSE(decode(text.substr(0, length)));
    }
}

TEST_CASE(
    "times of another boot are moved by the wall clock: not back, and not by more than two days") {
    RateRecord record{evening(), {}};
    auto age = [&](Milliseconds passed) {
        Moment now = rebooted(evening(), passed);
        return now.boot - (record.written.boot + shift(record, now));
    };
    CHECK(age(seconds(10)) == seconds(10) - Milliseconds(1));
    CHECK(age(-days(40)) == seconds(0));
    CHECK(age(days(40)) == hours(48));
    CHECK(shift(record, later(evening(), seconds(5))) == seconds(0));
}

TEST_CASE("random bytes are refused without harm") {
    std::mt19937 random(5);
    for (int i = 0; i < 20000; ++i) {
        std::string text = encode({evening(), {{"pace", {20, 1'000'000, 77, 3}}}});
        for (int edits = 0; edits < 3; ++edits)
            text[random() % text.size()] = static_cast<char>(random() % 256);
        if (auto record = decode(text)) shift(*record, rebooted(evening(), seconds(1)));
    }
}

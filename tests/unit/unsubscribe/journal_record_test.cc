#include "unsubscribe/journal_record.h"

#include <doctest/doctest.h>

#include "unit/unsubscribe/support.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const JournalRecord kRecord{17, kNoon, Choice::kPause90, "unsubscribe page", "abc"};

std::string line() {
    std::string text = write_record(kRecord);
    text.pop_back();
    return text;
}

}  // namespace

TEST_CASE("a record is read as it was written") {
    auto read = parse_record(line());
    REQUIRE(read);
    CHECK(read->number == 17);
    CHECK(read->time == kNoon);
    CHECK(read->choice == Choice::kPause90);
    CHECK(read->source == "unsubscribe page");
    CHECK(read->token == "abc");
}

TEST_CASE("a line that was cut anywhere, or has a changed byte, is no record") {
    const std::string whole = line();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_FALSE(parse_record(whole.substr(0, size)));
        CHECK_FALSE(parse_record(whole.substr(size + 1)));
        std::string changed = whole;
        changed[size] ^= 1;
        CHECK_FALSE(parse_record(changed));
    }
    CHECK_FALSE(parse_record(whole + "x"));
    CHECK_FALSE(parse_record(whole + "\n"));
}

TEST_CASE("what would break a line out of a source does not") {
    JournalRecord record = kRecord;
    record.source = "a\tb\nc" + std::string(100, 'x');
    std::string text = write_record(record);
    CHECK(text.find('\n') == text.size() - 1);
    text.pop_back();
    auto read = parse_record(text);
    REQUIRE(read);
    CHECK(read->source == "a b?c" + std::string(59, 'x'));
}

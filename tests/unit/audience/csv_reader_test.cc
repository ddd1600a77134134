#include "audience/csv_reader.h"

#include <doctest/doctest.h>
#include <string>
#include <vector>

using namespace tocsin;

namespace {

std::string summary_of(const CsvRecord& record) {
    std::string text = std::to_string(record.line) + "@" + std::to_string(record.offset);
    for (const CsvCell& cell : record.cells) text += "[" + std::string(cell.text) + "]";
    if (record.fault) {
        const Finding& fault = *record.fault;
        text += "!" + fault.id + " " + std::to_string(fault.place.line) + ":" +
                std::to_string(fault.place.column) + " " + fault.excerpt;
    }
    return text;
}

// Line, offset, cells or fault of every record.
std::vector<std::string> read(const std::string& bytes, const CsvOptions& options = {},
                              std::size_t chunk = 0) {
    MemorySource source(bytes, chunk);
    CsvReader reader("list.csv", source, options);
    std::vector<std::string> all;
    while (const CsvRecord* record = reader.next()) all.push_back(summary_of(*record));
    return all;
}

using Lines = std::vector<std::string>;

// Every kind of line, right and wrong.
using namespace std::string_literals;
const std::string kMixed =
    "\xEF\xBB\xBFname,text\r\n"
    "plain,x\n"
    "\n"
    "\"quoted, comma\",\"two\nlines\"\r\n"
    "\"say \"\"hello\"\"\",\"dos\r\nlines\"\n"
    "\r\n"
    "5\" pipe,y\n"
    "\"after\"x,y\n"
    "\"\",\n"
    "bad \xFF byte,y\n"
    "nul \0 byte,y\n"
    "lone\rreturn,y\n"
    "\"open,y\n"
    "next,z\n"
    "Zo\xC3\xAB,\xF0\x9F\x8C\xBB\n"
    "last,w"s;

}  // namespace

TEST_CASE("csv: cells, quotes, doubled quotes and empty cells") {
    CHECK(read("a,b\n\"c,d\",\"e \"\"f\"\"\"\n,\n\"\"\n") ==
          Lines{"1@0[a][b]", "2@4[c,d][e \"f\"]", "3@20[][]", "4@22[]"});
}

TEST_CASE("csv: LF, CR LF and a last line without an end read the same") {
    for (const char* bytes : {"a,b\nc,d\n", "a,b\r\nc,d\r\n", "a,b\nc,d", "a,b\r\nc,d"}) {
        MemorySource source(bytes);
        CsvReader reader("list.csv", source);
        const CsvRecord* first = reader.next();
        REQUIRE(first != nullptr);
        CHECK(first->cells[1].text == "b");
        const CsvRecord* second = reader.next();
        REQUIRE(second != nullptr);
        CHECK(second->line == 2);
        CHECK(second->cells[1].text == "d");
        CHECK(reader.next() == nullptr);
        CHECK(reader.next() == nullptr);
    }
}

TEST_CASE("csv: empty lines are skipped and counted") {
    CHECK(read("\n\r\na\n\n\nb\n\n") == Lines{"3@3[a]", "6@7[b]"});
    CHECK(read("").empty());
    CHECK(read("\n\n").empty());
}

TEST_CASE("csv: a byte order mark is dropped, and is no text alone") {
    CHECK(read("\xEF\xBB\xBF"
               "a,b\n") == Lines{"1@3[a][b]"});
    CHECK(read("\xEF\xBB\xBF").empty());
    CHECK(read("\xEF\xBB") == Lines{"1@0!not-utf8 1:1 ??"});
}

TEST_CASE("csv: tabs separate where they are the delimiter, commas then do not") {
    CHECK(read("a\tb,c\t\"d\te\"\n", {.delimiter = '\t'}) == Lines{"1@0[a][b,c][d\te]"});
}

TEST_CASE("csv: lines within quotes count, and CR LF there becomes LF") {
    CHECK(read("\"a\nb\r\nc\",d\ne\n") == Lines{"1@0[a\nb\nc][d]", "4@11[e]"});
}

TEST_CASE("csv: a quote never closed costs its line and no other") {
    CHECK(read("a,b\nc,\"d\ne,f\ng,h\n") ==
          Lines{"1@0[a][b]", "2@4!unclosed-quote 2:3 c,\"d", "3@9[e][f]", "4@13[g][h]"});
}

TEST_CASE("csv: a quote that a later row's quote seems to close costs its line and no other") {
    CHECK(read("\"Smith,a\n\"Jones\",b\nc,d\n") ==
          Lines{"1@0!unclosed-quote 1:1 \"Smith,a", "2@9[Jones][b]", "3@19[c][d]"});
}

TEST_CASE("csv: a quote not closed within the longest record costs its line and no other") {
    std::string bytes = "x,\"open\n";
    for (int i = 0; i < 20; ++i) bytes += "row" + std::to_string(i) + ",y\n";
    auto lines = read(bytes, {.longest_record = 50});
    REQUIRE(lines.size() == 21);
    CHECK(lines[0] == "1@0!unclosed-quote 1:3 x,\"open");
    CHECK(lines[1] == "2@8[row0][y]");
    CHECK(lines[20] == "21@150[row19][y]");
}

TEST_CASE("csv: text behind a closing quote, and a quote within a plain cell, are faults") {
    CHECK(read("\"a\"b,c\nd\n") == Lines{"1@0!misplaced-quote 1:4 \"a\"b,c", "2@7[d]"});
    CHECK(read("\"a\" ,c\nd\n") == Lines{"1@0!misplaced-quote 1:4 \"a\" ,c", "2@7[d]"});
    CHECK(read("a,5\" pipe\nd\n") == Lines{"1@0!misplaced-quote 1:4 a,5\" pipe", "2@10[d]"});
    CHECK(read("a, \"b\"\nd\n") == Lines{"1@0!misplaced-quote 1:4 a, \"b\"", "2@7[d]"});
}

TEST_CASE("csv: a fault behind a quoted line end names its own line") {
    CHECK(read("\"a\nb\",c\"d\ne\n") == Lines{"1@0!misplaced-quote 2:5 b\",c\"d", "3@10[e]"});
}

TEST_CASE("csv: bytes that are not UTF-8 spoil their row only") {
    CHECK(read("a\nb\xE9,c\nd\n") == Lines{"1@0[a]", "2@2!not-utf8 2:2 b?,c", "3@7[d]"});
    CHECK(read("\"a\nb\xC3\",c\nd\n") == Lines{"1@0!not-utf8 2:2 b?\",c", "3@9[d]"});
}

TEST_CASE("csv: control characters spoil their row only; tabs in cells are text") {
    CHECK(read("a\0b\nc\n"s) == Lines{"1@0!control-character 1:2 a\0b"s, "2@4[c]"});
    CHECK(read("a\x1B[1m\nc\n") == Lines{"1@0!control-character 1:2 a\x1B[1m", "2@6[c]"});
    CHECK(read("a\x7F\nc\n") == Lines{"1@0!control-character 1:2 a\x7F", "2@3[c]"});
    CHECK(read("\"a\rb\"\nc\n") == Lines{"1@0!control-character 1:3 \"a\rb\"", "2@6[c]"});
    CHECK(read("a\tb\nc\n") == Lines{"1@0[a\tb]", "2@4[c]"});
}

TEST_CASE("csv: line ends of CR alone are one faulty line") {
    CHECK(read("a,b\rc,d\r") == Lines{"1@0!control-character 1:4 a,b\rc,d"});
}

TEST_CASE("csv: UTF-16 in either order is named, and nothing else is read") {
    for (const std::string& bytes : {std::string("\xFF\xFE"
                                                 "a\0\n\0b\0",
                                                 8),
                                     std::string("\xFE\xFF\0a\0\n\0b", 8)}) {
        MemorySource source(bytes);
        CsvReader reader("list.csv", source);
        const CsvRecord* record = reader.next();
        REQUIRE(record != nullptr);
        REQUIRE(record->fault);
        CHECK(record->fault->id == "not-utf8");
        CHECK(record->fault->message == "the file is UTF-16, not UTF-8");
        CHECK(record->fault->hint.find("CSV UTF-8") != std::string::npos);
        CHECK(reader.next() == nullptr);
    }
}

TEST_CASE("csv: a row longer than allowed is a fault, and the next line is read") {
    std::string bytes = "a\n" + std::string(5000, 'x') + "\nb\n";
    for (std::size_t block : {1u, 7u, 100u, 10000u}) {
        auto lines = read(bytes, {.block = block, .longest_record = 1000});
        REQUIRE(lines.size() == 3);
        CHECK(lines[1].starts_with("2@2!oversized-row 2:1 xxx"));
        CHECK(lines[2] == "3@5003[b]");
    }
    CHECK(read("abc\nd\n", {.longest_record = 4}) == Lines{"1@0[abc]", "2@4[d]"});
    CHECK(read("abcd\nd\n", {.longest_record = 4}).front().starts_with("1@0!oversized-row"));
}

TEST_CASE("csv: excerpts of very long lines are bounded") {
    MemorySource source("a" + std::string(900000, 'x') + "\"\n");
    CsvReader reader("list.csv", source);
    const CsvRecord* record = reader.next();
    REQUIRE(record != nullptr);
    REQUIRE(record->fault);
    CHECK(record->fault->place == Place{"list.csv", 1, 900002});
    CHECK(record->fault->excerpt.size() < 2000);
    CHECK(reader.beginning().size() < 100);
}

TEST_CASE("csv: where the blocks of a file end makes no difference") {
    const auto whole = read(kMixed);
    REQUIRE(whole.size() == 14);
    for (std::size_t chunk = 1; chunk <= kMixed.size(); ++chunk) {
        CAPTURE(chunk);
        CHECK(read(kMixed, {}, chunk) == whole);
        CHECK(read(kMixed, {.block = chunk}) == whole);
    }
}

TEST_CASE("csv: a file cut at any byte is read to its end, with the same rows before the cut") {
    const auto whole = read(kMixed);
    for (std::size_t cut = 0; cut < kMixed.size(); ++cut) {
        CAPTURE(cut);
        auto lines = read(kMixed.substr(0, cut));
        CHECK(lines.size() <= whole.size() + 1);
        for (std::size_t i = 0; i + 2 < lines.size(); ++i) CHECK(lines[i] == whole[i]);
    }
}

TEST_CASE("csv: a record is found again by its offset") {
    MemorySource source(kMixed);
    CsvReader first("list.csv", source);
    while (const CsvRecord* record = first.next()) {
        CsvReader again("list.csv", source, {.block = 16});
        again.seek(record->offset, record->line);
        const CsvRecord* same = again.next();
        REQUIRE(same != nullptr);
        CHECK(summary_of(*same) == summary_of(*record));
    }
}

TEST_CASE("csv: quotes opened on every line are read in linear time") {
    // Each line leaves a quote open and would be closed, wrongly, by the next one.
    std::string bytes;
    for (int i = 0; i < 200000; ++i) bytes += "z\",y,\"w\n";
    CHECK(read(bytes).size() == 200000);
    bytes.clear();
    for (int i = 0; i < 200000; ++i) bytes += "\"w\n";
    CHECK(read(bytes).size() >= 100000);
}

#include "campaign/source_file.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "unit/campaign/workspace_folder.h"

namespace tocsin {

TEST_CASE("a byte that is not UTF-8 is reported at its place, and the rest is still read") {
    Findings findings;
    auto clean = clean_source(SourceText("f.yaml", "a: b\nfrom: Jos\xE9 <x>\nc: \xFF\n"), findings);
    CHECK(testing::report(findings) ==
          "f.yaml:2:10: error: this byte is not UTF-8 [not-utf8]\n"
          "  from: Jos? <x>\n"
          "           ^\n"
          "  hint: save the file as UTF-8, not as Latin-1 or Windows-1252\n");
    REQUIRE(clean);
    CHECK(clean->text() == "a: b\nfrom: Jos? <x>\nc: ?\n");
}

TEST_CASE("UTF-16 is not read at all") {
    for (const std::string& text : {std::string("\xFF\xFE"
                                                "a\0",
                                                4),
                                    std::string("\xFE\xFF\0a", 4), std::string("a\0b\0", 4)}) {
        Findings findings;
        CHECK_FALSE(clean_source(SourceText("f.yaml", text), findings));
        CHECK(testing::report(findings) ==
              "f.yaml:1: error: the file is not UTF-8 text [not-utf8]\n"
              "  hint: save it as UTF-8, not as UTF-16\n");
    }
}

TEST_CASE("a byte order mark does not count as a column") {
    Findings findings;
    auto clean = clean_source(SourceText("f.yaml",
                                         "\xEF\xBB\xBF"
                                         "a: b\n"),
                              findings);
    REQUIRE(clean);
    CHECK(clean->text() == "a: b\n");
    CHECK(findings.empty());
}

TEST_CASE("control characters become question marks; tabs and CRLF stay") {
    Findings findings;
    auto clean = clean_source(SourceText("f",
                                         "a\tb\r\nc\rd\x04\x1B\xC2\x85\x7F"
                                         "e\r"),
                              findings);
    REQUIRE(clean);
    CHECK(clean->text() == "a\tb\r\nc?d?????e?");
    CHECK(testing::ids(findings) == "2:2 control-character");
}

TEST_CASE("a large file of nothing but bad bytes is read in linear time") {
    Findings findings;
    auto clean = clean_source(SourceText("f", std::string(kLargestSource, '\xFF')), findings);
    REQUIRE(clean);
    CHECK(clean->text() == std::string(kLargestSource, '?'));
}

TEST_CASE("files that are missing, too large or no files") {
    testing::WorkspaceFolder folder;
    Findings findings;
    CHECK_THROWS_AS(load_source(folder.path() / "none.yaml", "none.yaml", findings), MissingInput);
    CHECK_THROWS_AS(load_source(folder.path(), ".", findings), ConfigError);
    auto large = folder.write("large.yaml", std::string(kLargestSource + 1, '#'));
    CHECK_FALSE(load_source(large, "large.yaml", findings));
    CHECK(testing::report(findings) ==
          "large.yaml: error: the file is larger than 4 MiB [too-large]\n"
          "  hint: long data belongs into a list\n");
}

}  // namespace tocsin

#include "audience/audience.h"

#include <cstdio>
#include <doctest/doctest.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "unit/audience/lists_folder.h"

using namespace tocsin;
using namespace tocsin::testing;

using Lines = std::vector<std::string>;

TEST_CASE("audience: rows come in order, trimmed, with line and columns") {
    ListsFolder folder;
    folder.write("a.csv",
                 "first_name, email ,town\n Ann ,\tann@a.example ,\"Old\nTown\"\n\n"
                 "Bob,bob@b.example,\n");
    Findings findings;
    auto audience = folder.open({"a.csv"}, {}, findings);
    REQUIRE(audience);
    CHECK(audience->columns() == Columns{"first_name", "town"});
    std::vector<Place> places;
    audience->for_each([&](const AudienceRow& row) { places.push_back(row.place); },
                       [](const InvalidRow&) {}, findings);
    CHECK(places == std::vector<Place>{{"a.csv", 2, 1}, {"a.csv", 5, 1}});
    auto outcome = read_all(*audience);
    CHECK(outcome.people == Lines{"ann@a.example|Ann|Old\nTown", "bob@b.example|Bob|"});
    CHECK(findings.empty());
    CHECK(outcome.findings.empty());
}

TEST_CASE("audience: several lists unite their columns, and no cell strays to another person") {
    ListsFolder folder;
    folder.write("a.csv", "email,name,town\na@x.example,Ann,Harbourtown\n");
    folder.write("b.tsv", "party\temail\tname\nGreen\tb@x.example\tBob\n");
    folder.write("c.csv", "email\nc@x.example\n");
    Findings findings;
    auto audience = folder.open({"a.csv", "b.tsv", "c.csv"}, {}, findings);
    REQUIRE(audience);
    CHECK(audience->columns() == Columns{"name", "town", "party"});
    CHECK(read_all(*audience).people ==
          Lines{"a@x.example|Ann|Harbourtown|", "b@x.example|Bob||Green", "c@x.example|||"});
}

TEST_CASE("audience: an address in another case, script or list is the same person") {
    ListsFolder folder;
    folder.write("a.csv",
                 "email,n\nAnn@A.example,1\nann@a.EXAMPLE,2\nx@b\xC3\xBC"
                 "cher.example,3\n");
    folder.write("b.csv", "n,email\n4,X@xn--bcher-kva.example\n5,ANN@a.example\n6,new@a.example\n");
    Findings findings;
    auto audience = folder.open({"a.csv", "b.csv"}, {}, findings);
    REQUIRE(audience);
    for (int reading = 0; reading < 2; ++reading) {
        auto outcome = read_all(*audience);
        CHECK(outcome.people == Lines{"Ann@A.example|1",
                                      "x@b\xC3\xBC"
                                      "cher.example|3",
                                      "new@a.example|6"});
        CHECK(outcome.duplicates == 3);
        CHECK(outcome.findings.empty());
    }
}

TEST_CASE("audience: every bad row is one invalid row and one error at its place") {
    ListsFolder folder;
    folder.write("a.csv",
                 "n,email\n"
                 "1,good@a.example\n"
                 "2, no-at.example\n"
                 "3\n"
                 "4,d@a.example,x\n"
                 "5,\n"
                 "6,f@a.ex\xE9mple\n"
                 "7,\"g@a.example\n"
                 "8,h@a.example\n"
                 "5\",i@a.example\n"
                 "9,j@a.example\x01\n"
                 ",\n");
    Findings findings;
    auto audience = folder.open({"a.csv"}, {}, findings);
    REQUIRE(audience);
    auto outcome = read_all(*audience);
    CHECK(outcome.people == Lines{"good@a.example|1", "h@a.example|8"});
    CHECK(places(outcome.findings) ==
          Lines{"a.csv:3:4 invalid-address", "a.csv:4:1 short-row", "a.csv:5:15 extra-cells",
                "a.csv:6:3 invalid-address", "a.csv:7:9 not-utf8", "a.csv:8:3 unclosed-quote",
                "a.csv:10:2 misplaced-quote", "a.csv:11:14 control-character"});
    REQUIRE(outcome.invalid.size() == 8);
    CHECK(outcome.invalid[0].starts_with("3 no-at.example: this is no mail address: "));
    CHECK(outcome.invalid[1] == "4 3: the row has 1 cell, the header has 2");
    CHECK(outcome.invalid[2] == "5 4,d@a.example,x: the row has 3 cells, the header has 2");
    CHECK(outcome.invalid[3] == "6 5,: the row has no address");
    CHECK(outcome.invalid[4] == "7 6,f@a.ex?mple: this is not UTF-8");
    CHECK(outcome.invalid[7] == "11 9,j@a.example?: there is a control character");
    CHECK(outcome.findings.all()[0].excerpt == "2, no-at.example");
    for (const Finding& finding : outcome.findings.all()) {
        CHECK(is_row_fault(finding.id));
        CHECK(finding.severity == Severity::kError);
    }
}

TEST_CASE("audience: a quote too many loses its own row, and nobody below it") {
    ListsFolder folder;
    folder.write("a.csv",
                 "email,n\n"
                 "a@a.example,\"open\n"
                 "b@a.example,2\n"
                 "c@a.example,\"3\"\n"
                 "\"d@a.example\n"
                 "e@a.example\",5\n"
                 "f@a.example,\"six\nlines\"\n"
                 "g@a.example,\"7\",\n");
    Findings findings;
    auto audience = folder.open({"a.csv"}, {}, findings);
    REQUIRE(audience);
    auto outcome = read_all(*audience);
    CHECK(outcome.people == Lines{"b@a.example|2", "c@a.example|3", "f@a.example|six\nlines"});
    CHECK(places(outcome.findings) == Lines{"a.csv:2:13 unclosed-quote", "a.csv:5:1 unclosed-quote",
                                            "a.csv:6:12 misplaced-quote",
                                            "a.csv:9:17 extra-cells"});
    CHECK(outcome.invalid.size() == 4);
}

TEST_CASE("audience: rows of separators only, as spreadsheets leave them, are no rows") {
    ListsFolder folder;
    folder.write("a.csv", "email,n\n,\n , \na@a.example,1\n\"\",\"\"\n,\n,,\n");
    Findings findings;
    auto audience = folder.open({"a.csv"}, {}, findings);
    REQUIRE(audience);
    auto outcome = read_all(*audience);
    CHECK(outcome.people == Lines{"a@a.example|1"});
    CHECK(outcome.findings.empty());
}

TEST_CASE("audience: the excluded are named with the list that does it") {
    ListsFolder folder;
    folder.write("a.csv", "email,n\na@a.example,1\nb@a.example,2\nc@a.example,3\nA@a.example,4\n");
    folder.write("x.csv", "First name,E-MAIL,EMAIL\nx,y,B@a.example\n");
    folder.write("y.csv", "email\nb@a.example\nA@A.example\nnobody@a.example\n");
    Findings findings;
    auto audience = folder.open({"a.csv"}, {"x.csv", "y.csv"}, findings);
    REQUIRE(audience);
    auto outcome = read_all(*audience);
    CHECK(outcome.people == Lines{"a@a.example|1 excluded by y.csv",
                                  "b@a.example|2 excluded by x.csv", "c@a.example|3"});
    CHECK(outcome.duplicates == 1);
    CHECK(outcome.findings.empty());
}

TEST_CASE("audience: an exclusion that cannot be read is an error, and no row fault") {
    ListsFolder folder;
    folder.write("a.csv", "email\na@a.example\n");
    folder.write("x.csv", "email,n\na(at)a.example,1\nshort@a.example\n\"b@a.example,2\n");
    Findings findings;
    auto audience = folder.open({"a.csv"}, {"x.csv"}, findings);
    REQUIRE(audience);
    auto outcome = read_all(*audience);
    CHECK(outcome.people == Lines{"a@a.example"});
    CHECK(outcome.invalid.empty());
    CHECK(places(outcome.findings) == Lines{"x.csv:2:1 invalid-exclusion",
                                            "x.csv:3:1 invalid-exclusion",
                                            "x.csv:4:1 invalid-exclusion"});
    CHECK(outcome.findings.errors() == 3);
    CHECK_FALSE(is_row_fault("invalid-exclusion"));
    CHECK(outcome.findings.all()[1].message ==
          "this row excludes nobody: the row has 1 cell, the header has 2");
}

TEST_CASE("audience: a list without rows warns, an exclusion without rows is fine") {
    ListsFolder folder;
    folder.write("a.csv", "email\n");
    folder.write("x.csv", "email\n");
    Findings findings;
    auto audience = folder.open({"a.csv"}, {"x.csv"}, findings);
    REQUIRE(audience);
    auto outcome = read_all(*audience);
    CHECK(places(outcome.findings) == Lines{"a.csv:0:0 empty-list"});
    CHECK(outcome.findings.errors() == 0);
}

TEST_CASE("audience: missing files, folders and FIFOs are findings in the campaign") {
    ListsFolder folder;
    std::filesystem::create_directory(folder.path() / "folder.csv");
    REQUIRE(::mkfifo((folder.path() / "fifo.csv").c_str(), 0600) == 0);
    folder.write("a.csv", "email\n");
    Findings gone, twice, beyond;
    CHECK_FALSE(folder.open({"gone.csv", "folder.csv"}, {}, gone));
    CHECK(places(gone) == Lines{"c.yaml:7:11 missing-file", "c.yaml:7:11 not-a-file"});
    CHECK(gone.all()[0].message == "there is no file gone.csv");
    CHECK_FALSE(folder.open({"a.csv", "./a.csv"}, {"fifo.csv"}, twice));
    CHECK(places(twice) == Lines{"c.yaml:7:11 repeated-list", "c.yaml:7:11 not-a-file"});
    CHECK_FALSE(folder.open({"a.csv"}, {"a.csv/b.csv"}, beyond));
    CHECK(places(beyond) == Lines{"c.yaml:7:11 missing-file"});
}

TEST_CASE("audience: headers of all lists and exclusions are judged in one go") {
    ListsFolder folder;
    folder.write("a.csv", "e-mail\n");
    folder.write("b.csv", "email;n\n");
    folder.write("x.csv", "");
    Findings findings;
    CHECK_FALSE(folder.open({"a.csv", "b.csv"}, {"x.csv"}, findings));
    CHECK(places(findings) ==
          Lines{"a.csv:1:1 no-email-column", "b.csv:1:6 wrong-separator", "x.csv:1:1 empty-list"});
}

TEST_CASE("audience: earlier errors of others do not keep a good list closed") {
    ListsFolder folder;
    folder.write("a.csv", "email\na@a.example\n");
    Findings findings;
    findings.add({});
    CHECK(folder.open({"a.csv"}, {}, findings));
}

TEST_CASE("audience: a list that changes while it is read is an error") {
    ListsFolder folder;
    folder.write("a.csv", "email\na@a.example\nb@a.example\n");
    Findings findings;
    auto audience = folder.open({"a.csv"}, {}, findings);
    REQUIRE(audience);
    folder.write("a.csv", "email\na@a.example\n");
    auto outcome = read_all(*audience);
    CHECK(outcome.people == Lines{"a@a.example"});
    CHECK(places(outcome.findings) == Lines{"a.csv:0:0 changed-list"});
    CHECK_FALSE(is_row_fault("changed-list"));
}

TEST_CASE("audience: what is appended after opening is not read") {
    ListsFolder folder;
    folder.write("a.csv", "email\na@a.example\n");
    Findings findings;
    auto audience = folder.open({"a.csv"}, {}, findings);
    REQUIRE(audience);
    std::ofstream(folder.path() / "a.csv", std::ios::app) << "b@a.example\n";
    auto outcome = read_all(*audience);
    CHECK(outcome.people == Lines{"a@a.example"});
    CHECK(places(outcome.findings) == Lines{"a.csv:0:0 changed-list"});
}

TEST_CASE("audience: thousands of duplicates across blocks are all found") {
    ListsFolder folder;
    constexpr int kPeople = 20000;
    for (const char* name : {"a.csv", "b.csv"}) {
        std::ofstream file(folder.path() / name);
        file << "email,note\n";
        for (int i = 0; i < kPeople; ++i) {
            file << (name[0] == 'a' ? "person" : "PERSON") << i << "@a.example,\"multi\nline\"\n";
        }
    }
    Findings findings;
    auto audience = folder.open({"a.csv", "b.csv"}, {"b.csv"}, findings);
    REQUIRE(audience);
    std::size_t excluded = 0;
    std::size_t people = 0;
    audience->for_each(
        [&](const AudienceRow& row) {
            ++people;
            excluded += row.excluded ? 1 : 0;
        },
        [](const InvalidRow&) {}, findings);
    CHECK(people == kPeople);
    CHECK(excluded == kPeople);
    CHECK(audience->duplicates() == kPeople);
    CHECK(findings.empty());
}

TEST_CASE("audience: lists that no index has places for are refused before a row is read") {
    ListsFolder folder;
    folder.write("a.csv", "email\na@a.example\n");
    std::filesystem::resize_file(folder.path() / "a.csv", std::uint64_t{1} << 40);
    Findings findings;
    auto audience = folder.open({"a.csv"}, {}, findings);
    REQUIRE(audience);
    CHECK_THROWS_WITH_AS(read_all(*audience), "the lists are larger than a tebibyte together",
                         Error);
}

TEST_CASE("audience: a cell in which nobody sees anything is empty") {
    ListsFolder folder;
    folder.write("a.csv",
                 "email,name,town\n"
                 "ann@x.example,\u200B,\u00A0 \u3000\n"
                 "bob@x.example,\u200BBob,\"\u2003Port\"\n"
                 "\u00A0,\u200B,\n");
    Findings findings;
    auto audience = folder.open({"a.csv"}, {}, findings);
    REQUIRE(audience);
    Outcome outcome = read_all(*audience);
    CHECK(outcome.people ==
          std::vector<std::string>{"ann@x.example||", "bob@x.example|\u200BBob|\u2003Port"});
    CHECK(outcome.invalid.empty());
}

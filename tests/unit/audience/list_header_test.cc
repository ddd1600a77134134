#include "audience/list_header.h"

#include <doctest/doctest.h>
#include <string>

#include "audience/list_file.h"
#include "unit/audience/lists_folder.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

struct Read {
    std::optional<ListFile> list;
    Findings findings;
    std::vector<std::string> found() const { return places(findings); }
    const Finding& first() const { return findings.all().at(0); }
};

Read read(const std::string& bytes, const std::string& name = "l.csv",
          ListUse use = ListUse::kRecipients) {
    Read result;
    result.list = read_list(name, std::make_unique<MemorySource>(bytes), use, result.findings);
    // A header is either used or complained of, never both.
    CHECK(result.list.has_value() == result.findings.empty());
    return result;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("header: names are trimmed, `email` may be in any case and place") {
    auto result = read(" first_name ,\" E-Mail2 \",EMail\nrow\n");
    REQUIRE(result.list);
    CHECK(result.list->header.email == 2);
    CHECK(result.list->header.names == Lines{"first_name", "E-Mail2", "EMail"});
    CHECK(result.list->rows_line == 2);
}

TEST_CASE("header: rows begin behind its last line, also behind a byte order mark") {
    auto result = read("\xEF\xBB\xBF\r\nemail,\"a\"\r\nx\n");
    REQUIRE(result.list);
    CHECK(result.list->rows_at == 16);
    CHECK(result.list->rows_line == 3);
}

TEST_CASE("header: an empty file") {
    CHECK(read("").found() == Lines{"l.csv:1:1 empty-list"});
    CHECK(read("\xEF\xBB\xBF\n\n").found().size() == 1);
}

TEST_CASE("header: no `email`, with the name that was meant") {
    auto mistyped = read("first_name,e-mail\n");
    CHECK(mistyped.found() == Lines{"l.csv:1:1 no-email-column"});
    CHECK(mistyped.first().message == "there is no column `email`");
    CHECK(mistyped.first().hint == "did you mean `e-mail`? Name that column `email`");
    CHECK(read("Mail address_x,b\n").first().id == "no-email-column");
    CHECK(read("b,Your_Mail_Address\n").first().hint ==
          "did you mean `Your_Mail_Address`? Name that column `email`");
    CHECK(read("name,town\n").first().hint == "name the column that holds the addresses `email`");
}

TEST_CASE("header: `email` twice, in whatever case") {
    CHECK(read("email,a,EMAIL\n").found() == Lines{"l.csv:1:9 duplicate-column"});
}

TEST_CASE("header: the same column twice") {
    CHECK(read("a,email,b,a\n").found() == Lines{"l.csv:1:11 duplicate-column"});
    CHECK(read("a,email,A\n").list.has_value());
}

TEST_CASE("header: names that a merge field cannot have, each with what to call it") {
    auto result = read(
        "email,First name,2nd,stra\xC3\x9F"
        "e,,a.b,\xE5\x90\x8D\n");
    CHECK(result.found() == Lines{"l.csv:1:7 column-name", "l.csv:1:18 column-name",
                                  "l.csv:1:22 column-name", "l.csv:1:30 column-name",
                                  "l.csv:1:31 column-name", "l.csv:1:35 column-name"});
    const auto& all = result.findings.all();
    CHECK(all[0].hint.starts_with("rename it to `First_name`: "));
    CHECK(all[1].hint.starts_with("rename it to `_2nd`: "));
    CHECK(all[2].hint.starts_with("rename it to `stra_e`: "));
    CHECK(all[3].message == "column 5 has no name");
    CHECK(all[4].hint.starts_with("rename it to `a_b`: "));
    CHECK(all[5].hint.starts_with("rename it: "));
}

TEST_CASE("header: names of built-ins") {
    for (const char* name :
         {"unsubscribe_url", "view_url", "organisation", "campaign", "capitalize", "urlencode"}) {
        CHECK(read("email," + std::string(name) + "\n").found() ==
              Lines{"l.csv:1:7 builtin-column"});
    }
}

TEST_CASE("header: a first line that is a row") {
    CHECK(read("Ann,ann@a.example,x\nBob,bob@a.example,y\n").found() ==
          Lines{"l.csv:1:5 no-header"});
    CHECK(read("ann@a.example\n").found() == Lines{"l.csv:1:1 no-header"});
}

TEST_CASE("header: the wrong separator is named") {
    auto semicolons = read("email;first_name\na@b.example;Ann\n");
    CHECK(semicolons.found() == Lines{"l.csv:1:6 wrong-separator"});
    CHECK(semicolons.first().message == "columns are separated by `;`, not `,`");
    CHECK(read("email\tfirst_name\n").first().message == "columns are separated by tabs");
    CHECK(read("email,first_name\n", "l.TSV").first().message ==
          "columns are separated by `,`, not tabs");
    CHECK(read("email\tfirst_name\n", "l.TSV").list.has_value());
    CHECK(read("email\n").list.has_value());
}

TEST_CASE("header: quotes, bytes and encodings that are wrong") {
    using namespace std::string_literals;
    CHECK(read("email,\"a\nb@c.example,x\n").found() == Lines{"l.csv:1:7 unclosed-quote"});
    CHECK(read("email,\"a\"b\n").found() == Lines{"l.csv:1:10 misplaced-quote"});
    CHECK(read("email,\xE9\n").found() == Lines{"l.csv:1:7 not-utf8"});
    CHECK(read("\xFF\xFE"s + "e\0m\0"s).found() == Lines{"l.csv:1:1 not-utf8"});
    CHECK(read("e\0m\0\n\0"s).found() == Lines{"l.csv:1:2 control-character"});
    CHECK(read("email,a\rb@c.example,x\r").found() == Lines{"l.csv:1:8 control-character"});
}

TEST_CASE("header: more columns than anything can use") {
    std::string header = "email";
    for (int i = 0; i < 2000; ++i) header += ",c" + std::to_string(i);
    CHECK(read(header + "\n").first().id == "too-many-columns");
}

TEST_CASE("header: of an exclusion only `email` counts") {
    CHECK(read("First name,email,,unsubscribe_url,,x,x\n", "l.csv", ListUse::kExclusion)
              .list.has_value());
    CHECK(read("e-mail,x\n", "l.csv", ListUse::kExclusion).found() ==
          Lines{"l.csv:1:1 no-email-column"});
    CHECK(read("email,email\n", "l.csv", ListUse::kExclusion).found() ==
          Lines{"l.csv:1:7 duplicate-column"});
}

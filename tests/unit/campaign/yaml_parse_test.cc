#include "campaign/yaml_parse.h"

#include <doctest/doctest.h>

#include "campaign/source_file.h"
#include "unit/campaign/workspace_folder.h"

namespace tocsin {
namespace {

using testing::report;

// The report on a text, or nothing where it is fine.
std::string report_on(const std::string& text) {
    Findings findings;
    auto clean = clean_source(SourceText("f.yaml", text), findings);
    if (clean) parse_yaml(*clean, findings);
    return report(findings);
}

YamlNode parsed(const std::string& text) {
    Findings findings;
    return parse_yaml(SourceText("f.yaml", text), findings).root;
}

}  // namespace

TEST_CASE("a duplicate key names the line of the first, at every level") {
    CHECK(report_on("a: 1\nb: {c: 1, c: 2}\n'a': 3\n") ==
          "f.yaml:2:11: error: `c` stands here a second time; the first is in line 2 "
          "[duplicate-key]\n"
          "  b: {c: 1, c: 2}\n"
          "            ^\n"
          "  hint: keep one of them\n"
          "f.yaml:3:1: error: `a` stands here a second time; the first is in line 1 "
          "[duplicate-key]\n"
          "  'a': 3\n"
          "  ^\n"
          "  hint: keep one of them\n");
}

TEST_CASE("a second document") {
    CHECK(report_on("a: 1\n---\nb: 2\n") ==
          "f.yaml:2:1: error: a second document begins here [second-document]\n"
          "  ---\n"
          "  ^\n"
          "  hint: keep one document a file\n");
}

TEST_CASE("one document between `---` and `...` is fine") {
    CHECK(report_on("---\na: 1\n...\n# end\n") == "");
}

TEST_CASE("what yaml-cpp takes for a second document without `---`") {
    CHECK(report_on(" a: 1\nb: 2\n") ==
          "f.yaml:2:1: error: this does not fit what stands above it [yaml-syntax]\n"
          "  b: 2\n"
          "  ^\n"
          "  hint: check the indentation, and that brackets close where they should\n");
}

TEST_CASE("a comma alone, on which yaml-cpp would never stop") {
    CHECK(report_on(",\n") ==
          "f.yaml:1:1: error: this does not fit what stands above it [yaml-syntax]\n"
          "  ,\n"
          "  ^\n"
          "  hint: check the indentation, and that brackets close where they should\n");
}

TEST_CASE("anchors, aliases, merge keys and tags") {
    CHECK(report_on("a: &x 1\nb: *x\nc: {<<: {d: 1}}\ne: !!int 5\nf: ! g\n") ==
          "f.yaml:1:4: error: anchors are not allowed: `&x` [anchor]\n"
          "  a: &x 1\n"
          "     ^\n"
          "  hint: write the value out at each place that needs it\n"
          "f.yaml:2:4: error: aliases are not allowed [alias]\n"
          "  b: *x\n"
          "     ^\n"
          "  hint: write the value out here\n"
          "f.yaml:3:5: error: merging with `<<` is not allowed [merge-key]\n"
          "  c: {<<: {d: 1}}\n"
          "      ^\n"
          "  hint: write the keys out here\n"
          "f.yaml:4:4: error: tags are not allowed [tag]\n"
          "  e: !!int 5\n"
          "     ^\n"
          "  hint: put text that begins with `!` in quotes\n"
          "f.yaml:5:4: error: tags are not allowed [tag]\n"
          "  f: ! g\n"
          "     ^\n"
          "  hint: put text that begins with `!` in quotes\n");
}

TEST_CASE("a bold word in Markdown style is no alias but must be quoted") {
    CHECK(report_on("a: *now*\n") ==
          "f.yaml:1:4: error: aliases are not allowed [yaml-syntax]\n"
          "  a: *now*\n"
          "     ^\n"
          "  hint: put text that begins with `*` in quotes, or write the value out here\n");
}

TEST_CASE("a quote that swallows the rest of the file") {
    const char* expected =
        "f.yaml:2:4: error: the quote opened here is not closed on its line [unclosed-quote]\n"
        "  b: \"x\n"
        "     ^\n"
        "  hint: close it; longer text can stand below a `|`, indented and without quotes\n";
    CHECK(report_on("a: 1\nb: \"x\nc: y\n") == expected);
    CHECK(report_on("a: 1\nb: \"x\nc: \"y\"\nd: z\n") == expected);
    CHECK(report_on("a: 1\nb: \"x\nc: it's \"y\n") == expected);
}

TEST_CASE("a quote left open at the very end") {
    CHECK(report_on("a: 'it''s'\nb: 'x") ==
          "f.yaml:2:4: error: the quote opened here is never closed [unclosed-quote]\n"
          "  b: 'x\n"
          "     ^\n");
}

TEST_CASE("texts over several lines stand below a `|`") {
    CHECK(report_on("a: |\n  one \"two\n  three\nb: >-\n  one\n  two\n") == "");
    CHECK(parsed("b: >-\n  one\n  two\n").members[0].value.text == "one two");
}

TEST_CASE("a template without quotes") {
    const char* expected =
        "f.yaml:1:4: error: text that begins with `{{` must stand in quotes "
        "[unquoted-template]\n";
    CHECK(report_on("a: {{name}}\n").starts_with(expected));
    CHECK(report_on("a: {{name}}, hello\n").starts_with(expected));
    CHECK(report_on("a: {{#name}}x{{/name}}\n").starts_with(expected));
    CHECK(report_on("a: {{name}}, hello\nb: 1\n").find("yaml-syntax") == std::string::npos);
}

TEST_CASE("a tab that indents") {
    const char* expected =
        "f.yaml:2:1: error: a tab cannot indent [yaml-syntax]\n"
        "   b: 1\n"
        "  ^\n"
        "  hint: use spaces\n";
    CHECK(report_on("a:\n\tb: 1\n") == expected);
    CHECK(report_on("a: 1\n\tb: 1\n") == expected);
}

TEST_CASE("brackets that are never closed are shown where they open") {
    CHECK(report_on("a: [x, y\nb: c\n") ==
          "f.yaml:1:4: error: `[` is opened here and never closed [yaml-syntax]\n"
          "  a: [x, y\n"
          "     ^\n"
          "  hint: close it, or put the text in quotes\n");
    CHECK(report_on("a: {x: y\n").starts_with("f.yaml:1:4: error: `{` is opened here"));
}

TEST_CASE("a colon in unquoted text") {
    CHECK(report_on("subject: Tonight: vote\n") ==
          "f.yaml:1:17: error: a `:` is not expected here [yaml-syntax]\n"
          "  subject: Tonight: vote\n"
          "                  ^\n"
          "  hint: put text that holds `: ` in quotes; check the indentation and the line "
          "above\n");
}

TEST_CASE("characters that need quotes") {
    CHECK(report_on("a: @home\n") ==
          "f.yaml:1:4: error: `@` cannot stand here without quotes [yaml-syntax]\n"
          "  a: @home\n"
          "     ^\n"
          "  hint: put the whole text in quotes\n");
    CHECK(report_on("a: {url: https://x.example/?q=1}\n") ==
          "f.yaml:1:28: error: `?` cannot stand here without quotes [yaml-syntax]\n"
          "  a: {url: https://x.example/?q=1}\n"
          "                             ^\n"
          "  hint: put the whole text in quotes\n");
}

TEST_CASE("a backslash in double quotes") {
    CHECK(report_on("a: \"C:\\files\\quay\"\n") ==
          "f.yaml:1:15: error: this escape does not exist [yaml-syntax]\n"
          "  a: \"C:\\files\\quay\"\n"
          "                ^\n"
          "  hint: in double quotes write `\\\\` for a backslash, or use single quotes\n");
}

TEST_CASE("control characters, raw and as escapes") {
    CHECK(report_on("a: b\x07\n") ==
          "f.yaml:1:5: error: a control character stands here [control-character]\n"
          "  a: b?\n"
          "      ^\n"
          "  hint: delete it\n");
    for (std::string escape : {"\\0", "\\e", "\\x7f", "\\r", "\\N", "\\_", "\\u0085"}) {
        CAPTURE(escape);
        CHECK(report_on("a: \"" + escape + "\"\n")
                  .starts_with("f.yaml:1:4: error: this text holds a control character, as an "
                               "escape [control-character]\n"));
    }
    CHECK(report_on("a: \"\\t\\n\\\"\\u00e9\"\n") == "");
}

TEST_CASE("directives") {
    CHECK(report_on("# first\n%TAG ! x\n---\na: 1\n") ==
          "f.yaml:2:1: error: YAML directives are not allowed [directive]\n"
          "  %TAG ! x\n"
          "  ^\n"
          "  hint: delete this line\n");
}

TEST_CASE("keys that are no text") {
    CHECK(report_on("? [a]\n: b\n~: c\n") ==
          "f.yaml:1:3: error: a key must be a word [bad-key]\n"
          "  ? [a]\n"
          "    ^\n"
          "f.yaml:3:1: error: a key must be a word [bad-key]\n"
          "  ~: c\n"
          "  ^\n");
}

TEST_CASE("nesting deeper than 64") {
    std::string deepest = std::string(64, '[') + std::string(64, ']');
    CHECK(report_on(deepest) == "");
    std::string expected = "f.yaml:1:65: error: lists and maps are nested more than 64 deep";
    CHECK(report_on("[" + deepest + "]").starts_with(expected));
    for (std::string opening : {"[", "{", "- ", "? ", "{a: ", "[{"}) {
        std::string text;
        while (text.size() < 100'000) text += opening;
        CAPTURE(opening);
        CHECK(report_on(text).find("nested more than 64 deep [too-deep]") != std::string::npos);
    }
}

TEST_CASE("several faults in one file are reported in one run") {
    Findings findings;
    std::string text = "a: 1\na: 2\nb: &x y\nc: *x\nd: {<<: z}\ne: \"open\nf: g\nh: \"i\"\nj: k\n";
    YamlDocument document = parse_yaml(SourceText("f.yaml", text), findings);
    CHECK(testing::ids(findings) ==
          "2:1 duplicate-key, 3:4 anchor, 4:4 alias, 5:5 merge-key, 6:4 unclosed-quote");
    CHECK_FALSE(document.whole);
}

TEST_CASE("after a syntax error, what stands before it is kept but for the last value") {
    Findings findings;
    YamlDocument document =
        parse_yaml(SourceText("f.yaml", "a: 1\nb: [x]\nc: d\n  e: f\n"), findings);
    CHECK(testing::ids(findings) == "4:4 yaml-syntax");
    CHECK_FALSE(document.whole);
    REQUIRE(document.root.members.size() == 3);
    CHECK(document.root.members[0].value.text == "1");
    CHECK_FALSE(document.root.members[1].value.broken);
    CHECK(document.root.members[2].value.broken);
}

TEST_CASE("nodes know kind, style and place") {
    YamlNode root = parsed("a: 'x'\nb: |\n  y\nc:\n- ~\n-\nd: 010\n");
    REQUIRE(root.members.size() == 4);
    const YamlNode& quoted = root.members[0].value;
    CHECK(quoted.style == YamlNode::Style::kQuoted);
    CHECK(quoted.offset == 3);
    CHECK(root.members[1].value.style == YamlNode::Style::kBlock);
    CHECK(root.members[1].value.text == "y\n");
    const YamlNode& list = root.members[2].value;
    REQUIRE(list.items.size() == 2);
    CHECK(list.items[0].written);
    CHECK_FALSE(list.items[1].written);
    CHECK(list.items[1].offset == 23);  // its dash
    CHECK(root.members[3].value.text == "010");
    CHECK(root.members[3].offset == 25);
}

TEST_CASE("CRLF line ends do not reach values") {
    YamlNode root = parsed("a: x\r\nb: 'y'\r\nc: |\r\n  z\r\n");
    REQUIRE(root.members.size() == 3);
    CHECK(root.members[0].value.text == "x");
    CHECK(root.members[1].value.text == "y");
    CHECK(root.members[2].value.text == "z\n");
}

}  // namespace tocsin

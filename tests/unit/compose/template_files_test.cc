#include "compose/template_files.h"

#include <doctest/doctest.h>

#include "support/temporary_folder.h"

using namespace tocsin;

TEST_CASE("partial names cannot leave the templates") {
    for (const char* name : {"footer", "parts/footer", "a.b-c_d"}) CHECK(is_partial_name(name));
    for (const char* name :
         {"", "/etc/passwd", "../x", "a/../../x", "./x", "a b", "x\n", "*name"}) {
        CHECK_FALSE(is_partial_name(name));
    }
    CHECK_FALSE(is_partial_name(std::string(500, 'a')));
}

TEST_CASE("a partial is looked for in its includer's kind first") {
    std::map<std::string, std::string> frozen = {
        {"a.html.mustache", "html"}, {"a.mustache", "any"}, {"b.mustache", "any"}};
    auto html = partials_from(files_of(frozen), PartKind::kHtml);
    auto text = partials_from(files_of(frozen), PartKind::kText);
    CHECK(html("a")->text() == "html");
    CHECK(html("a")->name() == "templates/a.html.mustache");
    CHECK(text("a")->text() == "any");
    CHECK(text("b")->text() == "any");
    CHECK_FALSE(text("c"));
}

TEST_CASE("a link that leads out of the templates names nothing") {
    TemporaryFolder folder;
    folder.write("secret.mustache", "secret");
    folder.write("templates/a.mustache", "a");
    std::filesystem::create_symlink(folder.path() / "secret.mustache",
                                    folder.path() / "templates/s.mustache");
    std::map<std::string, std::string> read;
    TemplateFile files = files_in(folder.path() / "templates", read);
    CHECK(files("a.mustache") == "a");
    CHECK_FALSE(files("s.mustache"));
    CHECK(read.size() == 1);
}

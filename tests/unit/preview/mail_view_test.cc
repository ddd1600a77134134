#include "preview/mail_view.h"

#include <doctest/doctest.h>

#include "unit/preview/campaign.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

MailView view(const Ready& ready, std::vector<std::string> cells, const LintIgnore& ignore = {},
              std::string excluded_by = "") {
    return view_mail(ready.content, *ready.composer,
                     {person("ann", std::move(cells)), {"asked for"}, std::move(excluded_by)},
                     ignore, "001.eml", WallTime{});
}

bool finds(const MailView& mail, std::string_view id) {
    for (const Finding& finding : mail.findings.all()) {
        if (finding.id == id) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("parts and source are those of this person, with links that suppress nobody") {
    Ready ready(content_of("{{name}}, act", "<p>{{name}} {{email}} {{unsubscribe_url}}</p>"),
                {"name"});
    MailView mail = view(ready, {"Ann"});
    CHECK(mail.address == "ann@x.example");
    CHECK(mail.parts.subject == "Ann, act");
    CHECK(mail.parts.html == "<p>Ann ann@x.example https://u.harbour.example/u/preview</p>");
    CHECK(has(mail.source, "Subject: Ann, act\r\n"));
    CHECK(has(mail.source, "<https://u.harbour.example/u/preview>"));
    CHECK(mail.gets_none.empty());
}

TEST_CASE("a mail that must not go out is shown, with why") {
    Ready ready(content_of("{{name}}, act", "<p>Dear {{name}},</p>"), {"name"});
    CHECK_FALSE(finds(view(ready, {"Ann"}), "empty-field"));
    MailView mail = view(ready, {""});
    CHECK(finds(mail, "empty-field"));
    CHECK(mail.parts.html == "<p>Dear ,</p>");
}

TEST_CASE("the lint looks at this mail, and ignores what it is told to") {
    Ready ready(content_of("Act", "<p>{{#name}}<script>x</script>{{/name}}</p>"), {"name"});
    CHECK(finds(view(ready, {"Ann"}), "active-content"));
    CHECK_FALSE(finds(view(ready, {""}), "active-content"));
    CHECK_FALSE(finds(view(ready, {"Ann"}, {"active-content"}), "active-content"));
}

TEST_CASE("who is excluded is said to get none") {
    Ready ready(content_of("Act", "<p>x</p>"), {"name"});
    CHECK(view(ready, {""}, {}, "lists/a.csv").gets_none == "excluded by lists/a.csv");
}

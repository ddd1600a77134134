#include "lint/mail.h"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

#include "unit/lint/html_rules.h"

using namespace tocsin;

TEST_CASE("lint mail: a sound mail has no findings") {
    CHECK(lint_of(sound_html("<p>Dear neighbour,</p>")) == std::vector<std::string>{});
}

TEST_CASE("lint mail: the hidden preheader is no finding") {
    Content content = test_content(sound_html(""));
    content.preheader = TemplateText{{"c.yaml", 4, 12}, std::string(110, 'x') + " & more"};
    CHECK(lint_of(std::move(content)) == std::vector<std::string>{});
}

TEST_CASE("lint mail: the hidden preheader does not make a line long, the template does") {
    std::string html = sound_html("");
    html.insert(html.find("</body>"), "\n" + std::string(999, 'x') + "\n");
    Content content = test_content(html);
    content.preheader = TemplateText{{"c.yaml", 4, 12}, std::string(110, 'x')};
    CHECK(lint_of(std::move(content)) == std::vector<std::string>{"long-line 11:1"});
}

TEST_CASE("lint mail: links in their order, with what is seen of them") {
    auto [mail, content] = test_mail(
        "<a href=\" https://a.example/?x=1&amp;y=2 \">One <b>thing</b></a>\n"
        "<a href='#part'>in here</a><a href=\"{{page}}\"><img src=i.png alt=\"The map\"></a>\n"
        "<img src='https://a.example/i.png'>",
        "", {{"page", "https://b.example/"}});
    auto links = links_of(mail, content);
    REQUIRE(links.size() == 2);
    CHECK(links[0].url == "https://a.example/?x=1&y=2");
    CHECK(links[0].text == "One thing");
    CHECK(links[0].place == Place{"templates/t.html.mustache", 1, 10});
    CHECK_FALSE(links[0].personal);
    CHECK(links[1].url == "https://b.example/");
    CHECK(links[1].text == "The map");
    CHECK(links[1].place.line == 2);
    CHECK(links[1].excerpt.find("{{page}}") != std::string::npos);
    CHECK(links[1].personal);
}

TEST_CASE("lint mail: links of the text part follow, unless it was made from the HTML") {
    auto [mail, content] = test_mail("<a href='https://a.example/'>x</a>",
                                     "Go to\nhttps://a.example/?n={{name}}.", {{"name", "Ada"}});
    auto links = links_of(mail, content);
    REQUIRE(links.size() == 2);
    CHECK(links[1].url == "https://a.example/?n=Ada");
    CHECK(links[1].place == Place{"templates/t.txt.mustache", 2, 1});
    CHECK_FALSE(links[1].in_html);
    CHECK(links[1].personal);
    auto alone = test_mail("<a href='https://a.example/'>x</a>");
    CHECK(links_of(alone.mail, alone.content).size() == 1);
}

TEST_CASE("lint mail: more tags than can be looked at are said, not passed over") {
    std::string tags;
    for (int i = 0; i < 20'001; ++i) tags += "<b>\n";
    CHECK(lint_of(tags) == std::vector<std::string>{"html-too-large 1:1"});
}

TEST_CASE("lint mail: the texts are looked at, and the HTML's links looked for in them") {
    Content content = test_content(
        sound_html("<p><a href=\"https://act.harbour.example/\">Act</a></p>"),
        "Dear friend,\n{{organisation.postal_address}}\nUnsubscribe: {{unsubscribe_url}}\n");
    content.subject.text = "Re: the harbour";
    const auto lines = lint_of(std::move(content));
    REQUIRE(lines.size() >= 3);
    CHECK(lines[0] == "subject-fake-reply 3:10");
    CHECK(lines[1] == "dear-friend 1:1");
    CHECK(lines[2].starts_with("text-lacks-link "));
}

TEST_CASE("lint mail: a link that lies in a person's cell is personal") {
    auto [mail, content] = test_mail("<p>x</p>", "{{note}}\n",
                                     {{"note", "Yours: https://m.example/rsvp?token=S3CRET"}});
    auto links = links_of(mail, content);
    REQUIRE(links.size() == 1);
    CHECK(links[0].personal);
}

// A campaign file.
#include <doctest/doctest.h>

#include "base/error.h"
#include "model/builtin_names.h"
#include "unit/campaign/workspace_folder.h"

namespace tocsin {
namespace {

using testing::ids;
using testing::kGoodCampaign;
using testing::report;
using testing::WorkspaceFolder;

// The findings of the good campaign with these lines behind it.
std::string ids_with(const std::string& lines) {
    WorkspaceFolder folder;
    Findings findings;
    folder.campaign(kGoodCampaign + lines, findings);
    return ids(findings);
}

// The findings of the good campaign where the line of `key` is another.
std::string ids_where(const std::string& key, const std::string& line) {
    std::string text = kGoodCampaign;
    auto start = text.find(key + ":");
    text.replace(start, text.find('\n', start) - start, line);
    WorkspaceFolder folder;
    Findings findings;
    folder.campaign(text, findings);
    return ids(findings);
}

}  // namespace

TEST_CASE("a complete campaign") {
    WorkspaceFolder folder;
    folder.write("lists/signed.csv", "email\n");
    folder.write("files/a.pdf", "x");
    folder.write("templates/mail/b.txt.mustache", "x");
    Findings findings;
    auto read = folder.campaign(
        "id: night-buses.2\n"
        "from: Noor and Tomasz, Commonway <campaigns@commonway.example>\n"
        "reply_to: hello@commonway.example\n"
        "subject: \"{{name}}, keep them\"\n"
        "preheader: |\n"
        "  Two minutes help.\n"
        "html: alert.html.mustache\n"
        "text: mail/b.txt.mustache\n"
        "data:\n"
        "  price: 5.50\n"
        "  code: 010\n"
        "  yes: true\n"
        "  quoted: 'true'\n"
        "  nothing: ~\n"
        "  empty: \"\"\n"
        "  day: 2026-12-01\n"
        "  list: [a, {b: c}]\n"
        "fallbacks: {name: friend}\n"
        "audience:\n"
        "  lists: [lists/members.csv]\n"
        "  exclude: [./lists/../lists/signed.csv]\n"
        "attachments: [files/a.pdf]\n"
        "transport: relay\n"
        "unsubscribe: {list: action-alerts}\n",
        findings);
    CHECK(report(findings) == "");
    REQUIRE(read);
    CHECK(read->id == "night-buses.2");
    CHECK(read->source.name() == "campaigns/c.yaml");
    CHECK(read->from.name == "Noor and Tomasz, Commonway");
    CHECK(read->from.address.wire() == "campaigns@commonway.example");
    CHECK(read->reply_to->address.wire() == "hello@commonway.example");
    CHECK(read->subject.text == "{{name}}, keep them");
    CHECK(read->subject.place == Place{"campaigns/c.yaml", 4, 11});
    CHECK(read->preheader->text == "Two minutes help.");
    CHECK(read->preheader->place == Place{"campaigns/c.yaml", 6, 3});
    CHECK(read->html->text == "alert.html.mustache");
    CHECK(read->html->place == Place{"campaigns/c.yaml", 7, 7});
    CHECK(read->text->text == "mail/b.txt.mustache");
    CHECK(read->data == Value(Value::Map{{"price", "5.50"},
                                         {"code", "010"},
                                         {"yes", true},
                                         {"quoted", "true"},
                                         {"nothing", {}},
                                         {"empty", ""},
                                         {"day", "2026-12-01"},
                                         {"list", Value::List{"a", Value::Map{{"b", "c"}}}}}));
    REQUIRE(read->fallbacks.size() == 1);
    CHECK(read->fallbacks[0].field == "name");
    CHECK(read->fallbacks[0].value == "friend");
    CHECK(read->fallbacks[0].place == Place{"campaigns/c.yaml", 18, 13});
    REQUIRE(read->audience.lists.size() == 1);
    CHECK(read->audience.lists[0].text == "lists/members.csv");
    CHECK(read->audience.lists[0].place == Place{"campaigns/c.yaml", 20, 11});
    CHECK(read->audience.exclude.at(0).text == "lists/signed.csv");
    CHECK(read->attachments.at(0).text == "files/a.pdf");
    CHECK(read->transport->text == "relay");
    CHECK(read->unsubscribe_list == "action-alerts");
}

TEST_CASE("required keys are missed at the map that should have them") {
    WorkspaceFolder folder;
    CHECK(folder.campaign_report("preheader: x\naudience: {exclude: []}\n") ==
          "campaigns/c.yaml:1:1: error: a campaign needs the keys `id`, `from` and `subject` "
          "[missing-key]\n"
          "  preheader: x\n"
          "  ^\n"
          "campaigns/c.yaml:1:1: error: a campaign needs the key `html` or `text` [no-body]\n"
          "  preheader: x\n"
          "  ^\n"
          "campaigns/c.yaml:2:1: error: `audience` needs the key `lists` [missing-key]\n"
          "  audience: {exclude: []}\n"
          "  ^\n");
}

TEST_CASE("files that are empty or no map") {
    WorkspaceFolder folder;
    CHECK(folder.campaign_report("# soon\n") ==
          "campaigns/c.yaml: error: the file is empty [no-value]\n"
          "  hint: docs/campaign-file.md says what belongs into a campaign\n");
    CHECK(folder.campaign_report("- a\n") ==
          "campaigns/c.yaml:1:1: error: a campaign expects a map, found a list [wrong-type]\n"
          "  - a\n"
          "  ^\n");
}

TEST_CASE("unknown keys, wrong types and empty values") {
    WorkspaceFolder folder;
    CHECK(folder.campaign_report(kGoodCampaign + "reply-to: x@y.example\n"
                                                 "preheader:\n"
                                                 "data: x\n"
                                                 "fallbacks: [a]\n"
                                                 "attachments: a.pdf\n"
                                                 "unsubscribe: {list: [a]}\n") ==
          "campaigns/c.yaml:6:1: error: a campaign has no key `reply-to` [unknown-key]\n"
          "  reply-to: x@y.example\n"
          "  ^\n"
          "  hint: did you mean `reply_to`?\n"
          "campaigns/c.yaml:7:1: error: `preheader` has no value [no-value]\n"
          "  preheader:\n"
          "  ^\n"
          "  hint: give it one, or take it out\n"
          "campaigns/c.yaml:8:7: error: `data` expects a map, found text [wrong-type]\n"
          "  data: x\n"
          "        ^\n"
          "campaigns/c.yaml:9:12: error: `fallbacks` expects a map, found a list "
          "[wrong-type]\n"
          "  fallbacks: [a]\n"
          "             ^\n"
          "campaigns/c.yaml:10:14: error: `attachments` expects a list, found text "
          "[wrong-type]\n"
          "  attachments: a.pdf\n"
          "               ^\n"
          "  hint: write it in brackets: `[…]`\n"
          "campaigns/c.yaml:11:21: error: `list` expects text, found a list [wrong-type]\n"
          "  unsubscribe: {list: [a]}\n"
          "                      ^\n");
    CHECK(ids_with("preheader: ~\n") == "6:12 no-value");
    CHECK(ids_with("preheader: null\n") == "6:12 no-value");
    CHECK(ids_with("preheader: \" \"\n") == "6:12 no-value");
    CHECK(ids_with("preheader: \"null\"\n") == "");
    CHECK(ids_with("data:\n") == "6:1 no-value");
    CHECK(ids_with("data: {}\n") == "");
    CHECK(ids_with("attachments: []\n") == "");
    CHECK(ids_with("attachments: [,]\n") == "6:15 no-value");
    CHECK(ids_with("unsubscribe: {}\n") == "6:1 missing-key");
}

TEST_CASE("a key far from any other shows all that there are") {
    WorkspaceFolder folder;
    CHECK(folder.campaign_report(kGoodCampaign + "zzzzzz: x\n") ==
          "campaigns/c.yaml:6:1: error: a campaign has no key `zzzzzz` [unknown-key]\n"
          "  zzzzzz: x\n"
          "  ^\n"
          "  hint: the keys are `id`, `from`, `reply_to`, `subject`, `preheader`, `html`, "
          "`text`, `data`, `fallbacks`, `audience`, `attachments`, `transport`, "
          "`rate`, `schedule`, `unsubscribe` and `lint`\n");
}

TEST_CASE("where senders stand, and that a preheader with a fault is not missing") {
    WorkspaceFolder folder;
    Findings findings;
    auto read = [&](const std::string& text) {
        SourceText source("campaigns/c.yaml", text);
        return parse_campaign_partly(source, folder.workspace(), findings);
    };
    auto campaign = read(kGoodCampaign + "reply_to: hello@commonway.example\n");
    REQUIRE(campaign);
    CHECK(campaign->from_place == Place{"campaigns/c.yaml", 2, 7});
    CHECK(campaign->reply_to_place == Place{"campaigns/c.yaml", 6, 11});
    CHECK_FALSE(campaign->preheader);
    campaign = read("from: nobody\nreply_to: nobody\npreheader:\n");
    REQUIRE(campaign);
    CHECK(campaign->from_place == Place{});
    CHECK(campaign->reply_to_place == Place{"campaigns/c.yaml", 2, 11});
    CHECK_FALSE(campaign->reply_to);
    REQUIRE(campaign->preheader);
    CHECK(campaign->preheader->text.empty());
}

TEST_CASE("ids") {
    std::string longest(64, 'a');
    for (std::string id : {std::string("a"), std::string("0.a_b-c"), longest, std::string("'1'")}) {
        CAPTURE(id);
        CHECK(ids_where("id", "id: " + id) == "");
    }
    for (std::string id : {std::string("A"), std::string("-a"), std::string("a b"),
                           std::string("a/b"), longest + "a", std::string("ä")}) {
        CAPTURE(id);
        CHECK(ids_where("id", "id: " + id) == "1:5 bad-id");
    }
}

TEST_CASE("senders") {
    WorkspaceFolder folder;
    CHECK(ids_where("from", "from: nobody") == "2:7 bad-address");
    CHECK(ids_with("reply_to: a@b@c.example\n") == "6:11 bad-address");
    CHECK(ids_where("from", "from: \"a\\nBcc: x@y.example <a@b.example>\"") == "2:7 several-lines");
}

TEST_CASE("subject and preheader are one line") {
    CHECK(ids_where("subject", "subject: |\n  a\n  b") == "3:10 several-lines");
    CHECK(ids_where("subject", "subject: >\n  a\n  b") == "");
    CHECK(ids_where("subject", "subject: \"a\\nb\"") == "3:10 several-lines");
    CHECK(ids_where("subject", "subject: {{name}}!") == "3:10 unquoted-template");
}

TEST_CASE("the place of a text is that of its first character") {
    auto place_of = [](const std::string& line) {
        WorkspaceFolder folder;
        Findings findings;
        std::string text = kGoodCampaign;
        text.replace(text.find("subject:"), std::string("subject: Keep the night buses").size(),
                     line);
        auto read = folder.campaign(text, findings);
        REQUIRE(read);
        return std::to_string(read->subject.place.line) + ":" +
               std::to_string(read->subject.place.column);
    };
    CHECK(place_of("subject: a b") == "3:10");
    CHECK(place_of("subject:   'a b'") == "3:13");
    CHECK(place_of("subject: |\n    a b") == "4:5");
    CHECK(place_of("subject: >-\n  a b") == "4:3");
    // An escape moves what stands behind it, so the value's start has to do.
    CHECK(place_of("subject: \"a \\\"b\\\"\"") == "3:10");
    CHECK(place_of("subject: >-\n  a\n  b") == "3:10");
}

TEST_CASE("templates") {
    CHECK(ids_where("html", "html: alert.txt.mustache") == "4:7 bad-template-name");
    CHECK(ids_where("html", "text: alert.html.mustache") == "4:7 bad-template-name");
    CHECK(ids_where("html", "html: ../alert.html.mustache") == "4:7 path-outside");
    CHECK(ids_where("html", "html: /alert.html.mustache") == "4:7 path-outside");
    WorkspaceFolder folder;
    CHECK(folder.campaign_report(kGoodCampaign + "text: alret.txt.mustache\n") ==
          "campaigns/c.yaml:6:7: error: there is no file `alret.txt.mustache` in templates/ "
          "[missing-file]\n"
          "  text: alret.txt.mustache\n"
          "        ^\n"
          "  hint: did you mean `alert.txt.mustache`?\n");
    CHECK(folder.campaign_report(kGoodCampaign + "text: templates/alert.txt.mustache\n") ==
          "campaigns/c.yaml:6:7: error: there is no file `templates/alert.txt.mustache` in "
          "templates/ [missing-file]\n"
          "  text: templates/alert.txt.mustache\n"
          "        ^\n"
          "  hint: write `alert.txt.mustache`\n");
}

TEST_CASE("data: names that templates cannot use, and built-in ones") {
    WorkspaceFolder folder;
    CHECK(folder.campaign_report(kGoodCampaign + "data:\n  a.b: x\n  email: x\n  c: {d e: x}\n") ==
          "campaigns/c.yaml:7:3: error: `a.b` cannot be named in a template [bad-name]\n"
          "    a.b: x\n"
          "    ^\n"
          "  hint: use letters, digits, `_` and `-`, a letter or `_` first\n"
          "campaigns/c.yaml:8:3: error: `email` is the name of a built-in merge field "
          "[builtin-name]\n"
          "    email: x\n"
          "    ^\n"
          "  hint: take another name\n"
          "campaigns/c.yaml:9:7: error: `d e` cannot be named in a template [bad-name]\n"
          "    c: {d e: x}\n"
          "        ^\n"
          "  hint: use letters, digits, `_` and `-`, a letter or `_` first\n");
    for (std::string name : {"email", "unsubscribe_url", "view_url", "organisation", "campaign",
                             "capitalize", "urlencode"}) {
        CAPTURE(name);
        CHECK(is_builtin_name(name));
        CHECK(ids_with("data: {" + name + ": x}\n") == "6:8 builtin-name");
        CHECK(ids_with("fallbacks: {" + name + ": x}\n") == "6:13 builtin-name");
        CHECK(ids_with("data: {sub: {" + name + ": x}}\n") == "");
    }
}

TEST_CASE("data: an empty value is a mistake, a plain `No` a doubt") {
    WorkspaceFolder folder;
    CHECK(folder.campaign_report(kGoodCampaign + "data:\n  a:\n  b: No\n  c: 'No'\n  d: [x, ]\n") ==
          "campaigns/c.yaml:7:3: error: `a` has no value [no-value]\n"
          "    a:\n"
          "    ^\n"
          "  hint: write `\"\"` for empty text, or `~` for nothing\n"
          "campaigns/c.yaml:8:6: warning: `No` is text here, not a truth value "
          "[looks-like-flag]\n"
          "    b: No\n"
          "       ^\n"
          "  hint: write `false`; or put it in quotes, if text is meant\n");
}

TEST_CASE("fallbacks are texts that are not empty") {
    CHECK(ids_with("fallbacks: {a: \"\"}\n") == "6:16 no-value");
    CHECK(ids_with("fallbacks: {a: [b]}\n") == "6:16 wrong-type");
    CHECK(ids_with("fallbacks: {a: 5}\n") == "");
}

TEST_CASE("lists and attachments: inside the workspace, and there") {
    WorkspaceFolder folder;
    CHECK(folder.campaign_report(kGoodCampaign +
                                 "attachments: [a.pdf, ../b.pdf, /etc/passwd, lists]\n") ==
          "campaigns/c.yaml:6:15: error: there is no file `a.pdf` in the workspace "
          "[missing-file]\n"
          "  attachments: [a.pdf, ../b.pdf, /etc/passwd, lists]\n"
          "                ^\n"
          "campaigns/c.yaml:6:22: error: an item of `attachments` leads out of the workspace "
          "[path-outside]\n"
          "  attachments: [a.pdf, ../b.pdf, /etc/passwd, lists]\n"
          "                       ^\n"
          "campaigns/c.yaml:6:32: error: an item of `attachments` must be relative to the "
          "workspace [path-outside]\n"
          "  attachments: [a.pdf, ../b.pdf, /etc/passwd, lists]\n"
          "                                 ^\n"
          "campaigns/c.yaml:6:45: error: `lists` is not a file [not-a-file]\n"
          "  attachments: [a.pdf, ../b.pdf, /etc/passwd, lists]\n"
          "                                              ^\n");
    CHECK(ids_where("audience", "audience: {lists: []}") == "5:19 no-value");
    CHECK(ids_where("audience", "audience: {lists: lists/members.csv}") == "5:19 wrong-type");
}

TEST_CASE("a list of more files than anybody means") {
    std::string files;
    for (int i = 0; i < 1001; ++i) files += "a, ";
    CHECK(ids_with("attachments: [" + files + "]\n") == "6:14 too-many");
}

TEST_CASE("a transport that the workspace does not have") {
    WorkspaceFolder folder;
    CHECK(folder.campaign_report(kGoodCampaign + "transport: outbx\n") ==
          "campaigns/c.yaml:6:12: error: there is no transport `outbx` [unknown-transport]\n"
          "  transport: outbx\n"
          "             ^\n"
          "  hint: did you mean `outbox`?\n");
    folder.workspace().transports.clear();
    CHECK(folder.campaign_report(kGoodCampaign) == "");
}

TEST_CASE("every kind of fault in one file comes out in one run") {
    WorkspaceFolder folder;
    Findings findings;
    folder.campaign(
        "id: A\n"
        "subjekt: x\n"
        "from: Jos\xE9 <a@b.example>\n"
        "text: [a]\n"
        "preheader:\n"
        "html: a\n"
        "html: b\n"
        "reply_to: &x hello@b.example\n"
        "transport: *x\n"
        "links: x\n"
        "subject: \"open\n"
        "audience: {lists: [lists/members.csv]}\n"
        "attachments: \"x\"\n"
        "---\n"
        "a: b\n",
        findings);
    CHECK(ids(findings) ==
          "1:5 bad-id, 2:1 unknown-key, 3:10 not-utf8, 4:7 wrong-type, 5:1 no-value, "
          "6:7 bad-template-name, 7:1 duplicate-key, 8:11 anchor, 9:12 alias, 10:1 not-supported, "
          "11:10 unclosed-quote");
    Findings of_other;
    folder.campaign(kGoodCampaign + "subject: again\n---\nb: c\n", of_other);
    CHECK(ids(of_other) == "6:1 duplicate-key, 7:1 second-document");
}

TEST_CASE("what could be read is there for `check`, unless keys may be missing") {
    WorkspaceFolder folder;
    Findings findings;
    auto partly =
        parse_campaign_partly(SourceText("c.yaml",
                                         "id: a\nsubject: b\nfrom: x\naudience: {lists: [no.csv, "
                                         "lists/members.csv]}\n"),
                              folder.workspace(), findings);
    REQUIRE(partly);
    CHECK(partly->id == "a");
    CHECK(partly->from.address.wire() == "nobody@unreadable.invalid");
    // The missing list stays named, so that its columns do not seem unknown.
    REQUIRE(partly->audience.lists.size() == 2);
    CHECK(partly->audience.lists[0].text == "no.csv");
    CHECK_FALSE(parse_campaign_partly(SourceText("c.yaml", kGoodCampaign + "x: [\n"),
                                      folder.workspace(), findings));
}

TEST_CASE("a file is named by its path below the workspace, or as typed") {
    WorkspaceFolder folder;
    WorkspaceFolder elsewhere;
    Findings findings;
    auto inside = read_campaign(folder.write("campaigns/x/c.yaml", kGoodCampaign),
                                folder.workspace(), findings);
    REQUIRE(inside);
    CHECK(inside->source.name() == "campaigns/x/c.yaml");
    auto outside =
        read_campaign(elsewhere.write("c.yaml", kGoodCampaign), folder.workspace(), findings);
    REQUIRE(outside);
    CHECK(outside->source.name() == (elsewhere.path() / "c.yaml").string());
    CHECK_THROWS_AS(read_campaign(folder.path() / "none.yaml", folder.workspace(), findings),
                    MissingInput);
}

}  // namespace tocsin

#include "web/pages.h"

#include <doctest/doctest.h>

#include "unit/web/testing.h"
#include "web/style.h"

using namespace tocsin;
using testing::kNoon;

namespace {

const std::string kToken(52, 'a');

Reader reader_with(Standing standing) {
    bool has_list = !standing.list.empty();
    return {kToken, "", has_list, std::move(standing)};
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
    auto begin = text.find(from);
    REQUIRE(begin != text.npos);
    begin += from.size();
    return text.substr(begin, text.find(to, begin) - begin);
}

}  // namespace

TEST_CASE("the offer says that nothing has changed, and has every choice") {
    Pages pages(testing::workspace_of());
    std::string page = pages.offer(reader_with({.list = "action-alerts", .language = ""}), true);
    CHECK(has(page, "Nothing has changed yet"));
    CHECK(has(page, "value=\"list\" checked"));
    CHECK(has(page, "No more mail of the list <bdi>action-alerts</bdi>"));
    for (const char* value : {"all", "pause-30", "pause-90"}) {
        CHECK(has(page, "value=\"" + std::string(value) + "\""));
    }
    CHECK(has(page, "<a href=\"" + kToken + "/view\">"));
    CHECK_FALSE(has(page, "undo"));
    CHECK_FALSE(has(pages.offer(reader_with({}), false), "/view"));
}

TEST_CASE("without a list the choice is everything") {
    Pages pages(testing::workspace_of());
    std::string page = pages.offer(reader_with({}), false);
    CHECK_FALSE(has(page, "value=\"list\""));
    CHECK(has(page, "value=\"all\" checked"));
}

TEST_CASE("who has left is told so, and can undo it") {
    Pages pages(testing::workspace_of());
    Standing left{.list = "action-alerts", .language = "", .left_list = true};
    left.can_undo = true;
    std::string page = pages.offer(reader_with(left), false);
    CHECK(has(page, "You will get no more mail of the list <bdi>action-alerts</bdi>."));
    CHECK(has(page, "value=\"undo\""));
    CHECK_FALSE(has(page, "Nothing has changed yet"));
    left.left_everything = true;
    CHECK(has(pages.offer(reader_with(left), false), "no more mail from <bdi>Harbour Action"));
    Standing paused{.list = "action-alerts", .language = ""};
    paused.paused_until = kNoon;
    CHECK(has(pages.offer(reader_with(paused), false), "until <bdi>2026-11-24</bdi>"));
}

TEST_CASE("what others entered is told, and no undo of it is offered or confirmed") {
    Pages pages(testing::workspace_of());
    Standing left{.list = "action-alerts", .language = "", .left_list = true};
    left.left_everything = true;
    for (const std::string& page :
         {pages.offer(reader_with(left), false),
          pages.done(reader_with(left), Choice::kUndo, kNoon, false),
          pages.done(reader_with(left), Choice::kList, kNoon, false),
          pages.done(reader_with(left), Choice::kPause30, kNoon, false)}) {
        CHECK(has(page, "You will get no more mail from <bdi>Harbour Action</bdi>."));
        CHECK_FALSE(has(page, "taken back"));
        CHECK_FALSE(has(page, "no mail until"));
        CHECK_FALSE(has(page, "value=\"undo\""));
    }
}

TEST_CASE("an undo that has left something says what still stands, and can be said again") {
    Pages pages(testing::workspace_of());
    Standing left{.list = "action-alerts", .language = "", .left_list = true};
    left.can_undo = true;
    std::string page = pages.done(reader_with(left), Choice::kUndo, kNoon, false);
    CHECK(has(page, "You will get no more mail of the list <bdi>action-alerts</bdi>."));
    CHECK(has(page, "value=\"undo\""));
    CHECK_FALSE(has(page, "taken back"));
}

TEST_CASE("a longer pause that stands is the one that is told") {
    Pages pages(testing::workspace_of());
    Standing paused{.list = "action-alerts", .language = ""};
    paused.paused_until = kNoon + std::chrono::days(90);
    CHECK(has(pages.done(reader_with(paused), Choice::kPause30, kNoon, false),
              "until <bdi>2027-02-22</bdi>"));
}

TEST_CASE("each choice is confirmed in its own words") {
    Pages pages(testing::workspace_of());
    Reader reader = reader_with({.list = "action-alerts", .language = ""});
    auto status = [&](Choice choice) {
        return between(pages.done(reader, choice, kNoon, false), "role=\"status\">", "</p>");
    };
    CHECK(status(Choice::kList) ==
          "You will get no more mail of the list <bdi>action-alerts</bdi>.");
    CHECK(status(Choice::kAll) == "You will get no more mail from <bdi>Harbour Action</bdi>.");
    CHECK(status(Choice::kPause30) == "You will get no mail until <bdi>2026-12-24</bdi>.");
    CHECK(status(Choice::kPause90) == "You will get no mail until <bdi>2027-02-22</bdi>.");
    CHECK(status(Choice::kUndo) == "Your choice has been taken back.");
    CHECK_FALSE(has(pages.done(reader, Choice::kUndo, kNoon, false), "value=\"undo\""));
}

TEST_CASE("a list of which no name is known is this list") {
    Pages pages(testing::workspace_of());
    Reader reader{kToken, "", true, {}};
    CHECK(has(pages.offer(reader, false), "No more mail of this list"));
    CHECK(has(pages.done(reader, Choice::kList, kNoon, false), "no more mail of this list."));
    reader.standing.left_list = true;
    CHECK(has(pages.offer(reader, false), "You will get no more mail of this list."));
}

TEST_CASE("who has no list leaves everything") {
    Pages pages(testing::workspace_of());
    std::string page = pages.done(reader_with({}), Choice::kList, kNoon, false);
    CHECK(has(page, "You will get no more mail from <bdi>Harbour Action</bdi>."));
}

TEST_CASE("a damaged link and a failure offer the mailto") {
    Pages pages(testing::workspace_of());
    std::string damaged = pages.damaged({});
    CHECK(has(damaged, "damaged or incomplete"));
    CHECK(has(damaged, "mailto:unsubscribe@harbour.example?subject=unsubscribe"));
    std::string failed = pages.failed(reader_with({}));
    CHECK(has(failed, "Please try again"));
    CHECK(has(failed, "mailto:unsubscribe+" + kToken + "@harbour.example"));
    Workspace none = testing::workspace_of();
    none.unsubscribe.mailto.reset();
    CHECK_FALSE(has(Pages(none).damaged({}), "mailto"));
}

TEST_CASE("hostile names stay text") {
    const std::string hostile = "</title><script>alert('x')</script>\xE2\x80\xAE&\"";
    Pages pages(testing::workspace_of(hostile));
    Reader reader = reader_with({.list = "<img src=x onerror=alert(1)>", .language = ""});
    for (const std::string& page :
         {pages.offer(reader, true), pages.done(reader, Choice::kList, kNoon, true),
          pages.damaged(reader), pages.failed(reader), pages.gone(reader), pages.works(reader),
          pages.unclear(reader)}) {
        CHECK_FALSE(has(page, "<script"));
        CHECK_FALSE(has(page, "<img"));
        CHECK(has(page, "<bdi>&lt;/title&gt;&lt;script&gt;alert(&#39;x&#39;)"));
        CHECK(between(page, "<title>", "</title>").find("<") == std::string::npos);
    }
}

TEST_CASE("the page is in the recipient's language, whole") {
    Workspace workspace = testing::workspace_of();
    workspace.page_texts = {{"ar", testing::bracketed()}};
    Pages pages(workspace);
    std::string page = pages.offer(reader_with({.list = "a", .language = "AR"}), true);
    CHECK(has(page, "<html lang=\"ar\" dir=\"rtl\">"));
    for (const char* key : {"title", "question", "nothing_yet", "list", "everything", "confirm"}) {
        CHECK(has(page, "[" + std::string(key) + "]"));
    }
    CHECK_FALSE(has(page, "No more"));
}

TEST_CASE("the policy allows the page's own style and nothing else") {
    Pages pages(testing::workspace_of());
    std::string style = between(pages.damaged({}), "<style>", "</style>");
    CHECK(pages.policy() == "default-src 'none'; style-src " + csp_hash(style) +
                                "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    CHECK_FALSE(has(pages.offer(reader_with({}), true), "style="));
}

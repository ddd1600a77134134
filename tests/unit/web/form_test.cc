#include "web/form.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("one click is one click in whatever case, and with a line end") {
    for (const char* value : {"One-Click", "one-click", "One-Click\r\n"}) {
        Form form;
        form.add("list-unsubscribe", value);
        CHECK(form.one_click());
        CHECK(form.choice() == Choice::kList);
    }
}

TEST_CASE("each choice of the page") {
    const std::pair<const char*, Choice> kCases[] = {{"list", Choice::kList},
                                                     {"all", Choice::kAll},
                                                     {"pause-30", Choice::kPause30},
                                                     {"pause-90", Choice::kPause90},
                                                     {"undo", Choice::kUndo}};
    for (const auto& [value, choice] : kCases) {
        Form form;
        form.add("choice", value);
        CHECK(form.choice() == choice);
        CHECK_FALSE(form.one_click());
    }
}

TEST_CASE("what is no choice is none") {
    Form form;
    CHECK_FALSE(form.choice());
    form.add("choice", "LIST");
    form.add("Choice", "all");
    form.add("List-Unsubscribe", "Two-Clicks");
    form.add("submit", "all");
    CHECK_FALSE(form.choice());
}

TEST_CASE("one click outranks the page's fields") {
    Form form;
    form.add("List-Unsubscribe", "One-Click");
    form.add("choice", "undo");
    CHECK(form.choice() == Choice::kList);
}

#include "lint/unsubscribe_target.h"

#include <doctest/doctest.h>

using namespace tocsin;
using Whose = UnsubscribeTarget;

TEST_CASE("unsubscribe target: whose link it is") {
    UnsubscribeSettings settings;
    settings.url = "https://u.harbour.example/u/";
    settings.mailto = Mailbox::from("leave@harbour.example");
    auto whose = [&](std::string_view url) {
        return unsubscribe_target(read_target(url), settings);
    };
    CHECK(whose("https://u.harbour.example/u/preview") == Whose::kOwn);
    CHECK(whose("https://u.harbour.example/u/preview?lang=de") == Whose::kOwn);
    CHECK(whose("https://u.harbour.example/u/preview/view") == Whose::kView);
    CHECK(whose("https://u.harbour.example/u/preview2") == Whose::kForeign);
    CHECK(whose("https://u.harbour.example/u/") == Whose::kBare);
    CHECK(whose("https://u.harbour.example/") == Whose::kNone);
    CHECK(whose("mailto:leave+preview@harbour.example") == Whose::kOwn);
    CHECK(whose("mailto:leave@harbour.example") == Whose::kBare);
    CHECK(whose("mailto:leave+x@harbour.example") == Whose::kForeign);
    CHECK(whose("mailto:leaver@harbour.example") == Whose::kNone);
    CHECK(whose("mailto:leave") == Whose::kNone);
    CHECK(whose("") == Whose::kNone);
}

TEST_CASE("unsubscribe target: without settings nothing is one") {
    CHECK(unsubscribe_target(read_target("https://u.harbour.example/u/x"), {}) == Whose::kNone);
    CHECK(unsubscribe_target(read_target("mailto:leave+x@harbour.example"), {}) == Whose::kNone);
}

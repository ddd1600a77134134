#include "lint/leave_link.h"

#include <doctest/doctest.h>
#include <string>

using namespace tocsin;

TEST_CASE("leave links: the recipient's own, and somebody else's") {
    UnsubscribeSettings settings;
    settings.url = "https://u.harbour.example/u/";
    settings.mailto = Mailbox::from("leave@harbour.example");
    auto of = [&](const std::string& url) { return leave_link(url, settings); };
    const std::string token(52, 'a');
    CHECK(of("https://u.harbour.example/u/preview") == LeaveLink::kOwn);
    CHECK(of("https://u.harbour.example/u/preview/view") == LeaveLink::kView);
    CHECK(of("mailto:leave+preview@harbour.example") == LeaveLink::kOwn);
    CHECK(of("https://u.harbour.example/u/" + token) == LeaveLink::kForeign);
    CHECK(of("HTTPS://U.harbour.example/u/" + token + "/view") == LeaveLink::kForeign);
    CHECK(of("https://u.harbour.example/u/" + token + "?utm_source=x") == LeaveLink::kForeign);
    CHECK(of("mailto:leave+" + token + "@harbour.example") == LeaveLink::kForeign);
}

TEST_CASE("leave links: what is none") {
    UnsubscribeSettings settings;
    const std::string token(52, 'a');
    CHECK(leave_link("https://u.harbour.example/u/" + token, settings) == LeaveLink::kNone);
    settings.url = "https://u.harbour.example/u/";
    for (const std::string& url : std::initializer_list<std::string>{
             "https://u.harbour.example/", "https://u.harbour.example/u/help",
             "https://u.harbour.example/u/", "https://v.harbour.example/u/" + token,
             "https://u.harbour.example/u/" + token + "b",
             "https://u.harbour.example/u/" + std::string(52, '1'),
             "mailto:leave+preview@harbour.example", ""}) {
        CAPTURE(url);
        CHECK(leave_link(url, settings) == LeaveLink::kNone);
    }
}

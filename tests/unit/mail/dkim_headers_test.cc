#include "mail/dkim_headers.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("header and body part at the first empty line") {
    auto [header, body] = split_message("A: 1\r\nB: 2\r\n\r\n\r\nbody\r\n\r\n");
    CHECK(header == "A: 1\r\nB: 2\r\n");
    CHECK(body == "\r\nbody\r\n\r\n");
}

TEST_CASE("a message that is header only, or body only") {
    CHECK(split_message("A: 1\r\nB: 2\r\n").header == "A: 1\r\nB: 2\r\n");
    CHECK(split_message("A: 1\r\nB: 2").header == "A: 1\r\nB: 2");
    CHECK(split_message("A: 1\r\n\r\n").body == "");
    CHECK(split_message("\r\nA: 1\r\n\r\nB").header == "");
    CHECK(split_message("\r\nA: 1\r\n\r\nB").body == "A: 1\r\n\r\nB");
    CHECK(split_message("").header == "");
}

TEST_CASE("every name is there once more than its fields, also where it has none") {
    auto headers = signed_headers("From: a\r\nList-Id: b\r\nX-Other: c\r\n");
    CHECK(headers.names ==
          "From: From: To: Subject: Date: Message-ID: MIME-Version: Content-Type: "
          "Content-Transfer-Encoding: Reply-To: List-Id: List-Id: List-Unsubscribe: "
          "List-Unsubscribe-Post: Feedback-ID: CFBL-Address: CFBL-Feedback-ID");
    CHECK(headers.relaxed == "from:a\r\nlist-id:b\r\n");
}

TEST_CASE("of several fields with one name the last comes first") {
    auto headers = signed_headers("To: 1\r\nFrom: a\r\ntO: 2\r\nTO : 3\r\n");
    CHECK(headers.names.starts_with("From: From: To: To: To: To: Subject: "));
    CHECK(headers.relaxed == "from:a\r\nto:3\r\nto:2\r\nto:1\r\n");
}

TEST_CASE("a folded field is one field, up to the very end of the header") {
    auto headers = signed_headers("Subject: a\r\n From: no\r\nFrom: b\r\n\tTo: no");
    CHECK(headers.relaxed == "from:b To: no\r\nsubject:a From: no\r\n");
}

TEST_CASE("names that only look like one of those") {
    CHECK(signed_headers(" From: a\r\nFrom2: b\r\nFro: c\r\nFrom\r\n: d\r\n").relaxed ==
          "from:\r\n");
}

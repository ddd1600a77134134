#include "inbound/recognise/html_words.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace tocsin;

TEST_CASE("the words of a page are left") {
    CHECK(html_words("<p>Not <b>delivered</b></p>") == "\nNot delivered\n");
    CHECK(html_words("a&lt;b&#64;c&gt;&nbsp;&amp;&unknown;") == "a<b@c> &&unknown;");
    CHECK(html_words("1 < 2") == "1 < 2");
}

TEST_CASE("what nobody sees is no word") {
    CHECK(trim(html_words("<head><title>550 5.1.1</title></head><STYLE>p{}</STYLE><!-- x -->ok")) ==
          "ok");
    CHECK(trim(html_words("<script>a<b></script>ok")) == "ok");
}

TEST_CASE("pages that end in the middle end there") {
    for (const char* html : {"a<", "a<p", "a<!--", "a<script>b", "a&", "a<p x='"}) {
        CAPTURE(html);
        CHECK(html_words(html).starts_with("a"));
    }
}

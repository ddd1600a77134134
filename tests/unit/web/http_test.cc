#include "web/http.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("a header is found in whatever case, the first of its name") {
    WebRequest request{"GET", "/", "", {{"ACCEPT", "a"}, {"accept", "b"}}};
    CHECK(request.header("Accept") == "a");
    CHECK(request.header("Accept-Language").empty());
}

#include "transport/provider/multipart_form.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("equal forms have equal boundaries, and others have others") {
    MultipartForm one, same, other;
    one.add("to", "a");
    same.add("to", "a");
    other.add("to", "b");
    CHECK(one.content_type() == same.content_type());
    CHECK(one.body() == same.body());
    CHECK(one.content_type() != other.content_type());
}

TEST_CASE("a value of any bytes stays whole") {
    MultipartForm form;
    const std::string bytes("\r\n--tocsin-\0--\r\n", 15);
    form.add_file("message", "message.eml", "message/rfc822", bytes);
    CHECK(form.body().find("Content-Type: message/rfc822\r\n\r\n" + bytes + "\r\n--tocsin-") !=
          std::string::npos);
}

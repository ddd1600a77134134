#include "web/post_body.h"

#include <doctest/doctest.h>
#include <string>

using namespace tocsin;

namespace {

std::string part(const std::string& disposition, const std::string& value,
                 const std::string& end = "\r\n") {
    return "--b" + end + "Content-Disposition: " + disposition + end + end + value + end;
}

const std::string kOneClick = "form-data; name=\"List-Unsubscribe\"";

}  // namespace

TEST_CASE("url-encoded fields, escaped or not") {
    for (const char* body :
         {"choice=pause-30", "choice=pause%2d30", "choice=pause%2D30&", "a=b&choice=pause-30&c",
          "%63hoice=pause-30", "choice=list&choice=pause-30"}) {
        CAPTURE(body);
        CHECK(read_form("application/x-www-form-urlencoded", body).choice() == Choice::kPause30);
    }
}

TEST_CASE("a body of no type, or an odd one, is read as url-encoded") {
    for (const char* type : {"", "text/plain", "application/x-www-form-urlencoded;charset=UTF-8"}) {
        CHECK(read_form(type, "List-Unsubscribe=One-Click\r\n").one_click());
    }
}

TEST_CASE("escapes that are cut short stand for themselves") {
    for (const char* body : {"choice=list%", "choice=list%2", "choice=list%zz", "choice=%6", "%",
                             "choice", "=", "&&&=", ""}) {
        CAPTURE(body);
        CHECK_FALSE(read_form("", body).choice());
    }
}

TEST_CASE("multipart, whatever its Content-Type says of the delimiter") {
    const std::string body = part(kOneClick, "One-Click") + "--b--\r\n";
    for (const char* type :
         {"multipart/form-data; boundary=b", "Multipart/Form-Data; BOUNDARY=\"b\"",
          "multipart/form-data; boundary=b; charset=utf-8", "multipart/form-data",
          "multipart/form-data; charset=\"utf-8\"; boundary=\"b\""}) {
        CAPTURE(type);
        CHECK(read_form(type, body).one_click());
    }
}

TEST_CASE("multipart with more parts, a preamble, bare line ends, or no end") {
    const std::string type = "multipart/form-data; boundary=b";
    const std::string other = part("form-data; name=\"x\"; filename=\"choice\"", "one\r\n\r\ntwo");
    const std::string choice = part("form-data; filename=\"f;name=x\"; name=choice", "undo");
    CHECK(read_form(type, other + part("form-data; name=\"choice\"", "undo") + "--b--").choice() ==
          Choice::kUndo);
    CHECK(read_form(type, "hello\r\n\r\n" + part(kOneClick, "One-Click") + "--b--").one_click());
    CHECK(read_form(type, part(kOneClick, "One-Click", "\n") + "--b--\n").one_click());
    CHECK(read_form(type, part(kOneClick, "One-Click")).one_click());
    CHECK(read_form(type, other + "--b--\r\n" + part(kOneClick, "One-Click")).one_click() == false);
}

TEST_CASE("multipart that holds no field") {
    for (const char* body : {"", "--", "--\r\n", "--b", "--b\r\n", "--b--", "--b\r\n\r\n", "x",
                             "--b\r\nContent-Disposition: form-data\r\n\r\nlist\r\n--b--",
                             "--b\r\nContent-Disposition: form-data; name=\"choice\"\r\n"}) {
        CAPTURE(body);
        CHECK_FALSE(read_form("multipart/form-data; boundary=b", body).choice());
    }
}

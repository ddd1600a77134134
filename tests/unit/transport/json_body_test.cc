#include "transport/provider/json_body.h"

#include <array>
#include <doctest/doctest.h>

#include "unit/transport/provider_support.h"

using namespace tocsin;
using provider_test::parts_message;

TEST_CASE("bytes that are no UTF-8 do not break a request") {
    CHECK(json_text({{"a", "x\xffy"}}) == "{\"a\":\"x\xEF\xBF\xBDy\"}");
}

TEST_CASE("a JSON request says what it carries") {
    HttpRequest made = post_json("https://api.example/send", {{"X-Key", "1"}}, {{"a", 1}});
    CHECK(made.method == "POST");
    CHECK(made.url == "https://api.example/send");
    CHECK(made.body == R"({"a":1})");
    CHECK(made.headers == HttpHeaders{{"X-Key", "1"},
                                      {"Content-Type", "application/json"},
                                      {"Accept", "application/json"}});
}

TEST_CASE("the Basic scheme, by the example of RFC 7617") {
    CHECK(basic_auth("Aladdin", "open sesame") == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

TEST_CASE("base64 has no line ends, however long it is") {
    CHECK(base64("") == "");
    CHECK(base64(std::string(300, 'a')).find_first_of("\r\n") == std::string::npos);
}

TEST_CASE("a sender with and without a name") {
    NamedMailbox named{"Reem \"R\" \\ Mark", Mailbox::from("campaigns@harbour.example")};
    NamedMailbox plain{"", named.address};
    CHECK(person(named) ==
          Json({{"email", "campaigns@harbour.example"}, {"name", "Reem \"R\" \\ Mark"}}));
    CHECK(person(plain, "Email", "Name") == Json({{"Email", "campaigns@harbour.example"}}));
    CHECK(written_address(named) == R"("Reem \"R\" \\ Mark" <campaigns@harbour.example>)");
    CHECK(written_address(plain) == "campaigns@harbour.example");
}

TEST_CASE("forbidden headers stay out, and others are encoded where that can be") {
    Draft draft = provider_test::draft("anna@riverside.example");
    draft.headers = {{"List-Id", "<all.harbour.example>"}, {"X-Note", "für alle", false}};
    constexpr std::array<std::string_view, 1> kForbidden = {"list-id"};
    CHECK(custom_headers(draft).size() == 2);
    CHECK(custom_headers(draft, kForbidden) ==
          HttpHeaders{{"X-Note", "=?utf-8?Q?f=C3=BCr_alle?="}});
}

TEST_CASE("metadata leaves out what a proof does not have") {
    Message message = parts_message();
    CHECK(metadata(message) ==
          Json({{"tocsin", provider_test::kReference}, {"campaign", "night-buses"}}));
    message.reference.clear();
    CHECK(metadata(message) == Json({{"campaign", "night-buses"}}));
    message.campaign.clear();
    CHECK(metadata(message) == Json::object());
}

TEST_CASE("responses that are no JSON, too deep or too large are nothing") {
    for (std::string text :
         {std::string(), std::string("{"), std::string("{} x"), std::string("\xff"),
          std::string("[1e999]"), std::string(100'000, '['), std::string("\"\\ud800\""),
          "\"" + std::string(1u << 20, 'a') + "\""}) {
        CAPTURE(text.substr(0, 20));
        CHECK(parse_json(text).is_null());
    }
    CHECK(parse_json(std::string(33, '[') + std::string(33, ']')).is_null());
    CHECK(parse_json(std::string(32, '[') + std::string(32, ']')).is_array());
    CHECK(parse_json("[\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[\"]").is_array());
}

TEST_CASE("reading what is not there, or of another type, gives nothing") {
    Json value = parse_json(R"({"id": 576460752303423488, "words": "ok", "list": [1, 2]})");
    CHECK(text_of(member(value, "id")) == "576460752303423488");
    CHECK(text_of(member(value, "words")) == "ok");
    CHECK(text_of(member(value, "list")) == "");
    CHECK(text_of(member(value, "absent")) == "");
    CHECK(member(member(value, "words"), "x").is_null());
    CHECK(elements_of(member(value, "list")).size() == 2);
    CHECK(elements_of(value).empty());
    CHECK(elements_of(member(value, "absent")).empty());
}

#include "mail/mime.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <random>
#include <stdexcept>

#include "base/text.h"
#include "unit/mail/decode.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono;

namespace {

NamedMailbox named(std::string_view text) {
    return std::get<NamedMailbox>(NamedMailbox::parse(text));
}

Draft draft() {
    return {.from = named("Reem, Mark and the team <campaigns@harbour.example>"),
            .reply_to = std::nullopt,
            .to = Mailbox::from("William@bücher.example"),
            .subject = "William, tell them: not in our name",
            .message_id = "abc@harbour.example",
            .date = sys_days{2026y / November / 23} + 19h,
            .headers = {},
            .text = "Dear William,\nact now.\n",
            .html = "",
            .attachments = {}};
}

std::string header_block(const std::string& message) {
    return message.substr(0, message.find("\r\n\r\n") + 2);
}

std::string body(const std::string& message) {
    return message.substr(message.find("\r\n\r\n") + 4);
}

std::size_t count_headers(const std::string& message, std::string_view name) {
    auto lines = lines_of(header_block(message));
    return static_cast<std::size_t>(
        std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
            return line.size() > name.size() && line[name.size()] == ':' &&
                   ascii_iequals(line.substr(0, name.size()), name);
        }));
}

void check_shape(const std::string& message) {
    for (const auto& line : lines_of(message)) {
        CHECK_FALSE(line.starts_with("."));  // no dot-stuffing
        CHECK(line.size() <= 998);
        CHECK(is_printable_ascii(line));
    }
    CHECK(message.ends_with("\r\n"));
    for (auto name :
         {"Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type"}) {
        CHECK(count_headers(message, name) == 1);
    }
}

}  // namespace

TEST_CASE("a text mail, byte by byte") {
    Draft d = draft();
    d.reply_to = named("hello@harbour.example");
    d.headers = {{"Precedence", "bulk"}, {"X-Note", "Zoë", false}};
    CHECK(build_message(d) ==
          "Date: Mon, 23 Nov 2026 19:00:00 +0000\r\n"
          "From: \"Reem, Mark and the team\" <campaigns@harbour.example>\r\n"
          "To: William@xn--bcher-kva.example\r\n"
          "Reply-To: hello@harbour.example\r\n"
          "Subject: William, tell them: not in our name\r\n"
          "Message-ID: <abc@harbour.example>\r\n"
          "MIME-Version: 1.0\r\n"
          "Precedence: bulk\r\n"
          "X-Note: =?utf-8?Q?Zo=C3=AB?=\r\n"
          "Content-Type: text/plain; charset=utf-8\r\n"
          "Content-Transfer-Encoding: quoted-printable\r\n"
          "\r\n"
          "Dear William,\r\n"
          "act now.\r\n");
}

TEST_CASE("text and HTML are alternatives, the text first") {
    Draft d = draft();
    d.text = "plain =";
    d.html = "<p>rich</p>\n";
    std::string mark = "=_alt_7nisaz6xigqu2vrajtlv2p32mg";
    std::string message = build_message(d);
    CHECK(message.substr(message.find("MIME-Version")) ==
          "MIME-Version: 1.0\r\n"
          "Content-Type: multipart/alternative;\r\n boundary=\"" +
              mark +
              "\"\r\n"
              "\r\n"
              "\r\n"
              "--" +
              mark +
              "\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n"
              "\r\n"
              "plain =3D\r\n"
              "--" +
              mark +
              "\r\n"
              "Content-Type: text/html; charset=utf-8\r\n"
              "Content-Transfer-Encoding: quoted-printable\r\n"
              "\r\n"
              "<p>rich</p>\r\n"
              "\r\n"
              "--" +
              mark + "--\r\n");
}

TEST_CASE("HTML alone is one part") {
    Draft d = draft();
    d.text = "";
    d.html = "<p>rich</p>";
    std::string message = build_message(d);
    CHECK(message.find("Content-Type: text/html; charset=utf-8\r\n") != message.npos);
    CHECK(message.find("multipart") == message.npos);
    CHECK(body(message) == "<p>rich</p>\r\n");
}

TEST_CASE("attachments lie beside the alternatives, in base64") {
    Draft d = draft();
    d.html = "<p>rich</p>";
    d.attachments = {{"Größe.pdf", "application/pdf", "%PDF-1.7"},
                     {"a.eml", "message/rfc822", "x"}};
    std::string message = build_message(d);
    check_shape(message);
    CHECK(message.find("Content-Type: multipart/mixed; boundary=\"=_mix_") != message.npos);
    CHECK(message.find("Content-Type: multipart/alternative;\r\n boundary=\"=_alt_") !=
          message.npos);
    CHECK(message.find("Content-Type: application/pdf; name*=UTF-8''Gr%C3%B6%C3%9Fe.pdf;\r\n"
                       " name=\"Gr__e.pdf\"\r\n"
                       "Content-Disposition: attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf;\r\n"
                       " filename=\"Gr__e.pdf\"\r\n"
                       "Content-Transfer-Encoding: base64\r\n"
                       "\r\n"
                       "JVBERi0xLjc=\r\n--=_mix_") != message.npos);
    CHECK(message.find("Content-Type: application/octet-stream; name=\"a.eml\"") != message.npos);
    CHECK(message.ends_with("--\r\n"));
}

TEST_CASE("a file that was encoded once makes the same message") {
    Draft d = draft();
    d.attachments = {{"Größe.pdf", "application/pdf", "%PDF-1.7"}, {"a.txt", "text/plain", ""}};
    std::string anew = build_message(d);
    std::vector<std::string> parts;
    for (const AttachedFile& file : d.attachments) parts.push_back(encode_attachment(file));
    for (std::size_t i = 0; i < parts.size(); ++i) d.attachments[i].encoded = parts[i];
    CHECK(build_message(d) == anew);
    d.attachments[0].encoded = "X-A: instead\r\n\r\n";
    CHECK(build_message(d).find("X-A: instead\r\n\r\n\r\n--=_mix_") != std::string::npos);
}

TEST_CASE("equal drafts give equal bytes, another Message-ID another boundary") {
    Draft d = draft();
    d.html = "<p>rich</p>";
    CHECK(build_message(d) == build_message(d));
    Draft other = d;
    other.message_id = "abd@harbour.example";
    CHECK(body(build_message(other)) != body(build_message(d)));
}

TEST_CASE("no text that a body holds can end its part") {
    Draft d = draft();
    d.html = "<p>rich</p>";
    const std::string first = build_message(d);
    auto at = first.find("boundary=\"") + 10;
    const std::string mark = first.substr(at, first.find('"', at) - at);
    CHECK(mark.size() <= 70);
    d.text = "x\n--" + mark + "--\ny";
    d.html = "--" + mark + "\n";
    const std::string message = build_message(d);
    std::size_t delimiters = 0;
    for (const auto& line : lines_of(message)) delimiters += line.starts_with("--" + mark);
    CHECK(delimiters == 3);
}

TEST_CASE("a display name is written as its characters demand") {
    auto from_line = [](std::string_view from) {
        Draft d = draft();
        d.from = named(from);
        return lines_of(build_message(d)).at(1);
    };
    CHECK(from_line("Harbour Action <c@a.example>") == "From: Harbour Action <c@a.example>");
    CHECK(from_line("c@a.example") == "From: c@a.example");
    CHECK(from_line("Zoë <c@a.example>") == "From: =?utf-8?Q?Zo=C3=AB?= <c@a.example>");
    CHECK(from_line("\"  \" <c@a.example>") == "From: c@a.example");
}

TEST_CASE("a long subject is folded into lines that readers join again") {
    Draft d = draft();
    d.subject = "";
    for (int i = 0; i < 30; ++i) d.subject += "Ünïcödé wörds ";
    const std::string message = build_message(d);
    check_shape(message);
    std::string text;
    auto lines = lines_of(header_block(message));
    auto line = std::find_if(lines.begin(), lines.end(),
                             [](const std::string& l) { return l.starts_with("Subject: "); });
    REQUIRE(line != lines.end());
    text = decode_word(line->substr(9));
    for (++line; line->starts_with(' '); ++line) {
        CHECK(line->size() <= 76);
        text += decode_word(line->substr(1));
    }
    CHECK(text == trim(d.subject));
}

TEST_CASE("a recipient with SMTPUTF8 has a To in UTF-8, everything else stays ASCII") {
    Draft d = draft();
    d.to = Mailbox::from("zoë@bücher.example");
    d.subject = "Zoë";
    const std::string message = build_message(d);
    CHECK(message.find("\r\nTo: zoë@xn--bcher-kva.example\r\n") != message.npos);
    CHECK(message.find("\r\nSubject: =?utf-8?Q?Zo=C3=AB?=\r\n") != message.npos);
}

TEST_CASE("a sender that needs SMTPUTF8 cannot write to others") {
    Draft d = draft();
    d.from = named("zoë@harbour.example");
    CHECK_THROWS_AS(build_message(d), std::invalid_argument);
    d.to = Mailbox::from("zoë@harbour.example");
    CHECK_NOTHROW(build_message(d));
}

TEST_CASE("control characters get into no header") {
    const std::vector<std::string> evil = {"a\r\nBcc: v@a.example",
                                           "a\nb",
                                           "a\rb",
                                           std::string("a\0b", 3),
                                           "a\tb",
                                           "a\x7f",
                                           "a\n",
                                           "\xff"};
    for (const auto& value : evil) {
        CAPTURE(value);
        Draft d = draft();
        auto refuses = [&](auto change) {
            Draft changed = d;
            change(changed);
            CHECK_THROWS_AS(build_message(changed), std::invalid_argument);
        };
        refuses([&](Draft& x) { x.subject = value; });
        refuses([&](Draft& x) { x.from.name = value; });
        refuses([&](Draft& x) { x.reply_to = NamedMailbox{value, x.to}; });
        refuses([&](Draft& x) { x.message_id = value + "@a.example"; });
        refuses([&](Draft& x) { x.headers = {{"X-A", value}}; });
        refuses([&](Draft& x) { x.headers = {{"X-A", value, false}}; });
        refuses([&](Draft& x) { x.headers = {{value, "a"}}; });
        refuses([&](Draft& x) { x.attachments = {{value, "text/plain", ""}}; });
        const std::string type = "text/" + value;
        refuses([&](Draft& x) { x.attachments = {{"a", type, ""}}; });
    }
}

TEST_CASE("a header that is written already cannot be added") {
    for (auto name : {"Subject", "FROM", "to", "Message-Id", "Date", "Reply-To", "Bcc", "Cc",
                      "Sender", "Mime-Version", "Content-Type", "content-transfer-encoding"}) {
        CAPTURE(name);
        Draft d = draft();
        d.headers = {{name, "a"}};
        CHECK_THROWS_AS(build_message(d), std::invalid_argument);
    }
}

TEST_CASE("a Message-ID or media type that is none is refused") {
    for (auto id : {"", "a b@c", "a>b@c", "<a@b>"}) {
        Draft d = draft();
        d.message_id = id;
        CHECK_THROWS_AS(build_message(d), std::invalid_argument);
    }
    for (auto type :
         {"", "/", "text", "text/", "/plain", "text/plain; x=y", "a/b/c", "text/\"x\""}) {
        Draft d = draft();
        d.attachments = {{"a", type, ""}};
        CHECK_THROWS_AS(build_message(d), std::invalid_argument);
    }
}

TEST_CASE("500 made-up drafts give messages of the right shape") {
    constexpr std::string_view kPieces[] = {"a",  ".",      " ",          ",",
                                            "=?", "é",      "\U0001F514", "\"",
                                            "\\", "日本語", "<x@y>",      "longerwordlongerword"};
    std::mt19937 random(11);
    auto words = [&](unsigned most) {
        std::string text;
        for (auto left = random() % most; left > 0; --left) {
            text += kPieces[random() % std::size(kPieces)];
        }
        return text;
    };
    for (int i = 0; i < 500; ++i) {
        Draft d = draft();
        d.from.name = words(40);
        d.subject = words(80);
        d.headers = {{"X-Note", words(60), false}};
        d.text = words(200);
        d.html = words(200);
        std::string name = words(20);
        if (i % 3 == 0) d.attachments = {{name, "text/plain", d.text}};
        CAPTURE(d.subject);
        check_shape(build_message(d));
    }
}

#include "transport/smtp/capabilities.h"

#include <doctest/doctest.h>
#include <vector>

#include "transport/smtp/commands.h"
#include "unit/transport/support.h"

using namespace tocsin;
using namespace tocsin::test;

TEST_CASE("EHLO keywords count in any case, with parameters, and not in the greeting line") {
    auto read = [](std::vector<std::string> lines) { return read_capabilities(lines); };
    Capabilities all =
        read({"mail.example hello", "size 1000", "8bitmime", "SMTPUTF8", "AUTH PLAIN LOGIN"});
    CHECK(all.size);
    CHECK(all.eight_bit_mime);
    CHECK(all.smtputf8);
    CHECK(all.auth);
    CHECK(read({"mail.example", "AUTH=LOGIN"}).auth);
    Capabilities none = read({"SIZE", "SIZEABLE", "XAUTH", ""});
    CHECK(!none.size);
    CHECK(!none.auth);
    CHECK(!read({}).size);
}

TEST_CASE("PIPELINING, DSN, the size limit and the limit of messages are read; nonsense is none") {
    auto read = [](std::vector<std::string> lines) { return read_capabilities(lines); };
    Capabilities all = read({"x", "PIPELINING", "dsn", "SIZE 1000", "LIMITS RCPTMAX=9 mailmax=50"});
    CHECK(all.pipelining);
    CHECK(all.dsn);
    CHECK(all.most_bytes == 1000);
    CHECK(all.most_messages == 50);
    Capabilities none = read({"x", "SIZE lots", "LIMITS MAILMAX=0 MAILMAX=x"});
    CHECK(none.size);
    CHECK(none.most_bytes == 0);
    CHECK(!none.most_messages);
    CHECK(!none.pipelining);
}

TEST_CASE("with DSN a bounce names our mail and the recipient, in xtext") {
    Message message = message_to("a+b=c@example.org");
    message.message_id = "id+1@harbour.example";
    Capabilities dsn{.dsn = true};
    CHECK(mail_command(message, dsn) ==
          "MAIL FROM:<bounces@harbour.example> RET=HDRS ENVID=id+2B1@harbour.example\r\n");
    CHECK(rcpt_command(message, dsn) ==
          "RCPT TO:<a+b=c@example.org> NOTIFY=FAILURE ORCPT=rfc822;a+2Bb+3Dc@example.org\r\n");
    CHECK(rcpt_command(message, {}) == "RCPT TO:<a+b=c@example.org>\r\n");
}

TEST_CASE("a message over the announced size is not tried") {
    Message message = message_to("ann@example.org", std::string(1001, 'x'));
    CHECK(missing_extension(message, {.size = true, .most_bytes = 1001}).empty());
    CHECK(missing_extension(message, {.size = true, .most_bytes = 1000}) ==
          "the message has 1,001 bytes, and the server takes at most 1,000");
}

TEST_CASE("parameters of MAIL are sent only where announced and of use") {
    Message plain = message_to("ann@example.org", "1234567890\r\n");
    CHECK(mail_command(plain, {}) == "MAIL FROM:<bounces@harbour.example>\r\n");
    Capabilities all{.size = true, .eight_bit_mime = true, .smtputf8 = true};
    CHECK(mail_command(plain, all) == "MAIL FROM:<bounces@harbour.example> SIZE=12\r\n");
    Message wide = message_to("jürgen@example.org", "x\r\n");
    wide.eight_bit = true;
    CHECK(mail_command(wide, all) ==
          "MAIL FROM:<bounces@harbour.example> SIZE=3 BODY=8BITMIME SMTPUTF8\r\n");
    CHECK(rcpt_command(wide, {}) == "RCPT TO:<jürgen@example.org>\r\n");
}

TEST_CASE("a message that needs what the server lacks is told so") {
    Message plain = message_to("ann@example.org");
    CHECK(missing_extension(plain, {}).empty());
    CHECK(missing_extension(message_to("jürgen@example.org"), {}).find("SMTPUTF8") !=
          std::string::npos);
    plain.eight_bit = true;
    CHECK(missing_extension(plain, {}).find("8BITMIME") != std::string::npos);
    CHECK(missing_extension(plain, {.eight_bit_mime = true}).empty());
}

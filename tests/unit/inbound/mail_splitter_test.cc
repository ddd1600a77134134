#include "inbound/sources/mail_splitter.h"

#include <doctest/doctest.h>
#include <memory>

using namespace tocsin;

namespace {

std::vector<std::string> mails_in(std::string text, std::size_t most = 1'000'000) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::tmpfile(), &std::fclose);
    std::fwrite(text.data(), 1, text.size(), stream.get());
    std::rewind(stream.get());
    MailSplitter splitter(stream.get(), most);
    std::vector<std::string> mails;
    while (auto mail = splitter.next()) mails.push_back(std::move(*mail));
    CHECK_FALSE(splitter.next());
    return mails;
}

using Mails = std::vector<std::string>;
const std::string kFrom = "From MAILER-DAEMON Tue Nov 24 09:00:00 2026\n";

}  // namespace

TEST_CASE("a file that does not begin as an mbox is one mail, byte for byte") {
    std::string with_nul("Subject: a\n\nb\0c", 15);
    CHECK(mails_in(with_nul) == Mails{with_nul});
    CHECK(mails_in("Subject: a\n\nx\n\n" + kFrom + "y") ==
          Mails{"Subject: a\n\nx\n\n" + kFrom + "y"});
    CHECK(mails_in("no end of line") == Mails{"no end of line"});
    CHECK(mails_in("").empty());
}

TEST_CASE("an mbox is cut at its separators") {
    CHECK(mails_in(kFrom + "A: 1\n\na\n\n" + kFrom + "B: 2\n\nb\n") ==
          Mails{"A: 1\n\na\n\n", "B: 2\n\nb\n"});
    CHECK(mails_in(kFrom) == Mails{""});
    CHECK(mails_in(kFrom + "A: 1\r\n\r\na\r\n\r\n" + kFrom + "B: 2\r\n\r\nb\r\n").size() == 2);
}

TEST_CASE("a line of a body that begins with From is no separator") {
    std::string body = "A: 1\n\na\n\nFrom here on, nothing\n\nFrom: x\n>From y\n";
    CHECK(mails_in(kFrom + body) == Mails{body});
    std::string no_blank = "A: 1\n\na\n" + kFrom + "b\n";
    CHECK(mails_in(kFrom + no_blank) == Mails{no_blank});
}

TEST_CASE("separators as programs write them") {
    for (const char* line :
         {"From jo@one.example Tue Nov 24 09:00:00 2026\n", "From  Tue Nov  3 09:00 2026\n",
          "From - Tue Nov 24 09:00:00 2026\r\n",
          "From \"a b\"@x.example Mon Jan  1 00:00:00 +0100 2024",
          "From MAILER-DAEMON@mail.example  Thu Feb 29 23:59:59 2024 remote from x\n"}) {
        CAPTURE(line);
        CHECK(is_mbox_separator(line));
    }
    for (const char* line : {"From the Mon after\n", "From: jo@one.example\n", "From \n", "",
                             "From jo Tue Foo 24 09:00:00 2026\n"}) {
        CAPTURE(line);
        CHECK_FALSE(is_mbox_separator(line));
    }
}

TEST_CASE("of a mail that is too long the beginning is read, and the next one is found") {
    std::string line(200'000, 'x');
    Mails mails = mails_in(kFrom + "A: 1\n\n" + line + "\n\n" + kFrom + "B: 2\n\nb\n", 1000);
    REQUIRE(mails.size() == 2);
    CHECK(mails[0] == "A: 1\n\n" + std::string(994, 'x'));
    CHECK(mails[1] == "B: 2\n\nb\n");
}

TEST_CASE("mails of every length around the buffer are found") {
    for (std::size_t size = 65'400; size < 65'560; size += 3) {
        CAPTURE(size);
        std::string filler = "A: 1\n\n" + std::string(size, 'x') + "\n\n";
        CHECK(mails_in(kFrom + filler + kFrom + "B: 2\n") == Mails{filler, "B: 2\n"});
    }
}

#include "preview/preview.h"

#include <doctest/doctest.h>

#include "base/file.h"
#include "support/temporary_folder.h"
#include "unit/preview/campaign.h"

using namespace tocsin;
using namespace tocsin::testing;

TEST_CASE("files have numbers for names") {
    CHECK(preview_file_name(1) == "001.eml");
    CHECK(preview_file_name(1000) == "1000.eml");
}

TEST_CASE("mails of an earlier preview go, files of others stay, and all is private") {
    TemporaryFolder folder;
    auto out = folder.path() / "a/out";
    MailView first = mail_of("one"), second = mail_of("two");
    second.file = "002.eml";
    write_preview(out, {}, {first, second});
    folder.write("a/out/mine.eml", "x");
    folder.write("a/out/01.eml", "x");
    auto page = write_preview(out, {}, {first});
    CHECK(page == out / "index.html");
    CHECK_FALSE(std::filesystem::exists(out / "002.eml"));
    CHECK(std::filesystem::exists(out / "mine.eml"));
    CHECK(std::filesystem::exists(out / "01.eml"));
    CHECK(read_file(out / "001.eml") == first.source);
    using std::filesystem::perms;
    CHECK(std::filesystem::status(out).permissions() == perms::owner_all);
    for (const char* name : {"001.eml", "index.html"})
        CHECK(std::filesystem::status(out / name).permissions() ==
              (perms::owner_read | perms::owner_write));
}

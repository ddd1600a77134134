// Files, folders, Maildirs and IMAP folders as sources of mails.
#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>

#include "base/error.h"
#include "inbound/sources/files.h"
#include "inbound/sources/imap_source.h"
#include "inbound/sources/maildir_source.h"
#include "support/temporary_folder.h"

namespace fs = std::filesystem;
using namespace tocsin;

namespace {

struct Folder : TemporaryFolder {
    fs::path maildir() const {
        for (const char* part : {"new", "cur", "tmp"}) fs::create_directories(path() / "m" / part);
        return path() / "m";
    }
    std::vector<std::string> names(const std::string& part) const {
        std::vector<std::string> found;
        for (const auto& entry : fs::directory_iterator(path() / "m" / part)) {
            found.push_back(entry.path().filename().string());
        }
        std::sort(found.begin(), found.end());
        return found;
    }
};

std::string all_in(const fs::path& path) {
    std::string text;
    for (const SourceMaker& make : sources_at(path)) {
        auto source = make();
        while (auto mail = source->next()) text += mail->bytes + "|";
    }
    return text;
}

using Names = std::vector<std::string>;

struct FakeFolder : ImapFolder {
    std::string& log;
    explicit FakeFolder(std::string& l) : log(l) {}
    std::vector<ImapUid> unread() override { return {3, 5, 8}; }
    std::optional<std::string> fetch(ImapUid uid, std::size_t) override {
        if (uid == 5) return std::nullopt;
        return "mail " + std::to_string(uid);
    }
    void mark(std::span<const ImapUid> uids, bool star) override {
        for (ImapUid uid : uids) log += (star ? "star " : "seen ") + std::to_string(uid) + ";";
    }
    void move(std::span<const ImapUid> uids, const std::string& folder) override {
        for (ImapUid uid : uids) log += folder + " " + std::to_string(uid) + ";";
    }
};

}  // namespace

TEST_CASE("a folder's files are read by name, below it, too, hidden ones not") {
    Folder folder;
    folder.write("b.eml", "b");
    folder.write("a.eml", "a");
    folder.write("c/d.mbox",
                 "From x Tue Nov 24 09:00:00 2026\nd\n\nFrom x Tue Nov 24 09:00:00 2026\ne\n");
    folder.write(".hidden", "x");
    CHECK(all_in(folder.path()) == "a|b|d\n\n|e\n|");
    CHECK(all_in(folder.path() / "a.eml") == "a|");
    CHECK_THROWS_AS(sources_at(folder.path() / "none"), MissingInput);
}

TEST_CASE("a Maildir's unread mails are handed out, and stay unread until they are settled") {
    Folder folder;
    fs::path maildir = folder.maildir();
    folder.write("m/new/1.host", "one");
    folder.write("m/new/2.host", "two");
    folder.write("m/cur/3.host:2,", "three");
    folder.write("m/cur/4.host:2,RS", "read before");
    folder.write("m/tmp/5.host", "not whole yet");
    CHECK(all_in(folder.path()) == "three|one|two|");
    MaildirSource source(maildir);
    while (source.next()) continue;
    CHECK(folder.names("new") == Names{"1.host", "2.host"});
    Settled settled[] = {{1, Fate::kHandled}, {2, Fate::kKept}};
    source.settle(settled);
    CHECK(folder.names("new") == Names{"2.host"});
    CHECK(folder.names("cur") == Names{"1.host:2,FS", "3.host:2,S", "4.host:2,RS"});
    CHECK(all_in(maildir) == "two|");
}

TEST_CASE("a mail that another program moved meanwhile is let go") {
    Folder folder;
    fs::path maildir = folder.maildir();
    folder.write("m/new/1.host", "one");
    folder.write("m/new/2.host", "two");
    MaildirSource source(maildir);
    fs::remove(maildir / "new/1.host");
    auto mail = source.next();
    REQUIRE(mail);
    CHECK(mail->bytes == "two");
    fs::remove(maildir / "new/2.host");
    Settled settled[] = {{mail->number, Fate::kHandled}};
    source.settle(settled);
    CHECK(folder.names("cur").empty());
}

TEST_CASE("flags stand in their order, once") {
    CHECK(maildir_name_with("1.host", "S") == "1.host:2,S");
    CHECK(maildir_name_with("1.host:2,RT", "FS") == "1.host:2,FRST");
    CHECK(maildir_name_with("1.host:2,F", "FS") == "1.host:2,FS");
}

TEST_CASE("a very large mail is read in part") {
    Folder folder;
    folder.maildir();
    folder.write("m/new/1.host", std::string(kMostOfAMail + 100, 'x'));
    folder.write("2.eml", std::string(kMostOfAMail + 100, 'x'));
    CHECK(all_in(folder.path()) ==
          std::string(kMostOfAMail, 'x') + "|" + std::string(kMostOfAMail, 'x') + "|");
}

TEST_CASE(
    "mails on a server are marked or moved when they are settled, one that is gone is let go") {
    std::string log;
    ImapSource marking(std::make_unique<FakeFolder>(log), "imaps://h/INBOX", "");
    auto first = marking.next();
    auto second = marking.next();
    REQUIRE(second);
    CHECK(first->name == "imaps://h/INBOX;UID=3");
    CHECK(second->bytes == "mail 8");
    CHECK_FALSE(marking.next());
    Settled settled[] = {{first->number, Fate::kHandled}, {second->number, Fate::kKept}};
    marking.settle(settled);
    CHECK(log == "star 8;seen 3;");
    log.clear();
    ImapSource moving(std::make_unique<FakeFolder>(log), "imaps://h/INBOX", "done");
    moving.settle(settled);
    CHECK(log == "star 8;done 3;");
}

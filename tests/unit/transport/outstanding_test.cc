#include "transport/http/outstanding.h"

#include <doctest/doctest.h>
#include <fstream>

#include "support/temporary_folder.h"

using namespace tocsin;

namespace {

OutstandingRequest request(const std::string& key) {
    return {{key,
             "alert",
             {{7, "ann@one.example"}, {8, "bob@one.example"}},
             WallTime(Milliseconds(1234567))},
            Milliseconds(765),
            "POST",
            "https://api.harbour.example/emails",
            "boot-1",
            std::string(64, 'a'),
            "line\n\0two\n\n"};
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("a request comes back as it was kept, and is gone when it is forgotten") {
    TemporaryFolder folder;
    Outstanding store(folder.path() / "outstanding" / "api");
    CHECK(store.read().empty());
    store.forget("none");
    const OutstandingRequest kept = request("k1");
    store.write(kept);
    store.write(request("k2"));
    CHECK(store.read().size() == 2);
    store.forget("k2");
    const auto all = store.read();
    REQUIRE(all.size() == 1);
    CHECK(all[0].question.key == "k1");
    CHECK(all[0].question.campaign == "alert");
    REQUIRE(all[0].question.mails.size() == 2);
    CHECK(all[0].question.mails[1].ticket == 8);
    CHECK(all[0].question.mails[1].address == "bob@one.example");
    CHECK(all[0].question.asked == kept.question.asked);
    CHECK(all[0].asked_at_boot == kept.asked_at_boot);
    CHECK(all[0].method == kept.method);
    CHECK(all[0].url == kept.url);
    CHECK(all[0].boot_id == kept.boot_id);
    CHECK(all[0].account == kept.account);
    CHECK(all[0].body == kept.body);
}

TEST_CASE("whole mails are nobody else's to read") {
    TemporaryFolder folder;
    Outstanding store(folder.path() / "outstanding");
    store.write(request("k1"));
    using std::filesystem::perms;
    auto mode = [](const std::filesystem::path& path) {
        return std::filesystem::status(path).permissions();
    };
    CHECK(mode(folder.path() / "outstanding" / "k1") == (perms::owner_read | perms::owner_write));
    CHECK(mode(folder.path() / "outstanding") == perms::owner_all);
}

TEST_CASE("what is cut at any byte, or longer, or no request, counts for nothing") {
    TemporaryFolder folder;
    Outstanding store(folder.path());
    store.write(request("k1"));
    const std::filesystem::path file = folder.path() / "k1";
    const std::string whole = bytes_of(file);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        std::ofstream(file, std::ios::binary) << whole.substr(0, size);
        CHECK(store.read().empty());
    }
    std::ofstream(file, std::ios::binary) << whole << "x";
    CHECK(store.read().empty());
    std::ofstream(file, std::ios::binary) << "X" << whole;
    CHECK(store.read().empty());
    std::ofstream(file, std::ios::binary) << whole;
    CHECK(store.read().size() == 1);
}

TEST_CASE("what was never finished is left alone while it may be written, and removed later") {
    TemporaryFolder folder;
    Outstanding store(folder.path());
    const auto part = folder.write("k1.part", "tocsin");
    CHECK(store.read().empty());
    CHECK(std::filesystem::exists(part));
    std::filesystem::last_write_time(
        part, std::filesystem::file_time_type::clock::now() - std::chrono::hours(2));
    CHECK(store.read().empty());
    CHECK(!std::filesystem::exists(part));
}

TEST_CASE("what cannot be kept leaves no half of it") {
    TemporaryFolder folder;
    std::filesystem::create_directory(folder.path() / "k1");
    Outstanding store(folder.path());
    CHECK_THROWS_AS(store.write(request("k1")), std::system_error);
    CHECK(!std::filesystem::exists(folder.path() / "k1.part"));
}

TEST_CASE("what is old goes, of a transport that nobody uses any more, too; what is not stays") {
    TemporaryFolder folder;
    Outstanding::sweep(folder.path() / "none", std::chrono::hours(24));
    for (const char* transport : {"api", "gone"}) {
        Outstanding store(folder.path() / transport);
        store.write(request("old"));
        store.write(request("new"));
        folder.write(std::string(transport) + "/cut.part", "tocsin");
        for (const char* name : {"old", "cut.part"}) {
            std::filesystem::last_write_time(
                folder.path() / transport / name,
                std::filesystem::file_time_type::clock::now() - std::chrono::hours(25));
        }
    }
    Outstanding::sweep(folder.path(), std::chrono::hours(24));
    for (const char* transport : {"api", "gone"}) {
        CHECK(!std::filesystem::exists(folder.path() / transport / "old"));
        CHECK(!std::filesystem::exists(folder.path() / transport / "cut.part"));
        CHECK(std::filesystem::exists(folder.path() / transport / "new"));
    }
}

TEST_CASE("another key is another account") {
    HttpRequest one{"POST", "https://a.example/", {{"Authorization", "Bearer 1"}}, "x"};
    HttpRequest same = one;
    same.body = "y";
    HttpRequest other = one;
    other.headers[0].second = "Bearer 2";
    CHECK(account_of(one) == account_of(same));
    CHECK(account_of(one) != account_of(other));
    CHECK(account_of(one).size() == 64);
}

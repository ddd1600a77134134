#include "delivery/relay_log/log_file.h"

#include <doctest/doctest.h>
#include <fstream>
#include <vector>
#include <zlib.h>

#include "base/error.h"
#include "support/temporary_folder.h"

namespace fs = std::filesystem;
using namespace tocsin;

namespace {

std::vector<std::string> lines_of(const fs::path& file) {
    std::vector<std::string> lines;
    for_each_log_line(file, [&](std::string_view line) { lines.emplace_back(line); });
    return lines;
}

void write(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

void write_gzip(const fs::path& file, const std::string& bytes) {
    gzFile out = ::gzopen(file.c_str(), "wb");
    ::gzwrite(out, bytes.data(), static_cast<unsigned>(bytes.size()));
    ::gzclose(out);
}

ExitCode refusal(const fs::path& file) {
    try {
        lines_of(file);
    } catch (const Error& error) {
        return error.code();
    }
    return ExitCode::kOk;
}

}  // namespace

TEST_CASE("lines of a plain and of a compressed log are the same, across every block") {
    TemporaryFolder folder;
    std::string text;
    std::vector<std::string> expected;
    for (int i = 0; i < 20'000; ++i) {
        expected.push_back("line " + std::to_string(i) +
                           std::string(static_cast<std::size_t>(i % 97), 'x'));
        text += expected.back() + "\n";
    }
    write(folder.path() / "mail.log", text + "the last has no end");
    write_gzip(folder.path() / "mail.log.gz", text + "the last has no end");
    expected.push_back("the last has no end");
    CHECK(lines_of(folder.path() / "mail.log") == expected);
    CHECK(lines_of(folder.path() / "mail.log.gz") == expected);
}

TEST_CASE("a line without end does not fill the memory") {
    TemporaryFolder folder;
    write(folder.path() / "mail.log", std::string(300'000, 'x') + "\nnext\n");
    auto lines = lines_of(folder.path() / "mail.log");
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].size() == 64 * 1024);
    CHECK(lines[1] == "next");
}

TEST_CASE("a log that is missing, no file, or damaged is an error, not an empty log") {
    TemporaryFolder folder;
    CHECK(refusal(folder.path() / "none.log") == ExitCode::kMissingInput);
    CHECK(refusal(folder.path()) == ExitCode::kBadInput);
    std::string noise;
    for (unsigned i = 0; i < 60'000; ++i) noise += static_cast<char>('a' + (i * i / 7) % 26);
    write_gzip(folder.path() / "mail.log.gz", noise);
    fs::resize_file(folder.path() / "mail.log.gz",
                    fs::file_size(folder.path() / "mail.log.gz") / 2);
    CHECK(refusal(folder.path() / "mail.log.gz") == ExitCode::kBadInput);
}

#include "cli/progress_text.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

const ProgressCounts kHalf{.total = 5000, .settled = 2500};
const ProgressCounts kTrouble{
    .total = 200'000, .settled = 104'000, .deferred = 1'234, .rejected = 321, .in_doubt = 3};

// Columns of a line of ASCII and block characters.
std::size_t columns(const std::string& text) {
    std::size_t count = 0;
    for (char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

std::string at(std::size_t width, const ProgressCounts& counts, std::optional<double> rate) {
    return progress_bar("alert", counts, rate, {width, false});
}

}  // namespace

TEST_CASE("everything is on a wide line") {
    CHECK(
        at(142, kTrouble, 48.2) ==
        "alert  [###################-------------------]  52 %  104,000/200,000  48/s  33 min left"
        "  1,234 deferred  321 rejected  3 in doubt");
}

TEST_CASE("who is slowed is said behind the counts, where there is room") {
    ProgressCounts slowed = kTrouble;
    slowed.slowed = "google.com slowed to 2.5/s";
    CHECK(at(142, slowed, 48.2) ==
          "alert  [#########---------]  52 %  104,000/200,000  48/s  33 min left"
          "  1,234 deferred  321 rejected  3 in doubt  google.com slowed to 2.5/s");
    CHECK(at(82, slowed, 48.2) == at(82, kTrouble, 48.2));
    CHECK(progress_report("alert", slowed, 48.2) ==
          "alert: 104,000 of 200,000, 48/s, 33 min left, 1,234 deferred, 321 rejected, 3 in doubt, "
          "google.com slowed to 2.5/s");
}

TEST_CASE("a narrow line drops what matters least") {
    CHECK(at(82, kHalf, 48.2) ==
          "alert  [#################-----------------]  50 %  2,500/5,000  48/s  52 s left");
    CHECK(at(82, kTrouble, 48.2) ==
          "[####-----]  52 %  104,000/200,000  48/s  33 min left  321 rejected  3 in doubt");
    CHECK(at(62, kTrouble, 48.2) == "alert  [####----]  52 %  104,000/200,000  48/s  33 min left");
    CHECK(at(32, kTrouble, 48.2) == "52 %  104,000/200,000  48/s");
    CHECK(at(18, kTrouble, 48.2) == "104,000/200,000");
    CHECK(at(17, kTrouble, 48.2) == "[###---]  52 %");
    CHECK(at(6, kTrouble, 48.2) == "");
}

TEST_CASE("a line leaves its terminal room for the ^C") {
    for (bool utf8 : {false, true}) {
        for (std::size_t width = 0; width < 200; ++width) {
            CAPTURE(width);
            for (const ProgressCounts& counts : {kHalf, kTrouble, ProgressCounts{}}) {
                std::string line = progress_bar("tech-contracts", counts, 9.96, {width, utf8});
                CHECK(columns(line) <= (width <= 3 ? 0 : width - 3));
                CHECK(line.find('\n') == line.npos);
            }
        }
    }
}

TEST_CASE("block characters are for those who can see them") {
    CHECK(progress_bar("a", {.total = 4, .settled = 1}, std::nullopt, {32, true}) ==
          "a  ███░░░░░░░░░░░░  25 %  1/4");
    CHECK(progress_bar("a", {.total = 4, .settled = 1}, std::nullopt, {32, false}) ==
          "a  [###----------]  25 %  1/4");
}

TEST_CASE("neither a rate nor an end is guessed") {
    CHECK(progress_report("alert", kHalf, std::nullopt) == "alert: 2,500 of 5,000");
    // Only deferred ones are left: they come when they come.
    CHECK(progress_report("alert", {.total = 10, .settled = 8, .deferred = 2}, 5.0) ==
          "alert: 8 of 10, 5.0/s, 2 deferred");
    // Deferred again and again, they are more answers than mails.
    CHECK(progress_report("alert", {.total = 10, .settled = 8, .deferred = 9}, 5.0) ==
          "alert: 8 of 10, 5.0/s, 9 deferred");
}

TEST_CASE("rates and times have units that fit them") {
    auto report = [](std::size_t total, double rate) {
        return progress_report("a", {.total = total}, rate);
    };
    CHECK(report(99, 1.0) == "a: 0 of 99, 1.0/s, 99 s left");
    CHECK(report(100, 1.0) == "a: 0 of 100, 1.0/s, 2 min left");
    CHECK(report(5000, 1.04) == "a: 0 of 5,000, 1.0/s, 80 min left");
    CHECK(report(300'000, 12'345.6) == "a: 0 of 300,000, 12,346/s, 25 s left");
    CHECK(report(60, 1.0 / 60) == "a: 0 of 60, 1/min, 60 min left");
    CHECK(report(7500, 1.0) == "a: 0 of 7,500, 1.0/s, 2 h 5 min left");
    CHECK(report(1'000'000, 1.0) == "a: 0 of 1,000,000, 1.0/s, 12 days left");
}

TEST_CASE("it is finished when all are settled, and not before") {
    CHECK(at(32, {.total = 1000, .settled = 999}, {}).find("99 %") != std::string::npos);
    CHECK(at(32, {.total = 1000, .settled = 1000}, {}).find("100 %") != std::string::npos);
    CHECK(at(32, {}, {}) == "alert  [########]  100 %  0/0");
}

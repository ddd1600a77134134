#include "transport/provider/rate_headers.h"

#include <doctest/doctest.h>

#include "transport/http/http_date.h"

using namespace tocsin;
using std::chrono::hours;
using std::chrono::seconds;

namespace {

const WallTime kNow{seconds(1'700'000'000)};  // Tue, 14 Nov 2023 22:13:20 GMT

HttpResponse with(HttpHeaders headers) {
    return {429, std::move(headers), ""};
}

std::optional<Milliseconds> told(const std::string& value) {
    return retry_after(with({{"retry-after", value}}), kNow);
}

}  // namespace

TEST_CASE("Retry-After says seconds or a date") {
    CHECK(told("3") == seconds(3));
    CHECK(told("0") == seconds(0));
    CHECK(told("0.25") == Milliseconds(250));
    CHECK(told("Tue, 14 Nov 2023 22:14:20 GMT") == seconds(60));
    CHECK(told("Tue, 14 Nov 2023 22:00:00 GMT") == seconds(0));
    CHECK_FALSE(retry_after(with({}), kNow));
}

TEST_CASE("a Retry-After that is nonsense is none, and an endless one is a day") {
    for (const char* value : {"", "soon", "-5", "5 s", "1e9999", "nan", "inf"}) {
        CAPTURE(std::string(value));
        CHECK(told(value).value_or(seconds(0)) <= hours(24));
    }
    CHECK_FALSE(told("soon"));
    CHECK_FALSE(told("-5"));
    CHECK(told("999999999") == hours(24));
}

TEST_CASE("a spent window waits for its reset, in seconds or at a time") {
    auto until = [](const char* remaining, const char* reset) {
        return until_reset(with({{"ratelimit-remaining", remaining}, {"ratelimit-reset", reset}}),
                           "ratelimit-remaining", "ratelimit-reset", kNow);
    };
    CHECK(until("0", "2") == seconds(2));
    CHECK(until("0", "1700000030") == seconds(30));
    CHECK(until("0", "1700000030500") == Milliseconds(30'500));
    CHECK(until("0", "1600000000") == seconds(0));
    CHECK_FALSE(until("1", "2"));
    CHECK_FALSE(until("0", "later"));
    CHECK_FALSE(until("", "2"));
}

TEST_CASE("dates of HTTP in their three forms") {
    for (const char* date : {"Tue, 14 Nov 2023 22:13:20 GMT", "Tuesday, 14-Nov-23 22:13:20 GMT",
                             "Tue Nov 14 22:13:20 2023"}) {
        CAPTURE(std::string(date));
        CHECK(parse_http_date(date) == kNow);
    }
    CHECK_FALSE(parse_http_date(""));
    CHECK_FALSE(parse_http_date("no date"));
}

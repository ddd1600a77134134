#include "web/metrics.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

bool has_line(const std::string& text, const std::string& line) {
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

}  // namespace

TEST_CASE("requests, leavings and connections are counted apart") {
    Metrics metrics;
    metrics.answered({200, Asked::kPage, ""});
    metrics.answered({200, Asked::kPage, ""});
    metrics.answered({503, Asked::kOneClick, ""});
    metrics.recorded(Choice::kPause90);
    metrics.failed();
    std::string text = metrics.text({7, 2, 3});
    for (const char* line : {"tocsin_http_requests_total{kind=\"page\",status=\"200\"} 2",
                             "tocsin_http_requests_total{kind=\"one_click\",status=\"503\"} 1",
                             "tocsin_leavings_total{choice=\"pause-90\"} 1",
                             "tocsin_leavings_failed_total 1", "tocsin_http_connections 7",
                             "tocsin_http_connections_dropped_total{reason=\"overdue\"} 2",
                             "tocsin_http_connections_dropped_total{reason=\"crowded\"} 3"}) {
        CAPTURE(line);
        CHECK(has_line(text, line));
    }
}

TEST_CASE("a histogram's buckets add up, and a bound belongs to its own") {
    using std::chrono::duration;
    Metrics metrics;
    metrics.posted(duration<double>(0.1));
    metrics.posted(duration<double>(0.11));
    metrics.posted(duration<double>(60));
    std::string text = metrics.text({});
    CHECK(has_line(text, "tocsin_post_duration_seconds_bucket{le=\"0.05\"} 0"));
    CHECK(has_line(text, "tocsin_post_duration_seconds_bucket{le=\"0.1\"} 1"));
    CHECK(has_line(text, "tocsin_post_duration_seconds_bucket{le=\"0.25\"} 2"));
    CHECK(has_line(text, "tocsin_post_duration_seconds_bucket{le=\"2.5\"} 2"));
    CHECK(has_line(text, "tocsin_post_duration_seconds_bucket{le=\"+Inf\"} 3"));
    CHECK(has_line(text, "tocsin_post_duration_seconds_count 3"));
    CHECK(has_line(text, "tocsin_post_duration_seconds_sum 60.21"));
}

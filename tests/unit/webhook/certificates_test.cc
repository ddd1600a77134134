#include "webhook/certificates.h"

#include <doctest/doctest.h>
#include <utility>

#include "base/error.h"
#include "unit/webhook/posting.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

struct Fetched {
    ManualClock clock{kNow};
    int fetches = 0;
    int status = 200;
    bool is_down = false;
    std::string body = Signer::rsa().certificate(kNow - std::chrono::hours(1),
                                                 kNow + std::chrono::hours(24 * 365));
    Certificates certificates{[this](const HttpRequest&) {
                                  ++fetches;
                                  if (is_down) throw Unavailable("no connection");
                                  return HttpResponse{status, {}, body};
                              },
                              clock};
};

}  // namespace

TEST_CASE_FIXTURE(Fetched, "a certificate is fetched once") {
    for (int i = 0; i < 3; ++i) CHECK(certificates.certificate("u") == body);
    CHECK(fetches == 1);
}

TEST_CASE_FIXTURE(Fetched, "what cannot be had is asked for again, and not too often") {
    status = 404;
    CHECK_FALSE(certificates.certificate("u"));
    is_down = true;
    for (int i = 0; i < 20; ++i) CHECK_FALSE(certificates.certificate("u"));
    CHECK(fetches == Certificates::kMostFetches);
    status = 200;
    is_down = false;
    CHECK_FALSE(certificates.certificate("u"));
    clock.advance(std::chrono::seconds(61));
    CHECK(certificates.certificate("u") == body);
}

TEST_CASE_FIXTURE(Fetched, "a page in the place of a certificate is not kept") {
    const std::string good = std::exchange(body, "<html>Try again</html>");
    CHECK_FALSE(certificates.certificate("u"));
    body = Signer::rsa().certificate(kNow + std::chrono::hours(1), kNow + std::chrono::hours(2));
    CHECK_FALSE(certificates.certificate("u"));
    body = good;
    CHECK(certificates.certificate("u") == good);
    CHECK(fetches == 3);
}

TEST_CASE_FIXTURE(Fetched, "what is kept does not grow") {
    for (int i = 0; i < 100; ++i) {
        CHECK(certificates.certificate(std::to_string(i)));
        clock.advance(std::chrono::seconds(61));
    }
    CHECK(certificates.certificate("99"));
    CHECK(fetches == 100);
}

TEST_CASE("only what is safe is fetched") {
    HttpRequest request;
    request.url = "http://sns.eu-west-1.amazonaws.com/a.pem";
    CHECK_THROWS_AS(fetch_for_webhook(request), Unavailable);
}

#include "webhook/certificates.h"

#include <doctest/doctest.h>

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
    Certificates certificates{[this](const HttpRequest& request) {
                                  ++fetches;
                                  if (is_down) throw Unavailable("no connection");
                                  return HttpResponse{status, {}, "of " + request.url};
                              },
                              clock};
};

}  // namespace

TEST_CASE_FIXTURE(Fetched, "a certificate is fetched once") {
    for (int i = 0; i < 3; ++i) CHECK(certificates.certificate("u") == "of u");
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
    CHECK(certificates.certificate("u") == "of u");
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

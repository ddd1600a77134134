#include "web/pull_answer.h"

#include <doctest/doctest.h>

#include "support/temporary_folder.h"
#include "unit/web/testing.h"
#include "unsubscribe/pull_protocol.h"

using namespace tocsin;

TEST_CASE("a pull's headers reach its server, and its answer's come back") {
    TemporaryFolder folder;
    KeyRing keys = testing::ring();
    ManualClock clock{testing::kNoon};
    JournalBook book(folder.path() / "leavings", keys, clock);
    PullServer server(keys, book, clock);
    const std::string nonce(32, '0');
    const std::string time = std::to_string(testing::kNoon.time_since_epoch().count());
    const std::string mac = pull::request_mac(keys.signing(), "GET", "0", time, nonce);
    WebRequest request{"GET",
                       "/u/pull",
                       "0",
                       {{"tocsin-key", keys.fingerprint()},
                        {"tocsin-time", time},
                        {"tocsin-nonce", nonce},
                        {"tocsin-mac", mac}}};
    WebResponse response = answer_pull(server, request);
    CHECK(response.status == 200);
    CHECK(response.body.starts_with("tocsin-pull\t1\t"));
    CHECK(response.headers.back().second == pull::answer_mac(keys.signing(), nonce, response.body));
    request.headers.clear();
    CHECK(answer_pull(server, request).status == 401);
}

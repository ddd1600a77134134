#include "unsubscribe/liveness.h"

#include <doctest/doctest.h>
#include <functional>

#include "support/http_script.h"
#include "unit/unsubscribe/support.h"
#include "unsubscribe/proof.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

struct Fixture {
    KeyRing keys = key_ring(), theirs = key_ring();
    std::string serves = kServesLedger;
    std::function<std::string(const HeardRequest&)> answer = [this](const HeardRequest& heard) {
        std::string token = heard.line.substr(heard.line.rfind("/u/") + 3, 52);
        auto decoded = decode_token(theirs, token);
        if (!decoded) return http_response(404, "", "this link is damaged");
        return http_response(200,
                             std::string(kProofHeader) + ": " +
                                 live_proof(theirs, *decoded, token) + "\r\n" + kServeHeader +
                                 ": " + serves + "\r\n",
                             "");
    };
    ScriptedServer server{http_script([this](const HeardRequest& heard) { return answer(heard); })};

    Liveness prove() { return prove_live(keys, url_of(server, "/u/")); }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a server that knows our key is live, and says what it keeps") {
    Liveness found = prove();
    CHECK(found.live);
    CHECK_FALSE(found.standalone);
    CHECK(found.trouble.empty());
    serves = kServesStandalone;
    CHECK(prove().standalone);
    theirs = key_ring({"new", "secret"});
    CHECK(prove().live);
}

TEST_CASE_FIXTURE(Fixture, "one that knows another key is not") {
    theirs = key_ring({"other"});
    Liveness found = prove();
    CHECK_FALSE(found.live);
    CHECK(found.trouble.find("status 404") != std::string::npos);
    CHECK_FALSE(found.hint.empty());
}

TEST_CASE_FIXTURE(Fixture,
                  "a page that answers everything, or repeats an old proof, proves nothing") {
    answer = [](const HeardRequest&) { return http_response(200, "", "welcome"); };
    CHECK_FALSE(prove().live);
    std::string probe = make_probe(keys);
    std::string old = live_proof(keys, *decode_token(keys, probe), probe);
    answer = [&](const HeardRequest&) {
        return http_response(200, std::string(kProofHeader) + ": " + old + "\r\n", "");
    };
    CHECK(prove().trouble.find("another key") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "nobody there is said to be that") {
    Liveness found = prove_live(keys, "http://127.0.0.1:1/u/");
    CHECK_FALSE(found.live);
    CHECK(found.trouble.find("does not answer") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "examples are nobody's, and nobody is asked for them") {
    for (const char* url : {"https://u.harbour.example/u/", "https://U.HARBOUR.INVALID:8443/"}) {
        CHECK(prove_live(keys, url).trouble.find("an example") != std::string::npos);
    }
}

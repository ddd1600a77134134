#include "webhook/shared_secret.h"

#include <doctest/doctest.h>

#include "unit/webhook/posting.h"

using namespace tocsin;
using namespace tocsin::test;

TEST_CASE("a user and a password, or a password that any user may have, or a bearer") {
    CHECK(shows_secret(basic("hook:s3cret"), "hook:s3cret"));
    CHECK(shows_secret(basic("hook:s3cret"), "s3cret"));
    CHECK(shows_secret(basic(":s3cret"), "s3cret"));
    CHECK(shows_secret("Bearer s3cret", "s3cret"));
    CHECK(shows_secret("bearer  s3cret", "s3cret"));
    CHECK(shows_secret("Bearer hook:s3cret", "hook:s3cret"));
}

TEST_CASE("whatever else is shown is not the secret") {
    for (const std::string& shown :
         {std::string(), std::string("Basic"), std::string("Basic "), std::string("Basic ???"),
          std::string("s3cret"), std::string("Bearer"), std::string("Bearer s3cre"),
          std::string("Bearer s3cret!"), std::string("Digest s3cret"), basic("s3cret"),
          basic("hook:"), basic("hook:s3cre"), basic("hook:s3crett"), basic("hook:S3cret"),
          basic("s3cret:hook")}) {
        CAPTURE(shown);
        CHECK_FALSE(shows_secret(shown, "s3cret"));
        CHECK_FALSE(shows_secret(shown, "hook:s3cret!"));
        CHECK_FALSE(shows_secret(shown, ""));
    }
    CHECK_FALSE(shows_secret(basic("other:s3cret"), "hook:s3cret"));
    CHECK_FALSE(shows_secret(basic("a:"), ""));
}

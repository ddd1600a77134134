// AWS Signature Version 4: proves who sends a request and that nobody changed it on the way. As for
// all services but S3: the path is encoded once more than the URL has it. libcurl's own signer is
// not used because it does not do that (docs/decisions.md).
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "transport/http/message.h"

namespace tocsin {

struct AwsKeys {
    std::string access_key;
    std::string secret_key;
    std::string session_token;  // of temporary credentials; may be empty
};

struct AwsScope {
    std::string region;
    std::string service;
    WallTime now{};  // AWS refuses a clock that is five minutes off
};

// The steps of the calculation, by AWS's names.
struct AwsSignature {
    std::string canonical_request;
    std::string string_to_sign;
    std::string authorization;
};

// Signs the method, path, query, body and host of the request and all headers that it has, which
// must leave unchanged. Adds `X-Amz-Date`, `X-Amz-Security-Token` where there is a token, and
// `Authorization`. A header `X-Amz-Content-Sha256` is taken for the body's hash.
AwsSignature sign_aws(HttpRequest& request, const AwsKeys& keys, const AwsScope& scope);

// SHA-256 in 64 hex digits.
std::string sha256_hex(const std::string& bytes);
// Every byte but letters, digits and `-._~` as %XX (RFC 3986 section 2.3).
std::string uri_encoded(std::string_view text);

}  // namespace tocsin

#include "transport/provider/sigv4.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/text.h"

using namespace tocsin;
namespace fs = std::filesystem;

namespace {

const AwsKeys kKeys = {"AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", ""};
const AwsScope kScope = {"us-east-1", "service", *parse_iso8601("2015-08-30T12:36:00Z")};
const std::string kEmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

std::string signature_of(const AwsSignature& made) {
    return made.authorization.substr(made.authorization.rfind('=') + 1);
}

AwsSignature signed_get(const std::string& target, const std::string& token = "") {
    HttpRequest request{"GET", "https://example.amazonaws.com" + target, {}, ""};
    AwsKeys keys = kKeys;
    keys.session_token = token;
    return sign_aws(request, keys, kScope);
}

// The second and third lines: path and query.
std::string path_and_query(const AwsSignature& made) {
    std::size_t first = made.canonical_request.find('\n');
    std::size_t third = made.canonical_request.find("\nhost:");
    return made.canonical_request.substr(first + 1, third - first - 1);
}

std::string file_text(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string without_cr(std::string text) {
    std::erase(text, '\r');
    return text;
}

struct Vector {
    HttpRequest request;
    std::string token;  // that the signer shall add
};

// A published request. `Host` and `X-Amz-Date` are left to the signer.
Vector read_vector(const fs::path& stem) {
    std::string text = without_cr(file_text(stem.string() + ".req"));
    std::size_t blank = text.find("\n\n");
    std::string head = text.substr(0, blank);
    Vector out;
    if (blank != text.npos) out.request.body = text.substr(blank + 2);
    std::size_t end = head.find('\n');
    std::string first = head.substr(0, end);
    std::size_t method = first.find(' '), version = first.rfind(" HTTP/");
    out.request.method = first.substr(0, method);
    std::string target = first.substr(method + 1, version - method - 1);
    while (end != head.npos) {
        std::size_t begin = end + 1;
        end = head.find('\n', begin);
        std::string line = head.substr(begin, end == head.npos ? end : end - begin);
        if (line.empty()) continue;
        if (line.starts_with(' ')) {  // an obsolete folded line
            out.request.headers.back().second += line;
            continue;
        }
        std::size_t colon = line.find(':');
        out.request.headers.emplace_back(line.substr(0, colon), line.substr(colon + 1));
    }
    std::erase_if(out.request.headers, [&](const auto& header) {
        if (ascii_iequals(header.first, "Host")) out.request.url = "https://" + header.second;
        return ascii_iequals(header.first, "Host") || ascii_iequals(header.first, "X-Amz-Date");
    });
    out.request.url += target;
    return out;
}

void check_vector(const fs::path& stem) {
    CAPTURE(stem.filename().string());
    Vector vector = read_vector(stem);
    std::string canonical = without_cr(file_text(stem.string() + ".creq"));
    constexpr char kToken[] = "x-amz-security-token:";
    bool given = false;
    for (const auto& [name, value] : vector.request.headers) {
        given = given || ascii_iequals(name, "X-Amz-Security-Token");
    }
    AwsKeys keys = kKeys;
    if (std::size_t at = canonical.find(kToken); at != canonical.npos && !given) {
        at += sizeof kToken - 1;
        keys.session_token = canonical.substr(at, canonical.find('\n', at) - at);
    }
    AwsSignature made = sign_aws(vector.request, keys, kScope);
    CHECK(made.canonical_request == canonical);
    CHECK(made.string_to_sign == without_cr(file_text(stem.string() + ".sts")));
    CHECK(made.authorization == without_cr(file_text(stem.string() + ".authz")));
}

}  // namespace

TEST_CASE("a signature by AWS's plainest example") {
    AwsSignature made = signed_get("/");
    CHECK(made.canonical_request ==
          "GET\n/\n\nhost:example.amazonaws.com\nx-amz-date:20150830T"
          "123600Z\n\nhost;x-amz-date\n" +
              kEmptyHash);
    CHECK(signature_of(made) == "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    CHECK(made.authorization.starts_with(
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        "SignedHeaders=host;x-amz-date, Signature="));
}

TEST_CASE("a session token is sent and signed") {
    AwsSignature made =
        signed_get("/", "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267");
    CHECK(signature_of(made) == "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8");
}

TEST_CASE("a body and its type are signed") {
    HttpRequest request{"POST",
                        "https://example.amazonaws.com/",
                        {{"Content-Type", "application/x-www-form-urlencoded"}},
                        "Param1=value1"};
    CHECK(signature_of(sign_aws(request, kKeys, kScope)) ==
          "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    CHECK(request.headers.size() == 3);
    CHECK(request.headers[1].first == "X-Amz-Date");
    CHECK(request.headers[2].first == "Authorization");
}

TEST_CASE("a given hash of the body is signed instead of another one") {
    HttpRequest request{"POST",
                        "https://example.amazonaws.com/",
                        {{"X-Amz-Content-Sha256", std::string(64, '0')}},
                        "body"};
    AwsSignature made = sign_aws(request, kKeys, kScope);
    CHECK(made.canonical_request.ends_with("host;x-amz-content-sha256;x-amz-date\n" +
                                           std::string(64, '0')));
}

TEST_CASE("paths are normalised and encoded once more than they are") {
    CHECK(path_and_query(signed_get("")) == "/\n");
    CHECK(path_and_query(signed_get("/a/../b/./c//d/")) == "/b/c/d/\n");
    CHECK(path_and_query(signed_get("/../..")) == "/\n");
    CHECK(path_and_query(signed_get("/identities/a%40b.example")) ==
          "/identities/a%2540b.example\n");
}

TEST_CASE("queries are sorted by their encoded names and values") {
    CHECK(path_and_query(signed_get("/?b=2&a=x%20y&b=1&B&%zz=%2")) ==
          "/\n%25zz=%252&B=&a=x%20y&b=1&b=2");
    CHECK(path_and_query(signed_get("?a=1")) == "/\na=1");
}

TEST_CASE("a port that is not the scheme's own is part of the host") {
    auto host_line = [](const std::string& url) {
        HttpRequest request{"GET", url, {}, ""};
        std::string canonical = sign_aws(request, kKeys, kScope).canonical_request;
        std::size_t at = canonical.find("host:");
        return canonical.substr(at, canonical.find('\n', at) - at);
    };
    CHECK(host_line("http://127.0.0.1:8005/v2/email/account") == "host:127.0.0.1:8005");
    CHECK(host_line("http://127.0.0.1:80/") == "host:127.0.0.1");
    CHECK(host_line("https://email.eu-west-1.amazonaws.com:443/") ==
          "host:email.eu-west-1.amazonaws.com");
}

TEST_CASE("all of AWS's published vectors") {
    fs::path folder;
    for (const char* shared : {"../shared/specs", "../../shared/specs"}) {
        fs::path here = fs::path(TOCSIN_SOURCE_DIR) / shared / "aws4_testsuite";
        if (fs::exists(here)) folder = here;
    }
    if (folder.empty()) {
        MESSAGE("skipped: ../shared/specs/aws4_testsuite is not there");
        return;
    }
    int count = 0;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".req") continue;
        fs::path stem = entry.path();
        check_vector(stem.replace_extension());
        ++count;
    }
    CHECK(count >= 30);
}

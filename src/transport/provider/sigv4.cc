#include "transport/provider/sigv4.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/text.h"
#include "mail/digest.h"

namespace tocsin {
namespace {

constexpr char kAlgorithm[] = "AWS4-HMAC-SHA256";
constexpr char kContentHash[] = "X-Amz-Content-Sha256";

struct UrlParts {
    std::string_view host;  // with a port that is not the scheme's own, as HTTP's `Host` has it
    std::string_view path;
    std::string_view query;
};

UrlParts parts_of(std::string_view url) {
    UrlParts parts;
    const std::string_view usual_port = url.starts_with("https:") ? ":443" : ":80";
    url.remove_prefix(url.find("://") + 3);
    parts.host = url.substr(0, url.find_first_of("/?"));
    url.remove_prefix(parts.host.size());
    if (parts.host.ends_with(usual_port)) parts.host.remove_suffix(usual_port.size());
    parts.path = url.substr(0, url.find('?'));
    if (parts.path.size() < url.size()) parts.query = url.substr(parts.path.size() + 1);
    return parts;
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> out;
    for (std::size_t end = 0; end != text.npos; text.remove_prefix(end + 1)) {
        end = text.find(at);
        out.push_back(text.substr(0, end));
        if (end == text.npos) break;
    }
    return out;
}

// Without empty, `.` and `..` segments: RFC 3986 section 5.2.4.
std::string canonical_path(std::string_view path) {
    std::vector<std::string_view> kept;
    std::string_view last;
    for (std::string_view segment : split(path, '/')) {
        last = segment;
        if (segment == ".." && !kept.empty()) kept.pop_back();
        if (segment != ".." && segment != "." && !segment.empty()) kept.push_back(segment);
    }
    std::string out;
    for (std::string_view segment : kept) out += "/" + uri_encoded(segment);
    bool is_folder = last.empty() || last == "." || last == "..";
    return out.empty() || is_folder ? out + "/" : out;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string uri_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool escaped = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                       hex_value(text[i + 2]) >= 0;
        if (!escaped) {
            out += text[i];
            continue;
        }
        out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
        i += 2;
    }
    return out;
}

std::string canonical_query(std::string_view query) {
    if (query.empty()) return "";
    std::vector<std::pair<std::string, std::string>> pairs;
    for (std::string_view one : split(query, '&')) {
        std::size_t equals = one.find('=');
        std::string_view value = equals == one.npos ? "" : one.substr(equals + 1);
        pairs.emplace_back(uri_encoded(uri_decoded(one.substr(0, equals))),
                           uri_encoded(uri_decoded(value)));
    }
    std::sort(pairs.begin(), pairs.end());
    std::string out;
    for (const auto& [name, value] : pairs) out += (out.empty() ? "" : "&") + name + "=" + value;
    return out;
}

// Without blanks at its ends, and one for each run of them inside.
std::string canonical_value(std::string_view value) {
    std::string out;
    for (char c : trim(value)) {
        if (c == '\t' || c == '\r' || c == '\n') c = ' ';
        if (c != ' ' || !out.ends_with(' ')) out += c;
    }
    return out;
}

// By name; those of one name in their order, joined.
std::map<std::string, std::string> canonical_headers(const HttpRequest& request) {
    std::map<std::string, std::string> out;
    out["host"] = parts_of(request.url).host;
    for (const auto& [name, value] : request.headers) {
        auto [entry, is_new] = out.try_emplace(ascii_lower(name));
        if (!is_new) entry->second += ',';
        entry->second += canonical_value(value);
    }
    return out;
}

std::string names_of(const std::map<std::string, std::string>& headers) {
    std::string out;
    for (const auto& [name, value] : headers) out += (out.empty() ? "" : ";") + name;
    return out;
}

std::string body_hash(const HttpRequest& request) {
    for (const auto& [name, value] : request.headers) {
        if (ascii_iequals(name, kContentHash)) return value;
    }
    return sha256_hex(request.body);
}

std::string canonical_request(const HttpRequest& request,
                              const std::map<std::string, std::string>& headers) {
    UrlParts url = parts_of(request.url);
    std::string out =
        request.method + "\n" + canonical_path(url.path) + "\n" + canonical_query(url.query) + "\n";
    for (const auto& [name, value] : headers) out += name + ":" + value + "\n";
    return out + "\n" + names_of(headers) + "\n" + body_hash(request);
}

// 20150830T123600Z
std::string basic_time(WallTime time) {
    std::string out = iso8601(time);
    std::erase_if(out, [](char c) { return c == '-' || c == ':'; });
    return out;
}

std::string signing_key(const AwsKeys& keys, const AwsScope& scope, std::string_view day) {
    std::string key = hmac_sha256("AWS4" + keys.secret_key, day);
    key = hmac_sha256(key, scope.region);
    key = hmac_sha256(key, scope.service);
    return hmac_sha256(key, "aws4_request");
}

}  // namespace

std::string sha256_hex(const std::string& bytes) {
    return to_hex(sha256(bytes));
}

std::string uri_encoded(std::string_view text) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string out;
    for (char c : text) {
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
            continue;
        }
        unsigned byte = static_cast<unsigned char>(c);
        out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
    return out;
}

AwsSignature sign_aws(HttpRequest& request, const AwsKeys& keys, const AwsScope& scope) {
    const std::string time = basic_time(scope.now);
    const std::string day = time.substr(0, 8);
    const std::string where = day + "/" + scope.region + "/" + scope.service + "/aws4_request";
    request.headers.emplace_back("X-Amz-Date", time);
    if (!keys.session_token.empty()) {
        request.headers.emplace_back("X-Amz-Security-Token", keys.session_token);
    }
    const auto headers = canonical_headers(request);
    AwsSignature made;
    made.canonical_request = canonical_request(request, headers);
    made.string_to_sign = std::string(kAlgorithm) + "\n" + time + "\n" + where + "\n" +
                          sha256_hex(made.canonical_request);
    made.authorization = std::string(kAlgorithm) + " Credential=" + keys.access_key + "/" + where +
                         ", SignedHeaders=" + names_of(headers) + ", Signature=" +
                         to_hex(hmac_sha256(signing_key(keys, scope, day), made.string_to_sign));
    request.headers.emplace_back("Authorization", made.authorization);
    return made;
}

}  // namespace tocsin

#include "campaign/url.h"

#include <optional>
#include <vector>

#include "base/text.h"
#include "campaign/fields.h"
#include "campaign/node.h"
#include "campaign/quantity.h"

namespace tocsin {
namespace {

constexpr std::int64_t kLastPort = 65535;

// What RFC 3986 lets stand in a URL.
constexpr std::string_view kUrlCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#[]@!$&'()*+,;=%";

// `scheme://authority rest`, where the authority is `host[:port]`.
struct Url {
    std::string scheme;  // lower case; empty without `://`
    std::string_view authority;
    std::string_view host;
    std::optional<std::string_view> port;
    std::string_view rest;  // from the path on
};

Url split(std::string_view text) {
    Url url;
    auto colon = text.find("://");
    if (colon == std::string_view::npos) return url;
    url.scheme = ascii_lower(text.substr(0, colon));
    std::string_view behind = text.substr(colon + 3);
    url.authority = behind.substr(0, behind.find_first_of("/?#"));
    url.rest = behind.substr(url.authority.size());
    auto port = url.authority.rfind(':');
    bool has_port = port != std::string_view::npos && url.authority.back() != ']';
    url.host = has_port ? url.authority.substr(0, port) : url.authority;
    if (has_port) url.port = url.authority.substr(port + 1);
    return url;
}

std::string fault_of_authority(const Url& url) {
    auto port = url.port ? plain_number(*url.port) : std::nullopt;
    if (url.port && !port) return "has a port that is no number";
    if (port && (*port < 1 || *port > kLastPort)) return "has a port outside 1 to 65535";
    return fault_of_host(url.host).empty() ? "" : "has no proper host behind `://`";
}

// `schemes` as in "must begin with …".
std::string fault_of_url(std::string_view text, const Url& url,
                         const std::vector<std::string>& schemes) {
    if (text.find_first_not_of(kUrlCharacters) != std::string_view::npos) {
        return "holds a character that a URL cannot have";
    }
    for (const std::string& scheme : schemes) {
        if (url.scheme + "://" == scheme) return fault_of_authority(url);
    }
    return "must begin with " + listed(schemes);
}

std::string fault_of_web_url(std::string_view text, const Url& url) {
    bool is_local = url.scheme == "http" && is_loopback(url.host);
    return fault_of_url(text, url, {is_local ? "http://" : "https://"});
}

}  // namespace

std::string fault_of_website(std::string_view url) {
    return fault_of_web_url(url, split(url));
}

std::string fault_of_unsubscribe_url(std::string_view text) {
    Url url = split(text);
    if (auto fault = fault_of_web_url(text, url); !fault.empty()) return fault;
    if (url.rest.find_first_of("?#") != std::string_view::npos) {
        return "cannot have a `?` or `#`: each person's token is added to its end";
    }
    return url.rest.ends_with('/') ? "" : "must end in `/`: each person's token is added to it";
}

std::string fault_of_endpoint(std::string_view text) {
    Url url = split(text);
    if (url.authority.find('@') != std::string_view::npos) return "cannot hold a name or password";
    if (auto fault = fault_of_web_url(text, url); !fault.empty()) return fault;
    bool has_more = url.rest.find_first_of("?#") != std::string_view::npos;
    return has_more ? "cannot have a `?` or `#`: paths are added to its end" : "";
}

std::string fault_of_proxy(std::string_view text) {
    Url url = split(text);
    auto fault = fault_of_url(text, url, {"socks5h://", "socks5://", "http://"});
    if (!fault.empty()) return fault;
    return url.port && url.rest.empty() ? "" : "must end in a port: `socks5h://127.0.0.1:9050`";
}

bool has_userinfo(std::string_view url) {
    return split(url).authority.find('@') != std::string_view::npos;
}

std::string_view host_of_url(std::string_view url) {
    return split(url).host;
}

}  // namespace tocsin

#include "lint/same_link.h"

#include <algorithm>

#include "base/text.h"
#include "lint/target.h"

namespace tocsin {
namespace {

// "a=1&utm_source=x&b=2" → "a=1&b=2"
std::string without_utm(std::string_view query) {
    std::string kept;
    while (!query.empty()) {
        std::size_t end = std::min(query.find('&'), query.size());
        std::string_view parameter = query.substr(0, end);
        if (!parameter.empty() && !ascii_lower(parameter).starts_with("utm_")) {
            if (!kept.empty()) kept += '&';
            kept += parameter;
        }
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return kept;
}

std::string without_usual_port(std::string authority, std::string_view scheme) {
    std::string_view port = scheme == "https" ? ":443" : ":80";
    if (authority.ends_with(port)) authority.resize(authority.size() - port.size());
    return authority;
}

}  // namespace

std::string link_name(std::string_view url) {
    const Target target = read_target(url);
    if (target.scheme != "https" && target.scheme != "http") return "";
    std::string_view rest = target.url;
    rest = rest.substr(0, rest.find('#'));
    rest.remove_prefix(std::min(rest.find("//") + 2, rest.size()));
    std::size_t query_at = std::min(rest.find('?'), rest.size());
    std::string query = without_utm(rest.substr(std::min(query_at + 1, rest.size())));
    std::string_view page = rest.substr(0, query_at);
    std::size_t path_at = std::min(page.find('/'), page.size());
    std::string_view path = page.substr(path_at);
    if (path.ends_with('/')) path.remove_suffix(1);
    std::string name = target.scheme + "://";
    name += without_usual_port(ascii_lower(page.substr(0, path_at)), target.scheme);
    name += path;
    return query.empty() ? name : name + "?" + query;
}

}  // namespace tocsin

#include "probe/name_server.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <netinet/in.h>

namespace tocsin {
namespace {

bool is_address(int family, const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    return ::inet_pton(family, text.c_str(), bytes.data()) == 1;
}

bool is_port(const std::string& text) {
    int port = 0;
    const char* end = text.data() + text.size();
    auto [stop, fault] = std::from_chars(text.data(), end, port);
    return fault == std::errc() && stop == end && port > 0 && port < 65536;
}

}  // namespace

std::optional<std::string> parse_name_server(const std::string& text) {
    std::string address = text, port = "53";
    const bool in_brackets = text.starts_with('[');
    if (in_brackets || std::ranges::count(text, ':') == 1) {
        const std::size_t end = in_brackets ? text.find(']') : text.find(':');
        if (end == text.npos) return std::nullopt;
        address = in_brackets ? text.substr(1, end - 1) : text.substr(0, end);
        const std::string rest = text.substr(in_brackets ? end + 1 : end);
        if (!rest.empty() && rest.front() != ':') return std::nullopt;
        if (!rest.empty()) port = rest.substr(1);
    }
    if (!is_port(port)) return std::nullopt;
    if (is_address(AF_INET, address)) return address + ":" + port;
    if (is_address(AF_INET6, address)) return "[" + address + "]:" + port;
    return std::nullopt;
}

}  // namespace tocsin

#include "web/listen_address.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <sys/socket.h>

#include "base/error.h"
#include "base/text.h"

namespace tocsin {
namespace {

constexpr int kBacklog = 1024;

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

Addresses look_up(const ListenAddress& address) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (getaddrinfo(address.host.c_str(), address.port.c_str(), &hints, &found) != 0) {
        found = nullptr;
    }
    return {found, &freeaddrinfo};
}

bool is_port(std::string_view text) {
    if (text.empty() || text.size() > 5) return false;
    if (text.find_first_not_of("0123456789") != text.npos) return false;
    return std::stoi(std::string(text)) <= 65535;
}

[[noreturn]] void cannot_listen(const ListenAddress& address, int error) {
    throw Unavailable(
        "cannot listen at " + address.host + ", port " + address.port + ": " + std::strerror(error),
        error == EADDRINUSE ? "another program is there; take another port" : "");
}

}  // namespace

ListenAddress parse_listen_address(std::string_view text) {
    auto colon = text.rfind(':');
    std::string_view host = text.substr(0, colon);
    std::string_view port = colon == text.npos ? "" : text.substr(colon + 1);
    bool is_bracketed = host.starts_with('[') && host.ends_with(']');
    ListenAddress address{std::string(is_bracketed ? host.substr(1, host.size() - 2) : host),
                          std::string(port)};
    if (address.host == "localhost") address.host = "127.0.0.1";
    bool has_bare_colon = !is_bracketed && address.host.find(':') != std::string::npos;
    if (!is_port(port) || address.host.empty() || has_bare_colon || !look_up(address)) {
        throw UsageError("`" + printable(text) + "` is no address to listen at",
                         "write an IP address and a port: 127.0.0.1:8080 or [::1]:8080");
    }
    return address;
}

Descriptor listen_at(const ListenAddress& address) {
    Addresses found = look_up(address);
    if (!found) cannot_listen(address, EADDRNOTAVAIL);
    Descriptor listener(::socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!listener) cannot_listen(address, errno);
    int on = 1;
    ::setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(listener.get(), found->ai_addr, found->ai_addrlen) != 0 ||
        ::listen(listener.get(), kBacklog) != 0) {
        cannot_listen(address, errno);
    }
    return listener;
}

std::string url_of(const Descriptor& listener) {
    sockaddr_storage where{};
    socklen_t size = sizeof where;
    std::array<char, NI_MAXHOST> host{};
    std::array<char, NI_MAXSERV> port{};
    auto* address = reinterpret_cast<sockaddr*>(&where);
    if (::getsockname(listener.get(), address, &size) != 0 ||
        getnameinfo(address, size, host.data(), host.size(), port.data(), port.size(),
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
        return "";
    }
    std::string name = host.data();
    if (where.ss_family == AF_INET6) name = "[" + name + "]";
    return "http://" + name + ":" + port.data();
}

}  // namespace tocsin

#include "support/proxy_server.h"

#include <arpa/inet.h>
#include <array>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>

namespace tocsin::test {
namespace {

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

// Exactly `size` bytes, or fewer at the end of the stream.
std::string receive(int socket, std::size_t size) {
    std::string bytes(size, '\0');
    auto got = ::recv(socket, bytes.data(), size, MSG_WAITALL);
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
}

bool send_all(int socket, std::string_view bytes) {
    return ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
}

int port_in(const std::string& bytes) {
    return (static_cast<unsigned char>(bytes.at(0)) << 8) | static_cast<unsigned char>(bytes.at(1));
}

Descriptor connect_to(const std::string& target) {
    Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address = loopback(std::stoi(target.substr(target.rfind(':') + 1)));
    if (::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        return Descriptor(-1);
    }
    return socket;
}

// False at the end of the stream.
bool copy_some(int from, int to) {
    std::array<char, 16 * 1024> block;
    auto got = ::recv(from, block.data(), block.size(), 0);
    return got > 0 && send_all(to, {block.data(), static_cast<std::size_t>(got)});
}

void copy_both_ways(int a, int b) {
    std::array<pollfd, 2> ends{{{a, POLLIN, 0}, {b, POLLIN, 0}}};
    while (::poll(ends.data(), ends.size(), 10'000) > 0) {
        if (ends[0].revents != 0 && !copy_some(a, b)) return;
        if (ends[1].revents != 0 && !copy_some(b, a)) return;
    }
}

}  // namespace

ProxyServer::ProxyServer(Kind kind, int refusal)
    : kind_(kind), refusal_(refusal), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_.get(), generic, size) != 0 || ::listen(listener_.get(), 10) != 0 ||
        ::getsockname(listener_.get(), generic, &size) != 0) {
        throw std::runtime_error("the test proxy cannot listen");
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_connections(); });
}

ProxyServer::~ProxyServer() {
    ::shutdown(listener_.get(), SHUT_RDWR);
    acceptor_.join();
    {
        std::lock_guard lock(mutex_);
        for (int socket : open_) ::shutdown(socket, SHUT_RDWR);
    }
    for (std::thread& thread : threads_) thread.join();
}

std::string ProxyServer::url() const {
    return (kind_ == Kind::kHttp ? "http://127.0.0.1:" : "socks5h://127.0.0.1:") +
           std::to_string(port_);
}

std::vector<std::string> ProxyServer::targets() const {
    std::lock_guard lock(mutex_);
    return targets_;
}

void ProxyServer::record(const std::string& target) {
    std::lock_guard lock(mutex_);
    targets_.push_back(target);
}

void ProxyServer::accept_connections() {
    for (;;) {
        int socket = ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) return;
        std::lock_guard lock(mutex_);
        open_.push_back(socket);
        threads_.emplace_back([this, socket] {
            Descriptor client(socket);
            try {
                serve(socket);
            } catch (const std::out_of_range&) {
                // The client left in the middle of its request.
            }
            std::lock_guard closing(mutex_);
            std::erase(open_, socket);
        });
    }
}

void ProxyServer::serve(int client) {
    std::string target =
        kind_ == Kind::kHttp ? read_http_target(client) : read_socks_target(client);
    if (target.empty()) return;
    record(target);
    Descriptor server = refusal_ == 0 ? connect_to(target) : Descriptor(-1);
    bool connected = static_cast<bool>(server);
    if (answer(client, connected) && connected) copy_both_ways(client, server.get());
}

// RFC 1928: a greeting without a login, then CONNECT to an IPv4 address or a name.
std::string ProxyServer::read_socks_target(int client) {
    std::string greeting = receive(client, 2);
    if (greeting.size() < 2) return "";
    receive(client, static_cast<unsigned char>(greeting[1]));
    send_all(client, std::string_view("\x05\x00", 2));
    std::string request = receive(client, 4);
    if (request.size() < 4) return "";
    std::string host;
    if (request[3] == 1) {
        std::string bytes = receive(client, 4);
        std::array<char, INET_ADDRSTRLEN> shown{};
        bytes.at(3);
        host = ::inet_ntop(AF_INET, bytes.data(), shown.data(), shown.size());
    } else {
        std::string size = receive(client, 1);
        host = receive(client, static_cast<unsigned char>(size.at(0)));
    }
    return host + ":" + std::to_string(port_in(receive(client, 2)));
}

std::string ProxyServer::read_http_target(int client) {
    std::string request;
    while (!request.ends_with("\r\n\r\n")) {
        std::string byte = receive(client, 1);
        if (byte.empty()) return "";
        request += byte;
    }
    constexpr std::string_view kVerb = "CONNECT ";
    if (!request.starts_with(kVerb)) return "";
    return request.substr(kVerb.size(), request.find(' ', kVerb.size()) - kVerb.size());
}

bool ProxyServer::answer(int client, bool connected) {
    if (kind_ == Kind::kHttp) {
        int status = connected ? 200 : (refusal_ != 0 ? refusal_ : 502);
        return send_all(client, "HTTP/1.1 " + std::to_string(status) +
                                    " what\r\nX-Said-By: the proxy\r\nContent-Length: 0\r\n\r\n");
    }
    constexpr int kConnectionRefused = 5;
    std::string reply("\x05\x00\x00\x01\x7F\x00\x00\x01\x00\x00", 10);
    reply[1] = static_cast<char>(connected ? 0 : (refusal_ != 0 ? refusal_ : kConnectionRefused));
    return send_all(client, reply);
}

}  // namespace tocsin::test

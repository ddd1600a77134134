#include "transport/smtp/link.h"

#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <utility>

namespace tocsin {
namespace {

int active_socket(CURL* easy) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &socket);
    return static_cast<int>(socket);
}

bool is_encrypted(CURL* easy) {
    const curl_tlssessioninfo* session = nullptr;
    curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session);
    return session == nullptr || session->internals != nullptr;
}

}  // namespace

Link::Link(CurlMulti multi, CurlEasy easy)
    : multi_(std::move(multi)),
      easy_(std::move(easy)),
      socket_(active_socket(easy_.get())),
      encrypted_(is_encrypted(easy_.get())) {}

Link::~Link() {
    curl_multi_remove_handle(multi_.get(), easy_.get());
}

Link::Result Link::receive(std::span<char> into, std::size_t& count) {
    errno = 0;
    CURLcode code = curl_easy_recv(easy_.get(), into.data(), into.size(), &count);
    if (code != CURLE_OK) return broken(code);
    if (count > 0) return Result::kDone;
    error_ = "the server closed the connection";
    return Result::kBroken;
}

Link::Result Link::send(std::string_view bytes, std::size_t& count) {
    errno = 0;
    CURLcode code = curl_easy_send(easy_.get(), bytes.data(), bytes.size(), &count);
    if (code != CURLE_OK) return broken(code);
    return count > 0 ? Result::kDone : Result::kAgain;
}

void Link::confirm_at_once() {
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

Link::Result Link::broken(CURLcode code) {
    if (code == CURLE_AGAIN) return Result::kAgain;
    if (errno == EPIPE || errno == ECONNRESET) {
        error_ = "the server reset the connection";
    } else {
        error_ = std::string("the connection broke: ") +
                 (errno != 0 ? std::strerror(errno) : curl_easy_strerror(code));
    }
    return Result::kBroken;
}

}  // namespace tocsin

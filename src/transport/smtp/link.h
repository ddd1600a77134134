// An open, verified and authenticated connection to a server, as libcurl hands it over.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "transport/curl_handles.h"

namespace tocsin {

class Link {
  public:
    // Takes an easy handle that is in `multi` and has connected.
    Link(CurlMulti multi, CurlEasy easy);
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;
    // Closes the socket, without QUIT and without waiting.
    ~Link();

    // To wait on.
    int socket() const { return socket_; }
    // Under TLS bytes may be waiting that the socket does not show: read until `kAgain`.
    bool may_hide_bytes() const { return encrypted_; }

    enum class Result { kDone, kAgain, kBroken };
    // kDone with `count` 0 is never returned. After kBroken `error` says why.
    Result receive(std::span<char> into, std::size_t& count);
    // After kAgain the same bytes must be offered again (transport/smtp/write_buffer.h).
    Result send(std::string_view bytes, std::size_t& count);
    // Confirms what has come at once. A server that writes its answers to one group one by one,
    // under Nagle's algorithm, else waits for each confirmation, which the system delays by 40 ms.
    void confirm_at_once();
    // "the server closed the connection", "connection reset by peer"
    const std::string& error() const { return error_; }

  private:
    Result broken(CURLcode code);

    CurlMulti multi_;
    CurlEasy easy_;
    int socket_;
    bool encrypted_;
    std::string error_;
};

}  // namespace tocsin

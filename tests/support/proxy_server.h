// A SOCKS5 or HTTP CONNECT proxy for tests, on a free port of 127.0.0.1. Whatever host it is asked
// for, it connects to that port of 127.0.0.1.
#pragma once

#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/descriptor.h"

namespace tocsin::test {

class ProxyServer {
  public:
    enum class Kind { kSocks5, kHttp };
    // `refusal`: a SOCKS5 reply code or an HTTP status to answer every request with; 0: none.
    explicit ProxyServer(Kind kind, int refusal = 0);
    ProxyServer(const ProxyServer&) = delete;
    ProxyServer& operator=(const ProxyServer&) = delete;
    ~ProxyServer();

    std::string url() const;
    // "localhost:2525": what clients asked for, addresses as numbers.
    std::vector<std::string> targets() const;

  private:
    void accept_connections();
    void serve(int client);
    std::string read_socks_target(int client);
    std::string read_http_target(int client);
    bool answer(int client, bool connected);
    void record(const std::string& target);

    const Kind kind_;
    const int refusal_;
    Descriptor listener_;
    int port_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> targets_;
    std::vector<int> open_;
    std::vector<std::thread> threads_;
    std::thread acceptor_;
};

}  // namespace tocsin::test

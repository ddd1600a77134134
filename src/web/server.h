// Carries requests to the desk and its answers back, over HTTP/1.1 on libmicrohttpd: one request a
// connection, so that none is lost on a connection that is just being closed.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>

#include "base/descriptor.h"
#include "web/desk.h"

namespace tocsin {

struct ServeLimits {
    std::size_t connections = 4096;              // at a time; some of them being cut off
    std::size_t header = 16 * 1024;              // bytes of request line and headers
    std::size_t body = 8 * 1024;                 // bytes
    std::size_t webhook = 4 * 1024 * 1024;       // bytes of a webhook's body
    std::size_t webhooks = 32 * 1024 * 1024;     // bytes of all of them that are under way
    std::size_t views = 64 * 1024 * 1024;        // bytes of mails under way to readers
    std::chrono::milliseconds patience{20'000};  // for a whole request, then for its answer
};

// Lets the process have as many files open as the system allows. How many that is.
std::size_t raise_file_limit();

class WebServer {
  public:
    // Serves from now on. The desk outlives it. Throws Unavailable where it cannot start.
    WebServer(Descriptor listener, const ServeLimits& limits, Desk& desk);
    // Takes nothing new, and answers what is whole; who is slow gets a few seconds.
    ~WebServer();
    WebServer(const WebServer&) = delete;
    WebServer& operator=(const WebServer&) = delete;

    // Until `stop` is set by a signal handler or another thread.
    void serve_until(const std::atomic<bool>& stop);

  private:
    class Daemon;
    std::unique_ptr<Daemon> daemon_;
};

}  // namespace tocsin

#include "web/server.h"

#include <algorithm>
#include <sys/resource.h>
#include <thread>

#include "web/daemon.h"

namespace tocsin {
namespace {

constexpr std::size_t kOtherFiles = 128;  // the ledger's, the log's, and some to spare

// No more connections than there can be sockets.
ServeLimits fitting(ServeLimits limits) {
    std::size_t files = raise_file_limit();
    std::size_t sockets = files > 2 * kOtherFiles ? files - kOtherFiles : kOtherFiles;
    limits.connections = std::min(limits.connections, sockets);
    return limits;
}

}  // namespace

std::size_t raise_file_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
    if (limit.rlim_cur != limit.rlim_max) {
        rlimit raised{limit.rlim_max, limit.rlim_max};
        if (::setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
    }
    return limit.rlim_cur;
}

WebServer::WebServer(Descriptor listener, const ServeLimits& limits, Desk& desk)
    : daemon_(std::make_unique<Daemon>(std::move(listener), fitting(limits), desk)) {}

WebServer::~WebServer() = default;

void WebServer::serve_until(const std::atomic<bool>& stop) {
    constexpr std::chrono::milliseconds kTick(100);
    while (!stop) {
        daemon_->table().tick(ConnectionTable::Clock::now());
        std::this_thread::sleep_for(kTick);
    }
}

}  // namespace tocsin

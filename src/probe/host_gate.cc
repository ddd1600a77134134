#include "probe/host_gate.h"

namespace tocsin {
namespace {

bool is_trouble(const Visit& page) {
    return page.trouble == Visit::Trouble::kHost || page.trouble == Visit::Trouble::kTimeout ||
           page.status == 429;
}

}  // namespace

bool HostGate::enter(const std::string& name) {
    std::unique_lock lock(mutex_);
    Host& host = hosts_[name];  // stays where it is: nothing is removed
    room_.wait(lock, [&] { return host.troubles >= kMostTroubles || host.under_way < at_once_; });
    if (host.troubles >= kMostTroubles) return false;
    ++host.under_way;
    return true;
}

void HostGate::leave(const std::string& name, const Visit& page) {
    {
        std::lock_guard lock(mutex_);
        Host& host = hosts_[name];
        --host.under_way;
        if (is_trouble(page)) {
            ++host.troubles;
            host.last_trouble = page;
        }
    }
    room_.notify_all();
}

Visit HostGate::pass(const std::string& host, const std::function<Visit()>& ask) {
    if (!enter(host)) {
        std::lock_guard lock(mutex_);
        return hosts_[host].last_trouble;
    }
    Visit page = ask();
    leave(host, page);
    return page;
}

}  // namespace tocsin

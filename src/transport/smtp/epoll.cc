#include "transport/smtp/epoll.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace tocsin {
namespace {

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

Epoll::Epoll() : descriptor_(::epoll_create1(EPOLL_CLOEXEC)) {
    if (!descriptor_) fail("cannot wait for connections");
}

void Epoll::watch(int socket, std::uint32_t what, epoll_data_t data) {
    epoll_event event{.events = what, .data = data};
    if (::epoll_ctl(descriptor(), EPOLL_CTL_MOD, socket, &event) == 0) return;
    if (errno == ENOENT && ::epoll_ctl(descriptor(), EPOLL_CTL_ADD, socket, &event) == 0) return;
    fail("cannot wait for a connection");
}

void Epoll::forget(int socket) noexcept {
    ::epoll_ctl(descriptor(), EPOLL_CTL_DEL, socket, nullptr);
}

std::span<epoll_event> Epoll::wait(std::span<epoll_event> into, Milliseconds most) {
    constexpr Milliseconds kLongest = std::chrono::hours(1);
    auto time = std::clamp(most, Milliseconds(0), kLongest);
    int count = ::epoll_wait(descriptor(), into.data(), static_cast<int>(into.size()),
                             static_cast<int>(time.count()));
    if (count < 0 && errno != EINTR) fail("cannot wait for connections");
    return into.first(static_cast<std::size_t>(std::max(count, 0)));
}

}  // namespace tocsin

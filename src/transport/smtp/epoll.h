// An epoll instance: the sockets that one loop waits on.
#pragma once

#include <cstdint>
#include <span>
#include <sys/epoll.h>

#include "base/clock.h"
#include "base/descriptor.h"

namespace tocsin {

class Epoll {
  public:
    // Throws std::system_error.
    Epoll();

    // An instance can itself be watched: it is readable when one of its sockets is ready.
    int descriptor() const { return descriptor_.get(); }
    // Adds the socket or changes what it waits for (EPOLLIN, EPOLLOUT). Throws std::system_error.
    void watch(int socket, std::uint32_t what, epoll_data_t data);
    // No harm if it is not watched.
    void forget(int socket) noexcept;
    // The part of `into` that was filled. A time below zero counts as zero.
    std::span<epoll_event> wait(std::span<epoll_event> into, Milliseconds most);

  private:
    Descriptor descriptor_;
};

}  // namespace tocsin

#include "proxy/direction.h"

#include <cerrno>
#include <sys/socket.h>
#include <utility>

namespace tocsin::bench {

void Direction::hold(std::string bytes, std::int64_t due) {
    held_ += bytes.size();
    chunks_.push_back({std::move(bytes), due});
}

Direction::State Direction::pump(int socket, std::int64_t now) {
    while (!ended_ && !chunks_.empty() && chunks_.front().due <= now) {
        State state = write_front(socket);
        if (state != State::kOpen) return state;
    }
    return ended_ ? State::kEnded : State::kOpen;
}

Direction::State Direction::write_front(int socket) {
    const std::string& bytes = chunks_.front().bytes;
    if (bytes.empty()) {
        shutdown(socket, SHUT_WR);
        ended_ = true;
        return State::kEnded;
    }
    ssize_t sent = send(socket, bytes.data() + sent_, bytes.size() - sent_, MSG_NOSIGNAL);
    if (sent < 0) return errno == EAGAIN || errno == EINTR ? State::kBlocked : State::kBroken;
    sent_ += static_cast<std::size_t>(sent);
    held_ -= static_cast<std::size_t>(sent);
    if (sent_ < bytes.size()) return State::kBlocked;
    chunks_.pop_front();
    sent_ = 0;
    return State::kOpen;
}

}  // namespace tocsin::bench

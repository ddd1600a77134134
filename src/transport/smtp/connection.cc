#include "transport/smtp/connection.h"

#include <array>

namespace tocsin {

void Connection::read() {
    std::array<char, 16'384> block;
    while (!dialogue_.closed()) {
        std::size_t count = 0;
        Link::Result result = link_->receive(block, count);
        if (result == Link::Result::kAgain) return;
        if (result == Link::Result::kBroken) return dialogue_.lose(link_->error());
        dialogue_.receive({block.data(), count});
        if (dialogue_.only_waits()) link_->confirm_at_once();
        if (count < block.size() && !link_->may_hide_bytes()) return;
    }
}

void Connection::flush() {
    blocked_ = false;
    for (auto bytes = dialogue_.output(); !bytes.empty(); bytes = dialogue_.output()) {
        std::size_t count = 0;
        dialogue_.departing(bytes.size());
        Link::Result result = link_->send(bytes, count);
        blocked_ = result == Link::Result::kAgain;
        if (blocked_) return;
        if (result == Link::Result::kBroken) return dialogue_.lose(link_->error());
        dialogue_.written(count);
    }
}

bool Connection::newly_proved() {
    return dialogue_.proved() && !std::exchange(proof_told_, true);
}

}  // namespace tocsin

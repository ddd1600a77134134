#include "transport/http/waiting.h"

#include <utility>

namespace tocsin {

void Waiting::add(Ticket ticket, Message message, bool alone) {
    HttpJob job{ticket, std::move(message)};
    job.alone = alone;
    unpermitted_.emplace(ticket, std::move(job));
}

void Waiting::permit(Ticket ticket, Milliseconds now) {
    auto found = unpermitted_.extract(ticket);
    if (found.empty()) return;
    found.mapped().permitted = now;
    permitted_bytes_ += found.mapped().message.size();
    permitted_.push_back(std::move(found.mapped()));
}

bool Waiting::withdraw(Ticket ticket) {
    return unpermitted_.erase(ticket) > 0;
}

std::vector<Ticket> Waiting::recall() {
    std::vector<Ticket> tickets;
    for (const auto& [ticket, job] : std::exchange(unpermitted_, {})) tickets.push_back(ticket);
    for (const HttpJob& job : std::exchange(permitted_, {})) tickets.push_back(job.ticket);
    permitted_bytes_ = 0;
    return tickets;
}

void Waiting::put_back(std::vector<HttpJob> jobs) {
    while (!jobs.empty()) {
        permitted_bytes_ += jobs.back().message.size();
        permitted_.push_front(std::move(jobs.back()));
        jobs.pop_back();
    }
}

bool Waiting::full() const {
    return permitted_.size() >= bounds_.messages || permitted_bytes_ >= bounds_.bytes ||
           permitted_.front().alone;
}

std::optional<Milliseconds> Waiting::due() const {
    if (permitted_.empty()) return std::nullopt;
    return full() ? Milliseconds(0) : permitted_.front().permitted + bounds_.linger;
}

std::vector<HttpJob> Waiting::take(Milliseconds now) {
    std::vector<HttpJob> batch;
    if (auto at = due(); !at || *at > now) return batch;
    std::size_t bytes = 0;
    while (!permitted_.empty() && batch.size() < bounds_.messages) {
        const std::size_t size = permitted_.front().message.size();
        const bool apart = permitted_.front().alone || (!batch.empty() && batch.front().alone);
        if (!batch.empty() && (apart || bytes + size > bounds_.bytes)) break;
        bytes += size;
        permitted_bytes_ -= size;
        batch.push_back(std::move(permitted_.front()));
        permitted_.pop_front();
    }
    return batch;
}

}  // namespace tocsin

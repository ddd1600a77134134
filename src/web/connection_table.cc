#include "web/connection_table.h"

#include <sys/socket.h>

namespace tocsin {

ConnectionTable::Entry* ConnectionTable::open(int socket, Clock::time_point now) {
    std::lock_guard lock(mutex_);
    if (slow_.size() + at_work_.size() >= most_ && !slow_.empty()) {
        ++crowded_;
        cut_off(slow_.front());
    }
    slow_.push_back({socket, now});
    Entry& entry = slow_.back();
    entry.list = &slow_;
    entry.place = std::prev(slow_.end());
    return &entry;
}

void ConnectionTable::work(Entry* entry) {
    std::lock_guard lock(mutex_);
    move(entry, at_work_);
}

void ConnectionTable::answer(Entry* entry, Clock::time_point now) {
    std::lock_guard lock(mutex_);
    entry->since = now;
    if (!entry->is_answering) ++answering_;
    entry->is_answering = true;
    if (entry->list != &cut_off_) move(entry, slow_);
}

void ConnectionTable::close(Entry* entry) {
    std::lock_guard lock(mutex_);
    if (entry->is_answering) --answering_;
    entry->list->erase(entry->place);
}

void ConnectionTable::tick(Clock::time_point now) {
    std::lock_guard lock(mutex_);
    while (!slow_.empty() && now - slow_.front().since > patience_) {
        ++overdue_;
        cut_off(slow_.front());
    }
}

ConnectionTable::Counts ConnectionTable::counts() const {
    std::lock_guard lock(mutex_);
    return {slow_.size() + at_work_.size() + cut_off_.size(), at_work_.size(), answering_, overdue_,
            crowded_};
}

// To the end of a list; the entry stays where it is in memory.
void ConnectionTable::move(Entry* entry, Entries& to) {
    to.splice(to.end(), *entry->list, entry->place);
    entry->list = &to;
}

// Under the lock: its owner cannot close the socket meanwhile, so that it is nobody else's.
void ConnectionTable::cut_off(Entry& entry) {
    ::shutdown(entry.socket, SHUT_RDWR);
    move(&entry, cut_off_);
}

}  // namespace tocsin

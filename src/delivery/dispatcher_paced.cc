// The part of the dispatcher that lets mails begin at the slots of their rates.
#include <algorithm>
#include <utility>

#include "delivery/dispatcher.h"

namespace tocsin {

// Only where a connection stands: where none can be made, nobody's intent is to be taken back.
void Dispatcher::arm_paced() {
    if (ending_ || with_.transport.room() + in_transport_.size() == 0) return;
    const Microseconds soon = now() + kArmedAhead;
    while (!ready_.empty() && committed() < with_.transport.capacity()) {
        auto next = ready_.begin();
        if (next->first == Slot{} || next->first > soon) return;
        RowId id = next->second.row.id;
        intents_.push_back(id);
        armed_.emplace(std::pair(next->first, id), Armed{std::move(next->second)});
        ready_.erase(next);
    }
}

Dispatcher::Armed* Dispatcher::find_armed(RowId id) {
    auto found = std::find_if(armed_.begin(), armed_.end(),
                              [id](const auto& one) { return one.first.second == id; });
    return found == armed_.end() ? nullptr : &found->second;
}

// The first whose time has come: one group's pace does not hold up the others.
bool Dispatcher::submit_first_armed() {
    const Microseconds time = now();
    for (auto one = armed_.begin(); one != armed_.end() && one->first.first <= time; ++one) {
        auto& [mail, permitted] = one->second;
        GroupId group = groups_.of(domain_of(mail));
        auto at = pacers_.ready(group, mail.row.slot, time);
        if (at && (*at > time || !permitted)) continue;
        if (at) {
            pacers_.begun(group, time);
            submit(std::move(mail), true);
        } else {  // the slot has lapsed: it needs another one
            return_mail(mail.row, domain_of(mail));
        }
        armed_.erase(one);
        return true;
    }
    return false;
}

// What was claimed before its group asked for less would only be refused as well.
void Dispatcher::return_group(const std::string& domain) {
    const GroupId group = groups_.of(domain);
    auto returned = [&](const FinishedMail& mail) {
        const std::string& own = domain_of(mail);
        bool same = own == domain || (group != kEverybodyElse && groups_.of(own) == group);
        if (same) return_mail(mail.row, own);
        return same;
    };
    std::erase_if(ready_, [&](const auto& one) { return returned(one.second); });
    std::erase_if(armed_, [&](const auto& one) { return returned(one.second.mail); });
}

// The gate lets nobody through until then; what it has let through before goes back.
void Dispatcher::pause_all(Microseconds until) {
    paused_until_ = std::max(paused_until_, until);
    return_all();
}

void Dispatcher::return_all() {
    for (const auto& [slot, mail] : std::exchange(ready_, {})) {
        return_mail(mail.row, domain_of(mail));
    }
    for (const auto& [slot, armed] : std::exchange(armed_, {})) {
        return_mail(armed.mail.row, domain_of(armed.mail));
    }
}

}  // namespace tocsin

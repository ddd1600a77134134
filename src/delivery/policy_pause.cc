#include "delivery/policy_pause.h"

#include <utility>

#include "base/text.h"

namespace tocsin {

bool PolicyPause::accepted(std::string_view group) {
    return rejected(group, false);
}

bool PolicyPause::rejected(std::string_view group, bool policy_refusal) {
    auto found = groups_.find(group);
    if (found != groups_.end()) return count(found->second, policy_refusal);
    return policy_refusal && count(groups_[std::string(group)], true);
}

bool PolicyPause::count(Group& group, bool refusal) {
    if (group.paused) return false;
    ++group.answers;
    if (refusal) ++group.refusals;
    group.paused = group.refusals >= kRefusals && group.refusals * 100 >= group.answers * kPercent;
    return group.paused;
}

bool PolicyPause::pause(std::string_view group) {
    bool& paused = groups_[std::string(group)].paused;
    return !std::exchange(paused, true);
}

bool PolicyPause::paused(std::string_view group) const {
    auto found = groups_.find(group);
    return found != groups_.end() && found->second.paused;
}

std::string PolicyPause::reason(std::string_view group) const {
    if (!paused(group)) return "";
    const Group& known = groups_.find(group)->second;
    if (known.refusals == 0) return std::string(group) + " blocks this server";
    return std::string(group) + " refuses by policy: " + grouped(known.refusals) + " of " +
           grouped(known.answers);
}

}  // namespace tocsin

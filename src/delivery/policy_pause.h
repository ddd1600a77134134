// Which receiving groups get nothing more in this run, because they refuse too much of it as spam
// or by policy: to go on would only spoil the sender's name there. Pure: it is told of answers.
// One answer of that kind proves nothing, and is the recipient's or the content's.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace tocsin {

class PolicyPause {
  public:
    // `group`: the domain, or the name of the provider's group, as the caller keeps its limits.
    // Each final answer: acceptances and rejections of any kind, and which of these are a
    // Decision::policy_refusal. True when this one pauses the group.
    bool accepted(std::string_view group);
    bool rejected(std::string_view group, bool policy_refusal);
    // At once, for Decision::Stop::kGroup. False where it was paused already.
    bool pause(std::string_view group);

    bool paused(std::string_view group) const;
    // "one.example refuses by policy: 20 of 58", for the log; empty unless paused.
    std::string reason(std::string_view group) const;

    // A group pauses at so many refusals, where they are at least this share of its answers.
    static constexpr std::size_t kRefusals = 20;
    static constexpr std::size_t kPercent = 20;

  private:
    // From the group's first refusal on: those that never refuse take no memory, and an old good
    // record does not hide that a receiver has changed its mind.
    struct Group {
        std::size_t answers = 0;
        std::size_t refusals = 0;
        bool paused = false;
    };
    bool count(Group& group, bool refusal);

    std::map<std::string, Group, std::less<>> groups_;
};

}  // namespace tocsin

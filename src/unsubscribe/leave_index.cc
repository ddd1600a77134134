#include "unsubscribe/leave_index.h"

#include <algorithm>

#include "unsubscribe/choice.h"

namespace tocsin {
namespace {

constexpr std::uint32_t kEverything = 0;
constexpr std::uint32_t kPause = 1u << 16;  // behind every list
constexpr WallTime kForGood = WallTime::max();

// What a choice leaves, and until when.
std::pair<std::uint32_t, WallTime> meaning(const UnsubscribeToken& token, Choice choice,
                                           WallTime time) {
    if (Milliseconds pause = pause_of(choice); pause.count() > 0) return {kPause, time + pause};
    return {choice == Choice::kList ? token.list : kEverything, kForGood};
}

}  // namespace

LeaveIndex::Key LeaveIndex::key(const UnsubscribeToken& token, std::uint32_t what) {
    std::uint64_t person = 0;
    for (char c : token.address_hash) person = person << 8 | static_cast<unsigned char>(c);
    return {person, what};
}

WallTime LeaveIndex::until(const UnsubscribeToken& token, std::uint32_t what) const {
    auto found = left_.find(key(token, what));
    return found == left_.end() ? WallTime{} : found->second;
}

void LeaveIndex::apply(const UnsubscribeToken& token, Choice choice, WallTime time) {
    if (choice == Choice::kUndo) {
        left_.erase(left_.lower_bound(key(token, kEverything)),
                    left_.upper_bound(key(token, kPause)));
        return;
    }
    auto [what, end] = meaning(token, choice, time);
    WallTime& stands = left_[key(token, what)];
    stands = std::max(stands, end);
}

Standing LeaveIndex::standing(const UnsubscribeToken& token, WallTime now) const {
    Standing standing;
    standing.left_everything = until(token, kEverything) > now;
    standing.left_list = standing.left_everything || until(token, token.list) > now;
    if (WallTime pause = until(token, kPause); pause > now) standing.paused_until = pause;
    standing.can_undo = standing.left_list || standing.paused_until.has_value();
    return standing;
}

}  // namespace tocsin

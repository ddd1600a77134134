#include "lint/leave_link.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "compose/unsubscribe_links.h"

namespace tocsin {
namespace {

bool is_token(std::string_view text) {
    constexpr std::size_t kLength = 52;
    return text.size() == kLength && std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7');
           });
}

// What stands behind `before`, up to the first of `ends`.
LeaveLink behind(std::string_view url, std::string_view before, std::string_view ends) {
    if (before.empty() || !ascii_iequals(url.substr(0, before.size()), before)) {
        return LeaveLink::kNone;
    }
    std::string_view token = url.substr(before.size());
    token = token.substr(0, token.find_first_of(ends));
    if (token == kHarmless) {
        bool is_view = url.substr(before.size() + token.size()).starts_with("/view");
        return is_view ? LeaveLink::kView : LeaveLink::kOwn;
    }
    return is_token(token) ? LeaveLink::kForeign : LeaveLink::kNone;
}

}  // namespace

LeaveLink leave_link(std::string_view url, const UnsubscribeSettings& settings) {
    LeaveLink page = behind(url, settings.url, "/?#");
    if (page != LeaveLink::kNone || !settings.mailto) return page;
    return behind(url, "mailto:" + settings.mailto->local() + "+", "@");
}

}  // namespace tocsin

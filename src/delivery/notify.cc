#include "delivery/notify.h"

#include <algorithm>

#include "delivery/notify_command.h"
#include "delivery/notify_mail.h"

namespace tocsin {
namespace {

std::chrono::sys_seconds next_after(WallTime now, int tries) {
    constexpr int kMostDoublings = 8;
    const std::chrono::seconds wait =
        NoticeBook::kRest * (1 << std::clamp(tries - 1, 0, kMostDoublings));
    return std::chrono::floor<std::chrono::seconds>(now) +
           std::min<std::chrono::seconds>(wait, Notifier::kLongestWait);
}

std::string shown(const Notice& notice) {
    return "`" + std::string(name(notice.event)) + "` of " + notice.mailing.shown();
}

}  // namespace

std::string Notifier::tell(const Notice& notice) noexcept {
    try {
        const WallTime now = clock_.now();
        if (!wanted(notice.event) || !book_.claim(notice, now)) return "";
        UntoldNotice untold{notice, now, 0, next_after(now, 0)};
        // Before it is tried: should we die meanwhile, a later run tries again.
        book_.keep(untold);
        return attempt(std::move(untold));
    } catch (const std::exception& fault) {
        return "cannot tell " + shown(notice) + ": " + fault.what();
    }
}

std::string Notifier::tell_again() noexcept {
    try {
        std::string said;
        if (workspace_.notify.on.empty()) return said;
        for (UntoldNotice& untold : book_.due(clock_.now())) {
            std::string fault = attempt(std::move(untold));
            if (!fault.empty()) said += (said.empty() ? "" : "\n") + fault;
        }
        return said;
    } catch (const std::exception& fault) {
        return std::string("cannot tell what is still to be told: ") + fault.what();
    }
}

bool Notifier::wanted(NotifyEvent event) const {
    const NotifySettings& notify = workspace_.notify;
    return notify.on.contains(event) && (!notify.command.empty() || notify.mail_to);
}

std::string Notifier::attempt(UntoldNotice untold) {
    const WallTime now = clock_.now();
    if (book_.resting(now)) return "";
    ++untold.tries;
    untold.next = next_after(now, untold.tries);
    if (!book_.keep(untold)) return "";
    const std::string fault = deliver(untold);
    if (!fault.empty()) return failed(untold, fault);
    book_.drop(untold.notice);
    return "";
}

std::string Notifier::failed(const UntoldNotice& untold, const std::string& fault) {
    book_.rest(clock_.now());
    const std::string what = "cannot tell " + shown(untold.notice) + ": " + fault;
    if (untold.tries < kMostTries) return what + "; next try after " + iso8601(untold.next);
    book_.drop(untold.notice);
    return what + "; given up after " + std::to_string(untold.tries) + " tries";
}

std::string Notifier::deliver(const UntoldNotice& untold) {
    const NotifySettings& notify = workspace_.notify;
    std::string fault;
    if (!notify.command.empty()) {
        fault = notify_by_command(workspace_, untold.notice, untold.since, kPatience);
    }
    if (!notify.mail_to) return fault;
    return fault +
           notify_by_mail({workspace_, ledger_, clock_}, untold.notice, untold.since, kPatience);
}

}  // namespace tocsin

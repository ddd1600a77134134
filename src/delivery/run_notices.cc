#include "delivery/run_notices.h"

#include "base/log.h"
#include "base/text.h"

namespace tocsin {
namespace {

std::string because(const RunResult& result) {
    return result.message.empty() ? "" : ": " + redacted(result.message);
}

std::string hint(const RunResult& result) {
    return result.hint.empty() ? "" : "\n" + redacted(result.hint);
}

std::string release(const std::string& id) {
    return "\n`tocsin explain` shows what the server said; `tocsin release " + id +
           "` lets it go on.";
}

std::string all_counted(const Counts& counts) {
    std::string text = grouped(counts.of(State::kAccepted)) + " accepted";
    for (const auto& [state, what] : {std::pair{State::kRejected, "rejected"},
                                      {State::kExpired, "expired"},
                                      {State::kInDoubt, "in doubt"},
                                      {State::kSkipped, "skipped"}}) {
        if (counts.of(state) > 0) text += ", " + grouped(counts.of(state)) + " " + what;
    }
    return text;
}

std::string in_doubt(const std::string& id, std::size_t count) {
    return id + ": " + counted(count, "mail") +
           " in doubt\nThey may have arrived, so they are held. `tocsin resolve " + id +
           "` tells what is known, and decides.";
}

}  // namespace

std::vector<Notice> notices_of(const MailingKey& mailing, const RunResult& result,
                               const Counts& counts) {
    const std::string id = mailing.shown();
    std::vector<Notice> notices;
    auto add = [&](NotifyEvent event, std::string text) {
        notices.push_back({event, mailing, std::move(text)});
    };
    if (result.end == RunEnd::kBreaker) {
        add(NotifyEvent::kHeld, id + " is held" + because(result) + release(id));
    } else if (result.end == RunEnd::kUnusable) {
        add(NotifyEvent::kPaused, id + " is paused: cannot send by `" + result.transport + "`" +
                                      because(result) + hint(result));
    } else if (result.end == RunEnd::kBlocked) {
        add(NotifyEvent::kPaused,
            id + " is paused: what is left is not wanted now" + because(result));
    }
    const std::size_t doubtful = counts.of(State::kInDoubt);
    if (doubtful > 0) add(NotifyEvent::kInDoubt, in_doubt(id, doubtful));
    if (counts.finished()) add(NotifyEvent::kDone, id + " is done: " + all_counted(counts));
    return notices;
}

}  // namespace tocsin

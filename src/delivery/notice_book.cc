#include "delivery/notice_book.h"

#include <nlohmann/json.hpp>

#include "base/random.h"
#include "mail/digest.h"

namespace tocsin {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kTold[] = "told:";
constexpr char kUntold[] = "untold:";
constexpr char kRests[] = "untold";
constexpr std::size_t kHashBytes = 12;
// A `next` that lies farther ahead comes from a clock that was wrong.
constexpr std::chrono::hours kFarthest{24};

std::string subject(const char* kind, const Notice& notice) {
    return kind + notice.mailing.shown() + ":" + std::string(name(notice.event));
}

std::string in_milliseconds(WallTime time) {
    return std::to_string(time.time_since_epoch().count());
}

std::string shown(const ControlState& state) {
    return std::to_string(static_cast<int>(state.control)) + "/" + in_milliseconds(state.since);
}

// Each hold and release is another chapter, in which the same can be news.
std::string control_of(Ledger& ledger, const MailingKey& mailing) {
    std::string text = shown(ledger.control(mailing));
    if (!mailing.occurrence.empty()) text += " " + shown(ledger.control({mailing.campaign, ""}));
    return text;
}

std::string progress_of(Ledger& ledger, const MailingKey& mailing) {
    const Counts counts = ledger.counts(mailing);
    return std::to_string(counts.of(State::kAccepted)) + "/" + std::to_string(counts.total);
}

// Who, and after how many attempts: the same people can get into doubt again.
std::string doubts_of(Ledger& ledger, const MailingKey& mailing) {
    std::string text;
    ledger.in_doubt(mailing, [&](const DoubtfulRow& row) {
        text += std::to_string(row.id) + "/" + std::to_string(row.attempts.size()) + " ";
    });
    return text;
}

NotifyEvent event_named(const std::string& word) {
    for (NotifyEvent event : {NotifyEvent::kHeld, NotifyEvent::kPaused, NotifyEvent::kInDoubt}) {
        if (word == name(event)) return event;
    }
    return NotifyEvent::kDone;
}

std::string write(const UntoldNotice& untold) {
    const Notice& notice = untold.notice;
    return Json({{"event", name(notice.event)},
                 {"campaign", notice.mailing.campaign},
                 {"occurrence", notice.mailing.occurrence},
                 {"text", notice.text},
                 {"since", untold.since.time_since_epoch().count()},
                 {"tries", untold.tries},
                 {"next", untold.next.time_since_epoch().count()}})
        .dump(-1, ' ', false, Json::error_handler_t::replace);
}

UntoldNotice read(const std::string& text) {
    const Json value = Json::parse(text);
    return {{event_named(value.at("event")),
             {value.at("campaign"), value.at("occurrence")},
             value.at("text"),
             ""},  // known already
            WallTime(Milliseconds(value.at("since").get<std::int64_t>())),
            value.at("tries"),
            std::chrono::sys_seconds(std::chrono::seconds(value.at("next").get<std::int64_t>()))};
}

}  // namespace

// Beside the text, what makes the same text news again.
std::string NoticeBook::occasion(const Notice& notice) {
    switch (notice.event) {
        case NotifyEvent::kHeld:
            return control_of(ledger_, notice.mailing);
        case NotifyEvent::kInDoubt:
            return doubts_of(ledger_, notice.mailing);
        case NotifyEvent::kDone:
        case NotifyEvent::kPaused:
            return progress_of(ledger_, notice.mailing);
    }
    return "";
}

bool NoticeBook::claim(const Notice& notice, WallTime now) {
    const std::string& what = notice.key.empty() ? notice.text : notice.key;
    const std::string hash = to_hex(sha256(what + "\n" + occasion(notice)).substr(0, kHashBytes));
    const std::string where = subject(kTold, notice);
    const std::string before = ledger_.note(where);
    if (before.starts_with(hash)) return false;
    if (notice.event == NotifyEvent::kPaused && !before.empty()) {
        const auto last = parse_iso8601(before.substr(before.find(' ') + 1));
        if (last && *last <= now && now < *last + kBetweenPauses) return false;
    }
    return ledger_.set_note(where, hash + " " + iso8601(now));
}

bool NoticeBook::keep(const UntoldNotice& untold) {
    return ledger_.set_note(subject(kUntold, untold.notice), write(untold));
}

void NoticeBook::drop(const Notice& notice) {
    ledger_.set_note(subject(kUntold, notice), "");
}

std::vector<UntoldNotice> NoticeBook::due(WallTime now) {
    std::vector<UntoldNotice> found;
    for (const auto& [where, text] : ledger_.notes(kUntold)) {
        try {
            UntoldNotice untold = read(text);
            if (untold.next <= now || untold.next > now + kFarthest) found.push_back(untold);
        } catch (const Json::exception&) {
            ledger_.set_note(where, "");
        }
    }
    return found;
}

void NoticeBook::rest(WallTime now) {
    ledger_.set_note(kRests, iso8601(now + kRest));
}

bool NoticeBook::resting(WallTime now) {
    const auto until = parse_iso8601(ledger_.note(kRests));
    return until && now < *until && *until <= now + kRest;
}

}  // namespace tocsin

#include "unsubscribe/apply_leaving.h"

#include <algorithm>
#include <vector>

#include "base/random.h"
#include "mail/digest.h"
#include "unsubscribe/choice.h"
#include "unsubscribe/proof.h"

namespace tocsin {
namespace {

constexpr char kUnsubscribe[] = "unsubscribe";
constexpr char kPause[] = "pause";

std::string id_of(const Leaving& leaving) {
    if (!leaving.id.empty()) return leaving.id;
    std::string time = std::to_string(leaving.time.time_since_epoch().count());
    std::string text = leaving.token + " " + std::string(name(leaving.choice)) + " " + time;
    return "leave " + to_hex(sha256(text)).substr(0, 32);
}

std::string text_of(Choice choice) {
    switch (choice) {
        case Choice::kList:
            return "leaves the list";
        case Choice::kAll:
            return "leaves every list";
        case Choice::kPause30:
            return "pauses for 30 days";
        case Choice::kPause90:
            return "pauses for 90 days";
        case Choice::kUndo:
            break;
    }
    return "takes back what was chosen";
}

Feedback feedback_of(const Leaving& leaving, const Leaver& leaver) {
    const bool leaves = leaving.choice == Choice::kList || leaving.choice == Choice::kAll;
    Feedback feedback;
    feedback.id = id_of(leaving);
    feedback.address = leaver.name;
    feedback.row = leaver.row;
    feedback.campaign = leaver.campaign;
    feedback.kind = leaves ? FeedbackKind::kUnsubscribe : FeedbackKind::kOther;
    feedback.text = text_of(leaving.choice);
    feedback.source = leaving.source;
    feedback.time = leaving.time;
    return feedback;
}

// Not for kUndo.
Suppression entry_of(const Leaving& leaving, const Leaver& leaver) {
    const bool list = leaving.choice == Choice::kList && !leaver.list.empty();
    const Milliseconds pause = pause_of(leaving.choice);
    Suppression entry{leaver.name,
                      list ? leaver.list : kEverything,
                      pause.count() > 0 ? kPause : kUnsubscribe,
                      leaving.source,
                      leaving.time,
                      leaver.campaign};
    if (pause.count() > 0) entry.until = leaving.time + pause;
    return entry;
}

std::vector<Suppression> chosen_entries(Ledger& ledger, const std::string& name) {
    std::vector<Suppression> entries;
    for (const char* reason : {kUnsubscribe, kPause}) {
        ledger.for_each_suppression({name, "", reason},
                                    [&](const Suppression& one) { entries.push_back(one); });
    }
    return entries;
}

// Whether what they chose before says as much: a second click, a pause that is a day longer.
bool says_as_much(const Suppression& stands, const Suppression& wanted) {
    if (stands.scope != kEverything && stands.scope != wanted.scope) return false;
    if (!stands.until) return true;
    return wanted.until && *wanted.until < *stands.until + std::chrono::days(1);
}

class Application {
  public:
    Application(Ledger& ledger, const KeyRing& keys) : ledger_(ledger), keys_(keys) {}

    void apply(const Leaving& leaving) {
        Leaver leaver = leaver_of(ledger_, keys_, leaving.decoded);
        if (leaving.choice == Choice::kUndo) return undo(leaving, leaver);
        FeedbackNote note = leaving_note(leaving, leaver);
        auto stands = chosen_entries(ledger_, leaver.name);
        bool known = std::any_of(stands.begin(), stands.end(), [&](const Suppression& one) {
            return says_as_much(one, *note.suppress);
        });
        if (!known) notes_.push_back(std::move(note));
    }

    void flush() {
        if (!notes_.empty()) ledger_.note_feedback(notes_);
        notes_.clear();
    }

  private:
    // Noted first: killed in between, the person stays left and can say so again.
    void undo(const Leaving& leaving, const Leaver& leaver) {
        flush();
        auto stands = chosen_entries(ledger_, leaver.name);
        std::erase_if(stands, [&](const Suppression& one) { return one.time > leaving.time; });
        if (stands.empty()) return;
        notes_.push_back({feedback_of(leaving, leaver)});
        bool is_new = ledger_.note_feedback(notes_) == 1;
        notes_.clear();
        for (const Suppression& one : stands) {
            if (!is_new) return;
            ledger_.unsuppress({leaver.name, one.scope, one.reason}, leaving.source, leaving.time);
        }
    }

    Ledger& ledger_;
    const KeyRing& keys_;
    std::vector<FeedbackNote> notes_;
};

}  // namespace

FeedbackNote leaving_note(const Leaving& leaving, const Leaver& leaver) {
    return {feedback_of(leaving, leaver), entry_of(leaving, leaver)};
}

void apply_leavings(Ledger& ledger, const KeyRing& keys, std::span<const Leaving> leavings) {
    Application application(ledger, keys);
    for (const Leaving& one : leavings) {
        if (!is_probe(one.decoded)) application.apply(one);
    }
    application.flush();
}

Standing standing_of(Ledger& ledger, const KeyRing& keys, const UnsubscribeToken& token,
                     WallTime now) {
    Leaver leaver = leaver_of(ledger, keys, token);
    Standing standing;
    standing.list = leaver.list;
    standing.language = leaver.language;
    ledger.for_each_suppression({leaver.name}, [&](const Suppression& one) {
        if (one.until) {
            if (*one.until > now) standing.paused_until = one.until;
            return;
        }
        standing.left_everything |= one.scope == kEverything;
        standing.left_list |= one.scope == leaver.list;
    });
    standing.left_list |= standing.left_everything;
    return standing;
}

}  // namespace tocsin

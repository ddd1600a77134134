#include "unsubscribe/apply_leaving.h"

#include <algorithm>
#include <vector>

#include "base/random.h"
#include "ledger/rules.h"
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

std::vector<Suppression> entries_of(Ledger& ledger, const std::string& name) {
    std::vector<Suppression> entries;
    ledger.for_each_suppression({name}, [&](const Suppression& one) { entries.push_back(one); });
    return entries;
}

// Whether it makes `wanted` needless: a second click, a pause that is a day longer.
bool says_as_much(const Suppression& stands, const Suppression& wanted) {
    if (stands.scope != wanted.scope) return false;
    if (!stands.until) return !gives_way(stands, wanted);
    return wanted.until && *wanted.until < *stands.until + std::chrono::days(1);
}

class Application {
  public:
    Application(Ledger& ledger, const KeyRing& keys) : ledger_(ledger), keys_(keys) {}

    void apply(const Leaving& leaving) {
        Leaver leaver = leaver_of(ledger_, keys_, leaving.decoded);
        if (leaving.choice == Choice::kUndo) return undo(leaving, leaver);
        FeedbackNote note = leaving_note(leaving, leaver);
        for (const Suppression& one : entries_of(ledger_, leaver.name)) {
            if (!says_as_much(one, *note.suppress)) continue;
            return say_again(one, *note.suppress, leaving, leaver);
        }
        notes_.push_back(std::move(note));
    }

    void flush() {
        if (!notes_.empty()) ledger_.note_feedback(notes_);
        if (!again_.empty()) ledger_.suppress(again_);
        notes_.clear();
        again_.clear();
    }

  private:
    // The entry takes the later time. A hundred clicks in a minute are no hundred reports.
    void say_again(const Suppression& stands, Suppression entry, const Leaving& leaving,
                   const Leaver& leaver) {
        entry.until = stands.until;
        if (!is_said_again(stands, entry)) return;
        if (is_worth_an_event(stands, entry)) {
            notes_.push_back({feedback_of(leaving, leaver), std::move(entry)});
        } else {
            again_.push_back(std::move(entry));
        }
    }

    // Whatever the person chose up to then. What is judged here and moves on meanwhile stays.
    void undo(const Leaving& leaving, const Leaver& leaver) {
        flush();
        auto chosen = entries_of(ledger_, leaver.name);
        std::erase_if(chosen, [&](const Suppression& one) {
            return !is_own_choice(one) || one.time > leaving.time;
        });
        if (chosen.empty()) return;
        FeedbackNote note{feedback_of(leaving, leaver)};
        note.lift = std::move(chosen);
        notes_.push_back(std::move(note));
        flush();
    }

    Ledger& ledger_;
    const KeyRing& keys_;
    std::vector<FeedbackNote> notes_;
    std::vector<Suppression> again_;
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
    for (const Suppression& one : entries_of(ledger, leaver.name)) {
        if (!blocks(one, now)) continue;
        standing.can_undo |= is_own_choice(one);
        if (one.until) {
            standing.paused_until = one.until;
            continue;
        }
        standing.left_everything |= one.scope == kEverything;
        standing.left_list |= one.scope == leaver.list;
    }
    standing.left_list |= standing.left_everything;
    return standing;
}

}  // namespace tocsin

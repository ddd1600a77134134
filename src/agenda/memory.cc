#include "agenda/memory.h"

#include "base/random.h"
#include "delivery/adopt_ledger.h"
#include "mail/sha256.h"

namespace tocsin {
namespace {

std::string seen_subject(const MailingKey& mailing) {
    return "seen:" + mailing.shown();
}

std::string plan_subject(const MailingKey& mailing) {
    return "own-plan:" + mailing.shown();
}

std::string series_subject(const std::string& campaign) {
    return "series:" + campaign;
}

// Ten bytes of it: whoever changes a text wants it to be told, nobody wants to hide one.
std::string digest(const std::string& text) {
    Sha256 hash;
    hash.add(text);
    return to_hex(hash.finish()).substr(0, 20);
}

std::string number(WallTime time) {
    return std::to_string(time.time_since_epoch().count());
}

std::optional<WallTime> parse_number(const std::string& text) {
    if (text.empty()) return std::nullopt;
    return WallTime(Milliseconds(std::stoll(text)));
}

}  // namespace

std::optional<WallTime> AgendaMemory::time(const std::string& subject) const {
    return parse_number(ledger_.note(subject));
}

std::optional<WallTime> AgendaMemory::last_run(const std::string& folder) const {
    return time("beat:" + folder);
}

void AgendaMemory::ran(const std::string& folder, WallTime now) {
    ledger_.set_note("beat:" + folder, number(now));
}

std::optional<WallTime> AgendaMemory::seen(const MailingKey& mailing) const {
    return time(seen_subject(mailing));
}

void AgendaMemory::see(const MailingKey& mailing, WallTime now) {
    ledger_.set_note(seen_subject(mailing), number(now));
}

bool AgendaMemory::is_own(const PlanInfo& plan) const {
    return ledger_.note(plan_subject(plan.mailing)) == std::to_string(plan.number);
}

void AgendaMemory::own(const PlanInfo& plan) {
    ledger_.set_note(plan_subject(plan.mailing), std::to_string(plan.number));
}

void AgendaMemory::forget(const MailingKey& mailing) {
    ledger_.set_note(seen_subject(mailing), "");
    ledger_.set_note(plan_subject(mailing), "");
}

bool AgendaMemory::knows_series(const std::string& campaign) const {
    return !ledger_.note(series_subject(campaign)).empty();
}

// "DIGEST TIME"
std::optional<WallTime> AgendaMemory::settled(const std::string& campaign,
                                              const Schedule& schedule) const {
    const std::string note = ledger_.note(series_subject(campaign));
    const auto blank = note.find(' ');
    if (blank == std::string::npos || note.substr(0, blank) != digest(schedule.text())) {
        return std::nullopt;
    }
    return parse_number(note.substr(blank + 1));
}

void AgendaMemory::settle(const std::string& campaign, const Schedule& schedule, WallTime until) {
    ledger_.set_note(series_subject(campaign), digest(schedule.text()) + " " + number(until));
}

std::optional<WallTime> AgendaMemory::adopted() const {
    return parse_iso8601(ledger_.note(kAdoptedNote));
}

bool AgendaMemory::is_news(const std::string& subject, const std::string& text) {
    const std::string said = text.empty() ? "" : digest(text);
    const std::string note = "said:" + subject;
    if (ledger_.note(note) == said) return false;  // nearly always: without a transaction
    return ledger_.set_note(note, said) && !text.empty();
}

}  // namespace tocsin

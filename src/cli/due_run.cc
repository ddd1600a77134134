#include "cli/due_run.h"

#include <algorithm>
#include <thread>
#include <unistd.h>

#include "agenda/zones.h"
#include "cli/send_report.h"
#include "cli/sending.h"
#include "cli/stop_signal.h"
#include "delivery/approval.h"

namespace tocsin {
namespace {

using Kind = Timing::Kind;

// A mailing goes on for so long before the files are looked at again and the others have their
// turn.
constexpr Milliseconds kSlice = std::chrono::minutes(5);
// ... or until another comes due, but for so long at least.
constexpr Milliseconds kShortSlice = std::chrono::seconds(30);

bool was_told_to_end(RunEnd end) {
    return end == RunEnd::kNothingDue || end == RunEnd::kStopped || end == RunEnd::kTimeUp;
}

}  // namespace

DueRun::DueRun(Invocation& invocation, const Workspace& workspace, OpenedLedger& opened,
               const DueOptions& options)
    : invocation_(invocation),
      workspace_(workspace),
      opened_(opened),
      options_(options),
      memory_(*opened.ledger),
      notifier_(workspace, *opened.ledger, invocation.clock),
      report_(invocation, memory_, notifier_),
      planner_(invocation, workspace, *opened.ledger, memory_, options.survey) {
    if (options.max_time) until_ = invocation.clock.since_boot() + *options.max_time;
}

ExitCode DueRun::run() {
    report_.tell_again();
    while (round() && !spent()) {
    }
    return report_.code();
}

bool DueRun::spent() const {
    bool time_up = until_ && invocation_.clock.since_boot() >= *until_;
    bool enough = options_.max_messages && sent_ >= *options_.max_messages;
    return time_up || enough || StopSignal::raised();
}

// Whether there is more to do now.
bool DueRun::round() {
    const auto agenda = look_at_agenda(workspace_, options_.folder, *opened_.ledger, now());
    for (const CampaignFile& file : agenda->files) report_.file(file);
    for (const AgendaItem& item : agenda->items) see_to(item);
    // Not before what was left alone is held: whoever dies until then leaves the gap for the next
    // run to find. Not at the end: a run may send for days, and is no gap.
    memory_.ran(workspace_.shown(options_.folder), now());
    auto is_due = [](const AgendaItem& item) { return item.timing.kind == Kind::kDue; };
    bool more = false;
    for (const AgendaItem& item : agenda->items) {
        if (is_due(item) && !spent()) more = send(item, *agenda) || more;
    }
    for (const SeriesState& series : agenda->series) see_to_series(series, *agenda);
    return more || try_once_more();
}

// Two runs that cron begins in the same moment can take a mailing from each other while they look
// at it: then both find it taken, and nobody sends.
bool DueRun::try_once_more() {
    if (tried_again_ || !report_.met_another()) return false;
    tried_again_ = true;
    std::this_thread::sleep_for(Milliseconds(100 + ::getpid() % 200));
    return true;
}

void DueRun::see_to(const AgendaItem& item) {
    const bool begun = memory_.seen(item.mailing).has_value();
    switch (item.timing.kind) {
        case Kind::kOver:
        case Kind::kCancelled:
            if (begun) memory_.forget(item.mailing);
            return;
        case Kind::kClosed:
        case Kind::kWaits:
            if (!begun) return;
            memory_.see(item.mailing, now());
            return report_.timing(item);
        case Kind::kStale:
            opened_.ledger->set_control(item.mailing, Control::kHeld, item.timing.reason, now());
            return report_.timing(item);
        default:
            return report_.timing(item);
    }
}

// Told, and settled, when what came due is in the ledger: whoever dies before does it again.
void DueRun::see_to_series(const SeriesState& series, const Agenda& agenda) {
    Ledger& ledger = *opened_.ledger;
    const Campaign& campaign = *series.file->campaign;
    if (ledger.control({campaign.id, ""}).control == Control::kHeld) return;
    auto is_known = [&](const std::string& occurrence) {
        const MailingKey mailing{campaign.id, occurrence};
        return ledger.plan(mailing) || ledger.control(mailing).since != WallTime{};
    };
    std::vector<std::string> missed;
    for (const Occurrence& one : series.missed) {
        if (!is_known(one.name)) missed.push_back(one.name);
    }
    report_.missed(series, missed);
    WallTime settled = series.settled;
    if (series.latest) {
        auto item = std::ranges::find_if(agenda.items, [&](const AgendaItem& one) {
            return one.mailing == MailingKey{campaign.id, series.latest->name};
        });
        bool is_over = item->timing.kind == Kind::kOverdue;
        if (is_over || is_known(series.latest->name)) settled = series.latest->time;
    }
    memory_.settle(campaign.id, campaign.schedule->schedule, settled);
}

// Whether it was cut short by its slice.
bool DueRun::send(const AgendaItem& item, const Agenda& agenda) {
    RunEnd end = RunEnd::kNothingLeft;
    const RunLimits limits = limits_for(item, agenda);
    report_.attempt(item.mailing, [&] { return try_to_send(item, limits, end); });
    return end == RunEnd::kTimeUp;
}

ExitCode DueRun::try_to_send(const AgendaItem& item, const RunLimits& limits, RunEnd& end) {
    Ledger& ledger = *opened_.ledger;
    const PlanInfo plan = planner_.plan(item);
    demand_approval(workspace_, plan, ledger);
    memory_.see(item.mailing, now());
    Sending sending(invocation_, workspace_, plan, opened_);
    const RunResult result = sending.run(
        limits, [&](SendSession& session) { postpone_closed_zones(item, ledger, session, now()); });
    end = result.end;
    sent_ += result.accepted + result.rejected + result.deferred + result.in_doubt;
    const Counts counts = ledger.counts(item.mailing);
    if (counts.finished()) memory_.forget(item.mailing);
    if (!invocation_.console.quiet()) {
        invocation_.console.out(run_line(item.mailing, result, counts));
    }
    if (!was_told_to_end(end)) invocation_.console.err(why_ended(ledger, item.mailing, result));
    invocation_.console.err(doubt_text(item.mailing, ledger, counts));
    return exit_code_of(result, counts);
}

RunLimits DueRun::limits_for(const AgendaItem& item, const Agenda& agenda) const {
    const Milliseconds boot = invocation_.clock.since_boot();
    Milliseconds until = boot + slice(item, agenda);
    if (auto closes = next_closing(item, *opened_.ledger, now())) {
        until = std::min(until, boot + (*closes - now()));
    }
    if (auto ends = end_of(item.schedule())) {
        // Past it only a mailing goes that somebody has released.
        if (*ends > now()) until = std::min(until, boot + (*ends - now()));
    }
    if (until_) until = std::min(until, *until_);
    RunLimits limits;
    if (options_.max_messages) limits.most = *options_.max_messages - sent_;
    limits.stop = &StopSignal::raised();
    limits.until = until;
    limits.patience = Milliseconds(0);
    return limits;
}

// Until another one comes due or opens, if that is soon.
Milliseconds DueRun::slice(const AgendaItem& item, const Agenda& agenda) const {
    Milliseconds slice = kSlice;
    const WallTime present = now();
    for (const AgendaItem& other : agenda.items) {
        if (&other == &item || !other.timing.time) continue;
        slice = std::min(slice, std::max(*other.timing.time - present, kShortSlice));
    }
    return slice;
}

}  // namespace tocsin

#include "agenda/forecast.h"

#include <algorithm>
#include <map>

#include "base/error.h"
#include "delivery/approval.h"
#include "delivery/planner.h"

namespace tocsin {
namespace {

using Kind = Timing::Kind;

constexpr std::size_t kMostOccurrences = 50;  // of one campaign

// What all mailings of one campaign have in common that are not planned yet.
struct CampaignFacts {
    std::optional<std::size_t> people;
    std::vector<std::string> held_by;
};

class Forecaster {
  public:
    Forecaster(const Workspace& workspace, Ledger& ledger, Forecast& forecast)
        : workspace_(workspace), ledger_(ledger), forecast_(forecast) {}

    void run() {
        for (const CampaignFile& file : forecast_.agenda->files) {
            if (!file.campaign) forecast_.broken.push_back(&file);
        }
        for (const AgendaItem& item : forecast_.agenda->items) add(item);
        for (const SeriesState& series : forecast_.agenda->series) add_coming(series);
        std::ranges::stable_sort(forecast_.rows, {}, &ForecastRow::time);
    }

  private:
    static bool is_over(const Timing& timing) {
        return timing.kind == Kind::kOver || timing.kind == Kind::kCancelled;
    }

    void add(const AgendaItem& item) {
        const WallTime time = item.timing.time.value_or(forecast_.from);
        if (is_over(item.timing) || time > forecast_.until) return;
        ForecastRow row = row_of(*item.file, item.mailing, time);
        row.timing = item.timing;
        if (auto plan = ledger_.plan(item.mailing)) {
            see_plan(*plan, row);
        } else {
            see_files(*item.file, row);
        }
        add_timing(item.timing, row);
        forecast_.rows.push_back(std::move(row));
    }

    static void add_timing(const Timing& timing, ForecastRow& row) {
        const std::string because = timing.reason.empty() ? "" : ": " + timing.reason;
        if (timing.kind == Kind::kOverdue) row.held_by.push_back("overdue" + because);
        if (timing.kind == Kind::kHeld) row.held_by.push_back("held" + because);
        if (timing.kind == Kind::kStale) row.held_by.push_back("will be held" + because);
    }

    // What is planned is known better than from the files.
    void see_plan(const PlanInfo& plan, ForecastRow& row) {
        const Counts counts = ledger_.counts(plan.mailing);
        row.people = counts.of(State::kPlanned) + counts.of(State::kDeferred);
        if (!workspace_.approval_required) return;
        add_approval(approval_of(workspace_, plan, ledger_), row.held_by);
    }

    static void add_approval(const ApprovalState& state, std::vector<std::string>& held_by) {
        if (state.kind == ApprovalState::Kind::kNone) held_by.push_back("not approved");
        if (state.kind == ApprovalState::Kind::kVoid) held_by.push_back("its approval is void");
    }

    void add_coming(const SeriesState& series) {
        const CampaignFile& file = *series.file;
        const ControlState control = ledger_.control({file.campaign->id, ""});
        if (control.control == Control::kCancelled) return;
        const Schedule& schedule = file.campaign->schedule->schedule;
        std::size_t count = 0;
        auto one = next_occurrence(schedule, forecast_.from);
        for (; one && one->time <= forecast_.until; one = next_occurrence(schedule, one->time)) {
            if (++count <= kMostOccurrences) add_coming(file, *one, control);
        }
        if (count <= kMostOccurrences) return;
        forecast_.left_out.emplace_back(file.campaign->id, count - kMostOccurrences);
    }

    void add_coming(const CampaignFile& file, const Occurrence& one, const ControlState& control) {
        const MailingKey mailing{file.campaign->id, one.name};
        bool is_item = std::ranges::any_of(forecast_.agenda->items, [&](const AgendaItem& item) {
            return item.mailing == mailing;
        });
        if (is_item) return;
        const WallTime time = earliest_due(file.campaign->schedule->schedule, one.local);
        ForecastRow row = row_of(file, mailing, time);
        see_files(file, row);
        row.timing = {Kind::kNotYet, time};
        if (control.control == Control::kHeld) {
            row.timing = {Kind::kHeld, time, control.reason};
            add_timing(row.timing, row);
        }
        forecast_.rows.push_back(std::move(row));
    }

    ForecastRow row_of(const CampaignFile& file, const MailingKey& mailing, WallTime time) {
        const Campaign& campaign = *file.campaign;
        const Schedule& schedule = campaign.schedule->schedule;
        ForecastRow row;
        row.mailing = mailing;
        row.file = file.shown;
        row.time = time;
        row.zone = schedule.zone;
        row.by_recipient = schedule.by_recipient;
        row.transport =
            campaign.transport ? campaign.transport->text : workspace_.default_transport;
        return row;
    }

    // As it would be planned now.
    void see_files(const CampaignFile& file, ForecastRow& row) {
        const CampaignFacts& facts = facts_of(file);
        row.people = facts.people;
        row.held_by = facts.held_by;
    }

    const CampaignFacts& facts_of(const CampaignFile& file) {
        auto [place, is_new] = facts_.try_emplace(&file);
        if (is_new) place->second = look_into(file);
        return place->second;
    }

    CampaignFacts look_into(const CampaignFile& file) {
        const Campaign& campaign = *file.campaign;
        CampaignFacts facts;
        bool has_transport = campaign.transport || !workspace_.default_transport.empty();
        if (!has_transport) facts.held_by.push_back("no transport is named");
        Findings findings;
        auto loaded = load_campaign(workspace_, campaign, findings);
        if (loaded) facts.people = count_people(*loaded, findings);
        if (findings.has_errors()) {
            facts.people.reset();
            facts.held_by.push_back("errors: see `tocsin check " + campaign.id + "`");
        } else if (loaded && workspace_.approval_required) {
            see_approval(*loaded, facts);
        }
        return facts;
    }

    std::size_t count_people(LoadedCampaign& loaded, Findings& findings) {
        const std::string& list = loaded.campaign.unsubscribe_list;
        auto skip = [&](std::span<PlanRow> rows) {
            ledger_.skip_suppressed(rows, list, forecast_.from);
        };
        return survey(
                   *loaded.audience, nullptr, {}, skip, [](const PlanRow&) {}, findings)
            .people;
    }

    void see_approval(const LoadedCampaign& loaded, CampaignFacts& facts) {
        if (loaded.campaign.schedule->schedule.every) {
            add_approval(approval_of_series(workspace_, loaded.content, ledger_), facts.held_by);
        } else {
            facts.held_by.push_back("not planned, so not approved");
        }
    }

    const Workspace& workspace_;
    Ledger& ledger_;
    Forecast& forecast_;
    std::map<const CampaignFile*, CampaignFacts> facts_;
};

}  // namespace

Forecast forecast(const Workspace& workspace, const std::filesystem::path& folder, Ledger& ledger,
                  WallTime now, std::chrono::days days) {
    Forecast forecast{.from = now, .until = now + days};
    forecast.agenda = look_at_agenda(workspace, folder, ledger, now);
    Forecaster(workspace, ledger, forecast).run();
    return forecast;
}

}  // namespace tocsin

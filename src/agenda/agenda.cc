#include "agenda/agenda.h"

#include <algorithm>
#include <system_error>

#include "agenda/series.h"

namespace tocsin {
namespace {

class Looker {
  public:
    Looker(const Workspace& workspace, Ledger& ledger, WallTime now, std::string folder)
        : workspace_(workspace),
          ledger_(ledger),
          memory_(ledger),
          now_(now),
          last_run_(memory_.last_run(folder)) {}

    void look(Agenda& agenda) {
        for (const CampaignFile& file : agenda.files) {
            if (!file.campaign || !file.campaign->schedule) continue;
            const Schedule& schedule = file.campaign->schedule->schedule;
            if (schedule.at) {
                add(agenda, file, {file.campaign->id, ""}, *schedule.at);
            } else {
                add_series(agenda, file);
            }
        }
    }

  private:
    void add_series(Agenda& agenda, const CampaignFile& file) {
        const std::string& id = file.campaign->id;
        const Schedule& schedule = file.campaign->schedule->schedule;
        std::vector<Occurrence> open = unfinished(schedule, id);
        SeriesState series = state_of(file);
        bool is_listed = series.latest && std::ranges::any_of(open, [&](const Occurrence& one) {
                             return one.name == series.latest->name;
                         });
        if (series.latest && !is_listed) open.push_back(*series.latest);
        std::ranges::sort(open, {}, &Occurrence::time);
        for (const Occurrence& one : open) add(agenda, file, {id, one.name}, one.local);
        agenda.series.push_back(std::move(series));
    }

    SeriesState state_of(const CampaignFile& file) const {
        const std::string& id = file.campaign->id;
        const Schedule& schedule = file.campaign->schedule->schedule;
        const bool is_new = !memory_.knows_series(id);
        WallTime settled =
            is_new ? now_ - kSlack : memory_.settled(id, schedule).value_or(written(file));
        if (auto adopted = memory_.adopted()) settled = std::max(settled, *adopted);
        SeriesState state = came_due(schedule, settled, now_);
        state.file = &file;
        // Nobody has missed what was before it came here.
        if (is_new) state.missed.clear();
        if (is_new) state.missed_count = 0;
        return state;
    }

    // A campaign that is new here begins with what has just come due, and with nothing of this
    // morning: its file may only have been copied. One whose schedule was changed begins when that
    // was written: what is moved from nine to five past nine must not go out twice.
    static constexpr std::chrono::minutes kSlack{15};

    WallTime written(const CampaignFile& file) const {
        std::error_code unknown;
        const auto time = std::filesystem::last_write_time(file.path, unknown);
        if (unknown) return now_;
        const auto wall = std::chrono::file_clock::to_sys(time);
        return std::clamp(std::chrono::ceil<Milliseconds>(wall), now_ - kSlack, now_);
    }

    std::vector<Occurrence> unfinished(const Schedule& schedule, const std::string& id) {
        std::vector<Occurrence> open;
        for (const MailingKey& mailing : ledger_.unfinished(id)) {
            auto local = parse_local(mailing.occurrence);
            if (local) open.push_back({mailing.occurrence, *local, schedule.zone.instant(*local)});
        }
        return open;
    }

    void add(Agenda& agenda, const CampaignFile& file, const MailingKey& mailing,
             LocalMinute begins) {
        AgendaItem item{&file, mailing, begins, {}};
        item.timing = timing_of(circumstances(item), now_);
        agenda.items.push_back(std::move(item));
    }

    Circumstances circumstances(const AgendaItem& item) {
        const Schedule& schedule = item.schedule();
        Circumstances around{
            schedule, item.begins, schedule.grace.value_or(workspace_.schedule.grace),
            ledger_.control(item.mailing), ledger_.control({item.mailing.campaign, ""})};
        see_plan(item.mailing, around);
        around.seen = memory_.seen(item.mailing);
        around.last_run = last_run_;
        return around;
    }

    // Plans are large, and most campaigns of a folder are over: those are told by their counts.
    void see_plan(const MailingKey& mailing, Circumstances& around) {
        const Counts counts = ledger_.counts(mailing);
        around.finished = counts.total > 0 && counts.finished();
        if (around.finished) return;
        const auto plan = ledger_.plan(mailing);
        if (!plan) return;
        around.started = plan->started;
        around.finished = counts.finished();
        if (!around.finished) around.next_due = ledger_.next_due(mailing);
    }

    const Workspace& workspace_;
    Ledger& ledger_;
    AgendaMemory memory_;
    const WallTime now_;
    const std::optional<WallTime> last_run_;
};

}  // namespace

std::unique_ptr<Agenda> look_at_agenda(const Workspace& workspace,
                                       const std::filesystem::path& folder, Ledger& ledger,
                                       WallTime now) {
    auto agenda = std::make_unique<Agenda>();
    agenda->files = read_campaign_files(workspace, folder);
    Looker(workspace, ledger, now, workspace.shown(folder)).look(*agenda);
    return agenda;
}

}  // namespace tocsin

// A workspace with a recurring campaign, whose occurrences can be planned.
#pragma once

#include <filesystem>
#include <fstream>

#include "delivery/planner.h"
#include "unit/delivery/small_campaign.h"
#include "unit/ledger/contract.h"

namespace tocsin::test {

inline const std::string kFirst = "2026-12-07T09:00", kSecond = "2026-12-14T09:00";

class SeriesCase {
  public:
    SeriesCase() {
        workspace.root = folder_.path();
        workspace.default_transport = "outbox";
        workspace.transports["outbox"] = {"outbox", {}, MaildirSettings{"/srv/outbox"}, {}, {}};
        for (const char* name : {"lists", "templates"}) {
            std::filesystem::create_directory(folder_.path() / name);
        }
        write_list("email,timezone\nann@x.example,\n");
        write("templates/weekly.txt.mustache", "Act now");
        campaign.id = "weekly";
        campaign.text = Located{"weekly.txt.mustache", {"campaigns/weekly.yaml", 4, 7}};
        campaign.audience.lists = {{"lists/a.csv", {"campaigns/weekly.yaml", 6, 12}}};
        campaign.schedule = ScheduleDefinition{};
    }

    Schedule& schedule() { return campaign.schedule->schedule; }

    void write(const std::string& name, const std::string& bytes) const {
        std::ofstream(folder_.path() / name, std::ios::binary) << bytes;
    }
    void write_list(const std::string& bytes) const { write("lists/a.csv", bytes); }

    std::optional<SurveyCounts> plan(const std::string& occurrence, PlanKind kind = PlanKind::kNew,
                                     WallTime now = at(1)) {
        Findings findings;
        auto loaded = load_campaign(workspace, campaign, findings);
        if (!loaded) return std::nullopt;
        return write_plan(workspace, *loaded, *ledger,
                          {.kind = kind, .occurrence = occurrence, .survey = {}, .now = now},
                          findings);
    }

    // "Asia/Kolkata 1, Pacific/Auckland 2": who is still to be mailed.
    std::string zones(const std::string& occurrence) {
        std::string text;
        for (const ZoneRows& rows : ledger->zones({"weekly", occurrence})) {
            text += (text.empty() ? "" : ", ") + (rows.zone.empty() ? "-" : rows.zone) + " " +
                    std::to_string(rows.waiting);
        }
        return text;
    }

    Workspace workspace;
    Campaign campaign = small_campaign();
    std::unique_ptr<Ledger> ledger = make_memory_ledger();

  private:
    TemporaryFolder folder_;
};

}  // namespace tocsin::test

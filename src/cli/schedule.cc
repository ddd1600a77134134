// `tocsin schedule`: what will go out when, and what holds it back.
#include "agenda/forecast.h"
#include "base/text.h"
#include "cli/campaign_folder.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/load.h"
#include "delivery/open_ledger.h"
#include "ledger/memory.h"

namespace tocsin {
namespace {

using nlohmann::ordered_json;

constexpr int kMostDays = 366;

struct Options {
    int days = 7;
    std::filesystem::path folder;
};

const char* state_of(const ForecastRow& row) {
    switch (row.timing.kind) {
        case Timing::Kind::kNotYet:
            return "scheduled";
        case Timing::Kind::kClosed:
        case Timing::Kind::kWaits:
            return "waits";
        case Timing::Kind::kOverdue:
            return "overdue";
        case Timing::Kind::kStale:
        case Timing::Kind::kHeld:
            return "held";
        default:
            return "due";
    }
}

std::string when(const ForecastRow& row) {
    const char* state = state_of(row);
    bool has_time = row.timing.time.has_value();
    std::string text = has_time ? shown(row.zone.local(row.time)) : state;
    if (has_time) text[10] = ' ';
    text.resize(16, ' ');
    return text + "  " + (row.by_recipient ? "recipient, " : "") + row.zone.name();
}

std::string line_of(const ForecastRow& row) {
    std::string people = row.people ? counted(*row.people, "mail") : "?";
    std::string text = when(row) + "  " + row.mailing.shown() + "  " + people;
    if (!row.transport.empty()) text += " by `" + row.transport + "`";
    text += "\n";
    for (const std::string& why : row.held_by) text += "    " + printable(why) + "\n";
    return text;
}

std::string text_of(const Forecast& forecast) {
    std::string text;
    for (const ForecastRow& row : forecast.rows) text += line_of(row);
    for (const auto& [campaign, more] : forecast.left_out) {
        text += campaign + ": and " + counted(more, "occurrence") + " more\n";
    }
    for (const CampaignFile* file : forecast.broken) {
        text += file->shown + ": cannot be read; see `tocsin check " + file->shown + "`\n";
    }
    return text;
}

ordered_json json_of(const ForecastRow& row) {
    ordered_json out = {{"campaign", row.mailing.campaign}};
    if (!row.mailing.occurrence.empty()) out["occurrence"] = row.mailing.occurrence;
    out["file"] = row.file;
    out["state"] = state_of(row);
    out["time"] = row.timing.time ? ordered_json(iso8601(row.time)) : ordered_json(nullptr);
    out["timezone"] = row.zone.name();
    out["by_recipient"] = row.by_recipient;
    out["people"] = row.people ? ordered_json(*row.people) : ordered_json(nullptr);
    out["transport"] = row.transport;
    out["held_by"] = row.held_by;
    return out;
}

ordered_json json_of(const Forecast& forecast) {
    ordered_json out = {{"from", iso8601(forecast.from)},
                        {"until", iso8601(forecast.until)},
                        {"mailings", ordered_json::array()},
                        {"left_out", ordered_json::object()},
                        {"broken", ordered_json::array()}};
    for (const ForecastRow& row : forecast.rows) out["mailings"].push_back(json_of(row));
    for (const auto& [campaign, more] : forecast.left_out) out["left_out"][campaign] = more;
    for (const CampaignFile* file : forecast.broken) out["broken"].push_back(file->shown);
    return out;
}

ExitCode schedule(const Options& options, Invocation& invocation) {
    const Workspace workspace = load_workspace(invocation);
    const auto folder = campaign_folder(workspace, options.folder);
    // Before the first use nothing was sent: as an empty ledger says.
    auto ledger = open_ledger_to_find(workspace);
    if (!ledger) ledger = make_memory_ledger();
    const Forecast coming = forecast(workspace, folder, *ledger, invocation.clock.now(),
                                     std::chrono::days(options.days));
    Console& console = invocation.console;
    if (invocation.globals.json) {
        console.out(one_line(json_of(coming)));
        return ExitCode::kOk;
    }
    const std::string text = text_of(coming);
    if (!text.empty()) {
        console.out(text);
    } else if (!console.quiet()) {
        console.out("nothing is scheduled until " + iso8601(coming.until) + "\n");
    }
    return ExitCode::kOk;
}

}  // namespace

Command add_schedule(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command =
        app.add_subcommand("schedule", "What will go out when, and what holds it back");
    command->add_option("--days", options->days, "So many days ahead (7)")
        ->type_name("N")
        ->check(CLI::Range(1, kMostDays));
    command->add_option("--campaigns", options->folder, "Look there instead of campaigns/")
        ->type_name("DIR");
    return {command, [options](Invocation& invocation) { return schedule(*options, invocation); }};
}

}  // namespace tocsin

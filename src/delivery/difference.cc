#include "delivery/difference.h"

#include <algorithm>

#include "base/text.h"
#include "delivery/inputs.h"
#include "delivery/people.h"
#include "delivery/settings.h"

namespace tocsin {
namespace {

bool is_audience(const InputFile& file) {
    return file.role == "list" || file.role == "exclusion";
}

std::vector<std::string> audience_paths(const Inputs& inputs) {
    std::vector<std::string> paths;
    for (const InputFile& file : inputs) {
        if (is_audience(file)) paths.push_back(file.role + " " + file.path);
    }
    return paths;
}

std::string people(std::size_t count) {
    return count == 1 ? "1 person" : grouped(count) + " people";
}

// Who came and who went, of all rows: by address, and bad rows by their place.
std::string movement(const PlanInfo& plan, LoadedCampaign& now, Ledger& ledger) {
    People planned(SipKey::random()), listed(planned.key());
    ledger.for_each_row(plan.mailing, [&](const std::string& key, State) { planned.add(key); });
    Findings ignored;
    now.audience->for_each([&](const AudienceRow& row) { listed.add(row.recipient.address.key()); },
                           [&](const InvalidRow& row) {
                               listed.add(row.place.file + ":" + std::to_string(row.place.line));
                           },
                           ignored);
    planned.settle();
    listed.settle();
    const People::Movement moved = planned.until(listed);
    return people(moved.came) + " new, " + people(moved.went) + " gone";
}

}  // namespace

std::vector<std::string> changed_files(const Workspace& workspace, const PlanInfo& plan) {
    std::vector<std::string> lines;
    for (const InputFile& file : changed(workspace, parse_inputs(plan.inputs))) {
        bool gone = !stamp(workspace.root / file.path);
        lines.push_back(file.path + (gone ? " is gone" : " has changed"));
    }
    return lines;
}

std::vector<std::string> changed_settings(const Workspace& workspace, const PlanInfo& plan) {
    if (plan.settings.empty()) return {};
    return changes(parse_facts(plan.settings), settings_of(workspace, parse_content(plan.content)));
}

std::vector<std::string> differences(const Workspace& workspace, const PlanInfo& plan,
                                     LoadedCampaign& now, Ledger& ledger) {
    Inputs then = parse_inputs(plan.inputs);
    std::vector<std::string> lines;
    // Not the plan's own hash: an earlier version may have made it otherwise.
    bool content_differs =
        hash_of_content(now.content) != hash_of_content(parse_content(plan.content));
    bool lists_differ = false;
    for (const InputFile& file : changed(workspace, then)) {
        if (is_audience(file)) lists_differ = true;
        if (is_audience(file) || content_differs) lines.push_back(file.path + " has changed");
    }
    if (audience_paths(inputs_of(workspace, now.campaign, now.content)) != audience_paths(then)) {
        lists_differ = true;
        lines.push_back("the campaign names other lists");
    }
    if (lists_differ) lines.push_back("in the lists: " + movement(plan, now, ledger));
    if (content_differs && lines.empty()) lines.push_back("the content has changed");
    return lines;
}

}  // namespace tocsin

// `tocsin diff`: what changed in one person's rendered mail.
#include <filesystem>

#include "base/text.h"
#include "cli/addresses.h"
#include "cli/commands.h"
#include "cli/json.h"
#include "cli/load.h"
#include "cli/mailing.h"
#include "cli/options.h"
#include "delivery/content_at.h"
#include "delivery/open_ledger.h"
#include "preview/mail_text.h"

namespace tocsin {
namespace {

struct Options {
    std::string campaign;
    std::string against;
    std::string as;

    GivenMailing mailing() const { return GivenMailing::parse(campaign); }
};

struct Person {
    Recipient recipient;
    Place place;  // of the row
};

// What the campaign is compared with.
struct Earlier {
    std::string name;  // "the plan of 2026-11-24T09:00:00Z"
    Content content;
    Columns columns;
    std::vector<std::string> cells;
    std::string note;  // or empty
};

// Without an address the first person whom the lists do not exclude.
Person choose_person(Audience& audience, const std::string& as) {
    std::optional<Mailbox> wanted;
    if (!as.empty()) wanted = parse_address(as, "--as");
    std::optional<Person> found;
    Findings ignored;  // `check` reports them
    audience.for_each(
        [&](const AudienceRow& row) {
            bool fits = wanted ? row.recipient.address == *wanted : !row.excluded;
            if (!found && fits) found = Person{row.recipient, row.place};
        },
        [](const InvalidRow&) {}, ignored);
    if (found) return std::move(*found);
    if (!wanted) throw MissingInput("the campaign's lists hold nobody to show a mail of");
    throw UsageError(wanted->written() + " is in none of the campaign's lists",
                     "--as takes the address of somebody who is");
}

// The cells of today's row under the columns of then.
std::vector<std::string> under(const Columns& then, const Columns& now,
                               const std::vector<std::string>& cells) {
    std::vector<std::string> out;
    for (const std::string& name : then) {
        auto column = std::find(now.begin(), now.end(), name) - now.begin();
        auto index = static_cast<std::size_t>(column);
        out.push_back(index < cells.size() ? cells[index] : "");
    }
    return out;
}

Earlier planned(const PlanInfo& plan, const LoadedCampaign& now, const Person& person,
                Ledger& ledger) {
    const std::string whose =
        plan.mailing.occurrence.empty() ? "" : " for " + plan.mailing.occurrence;
    Earlier earlier{"the plan of " + iso8601(plan.created) + whose,
                    parse_content(plan.content),
                    plan.columns,
                    {},
                    ""};
    auto row = ledger.explain(plan.mailing, person.recipient.address.key());
    if (row && !row->cells.empty()) {
        earlier.cells = row->cells;
        return earlier;
    }
    earlier.cells = under(plan.columns, now.audience->columns(), person.recipient.cells);
    earlier.note = row ? "the plan skips this person; their data is that of the list now"
                       : "this person is not in the plan; their data is that of the list now";
    return earlier;
}

Earlier of_content(std::string name, Content content, const LoadedCampaign& now,
                   const Person& person) {
    return {std::move(name), std::move(content), now.audience->columns(), person.recipient.cells,
            ""};
}

Earlier at_revision(Invocation& invocation, const Workspace& workspace, const LoadedCampaign& now,
                    const Person& person, const std::string& name) {
    GitRevision revision(workspace.root, name);
    Findings findings;
    auto content = content_at(revision, workspace, now.campaign.source.name(), findings);
    if (!content) {
        invocation.console.err("in revision " + revision.commit().substr(0, 12) + ":\n");
        report_findings(invocation, findings);
    }
    return of_content(name + " (" + revision.commit().substr(0, 12) + ")", std::move(*content), now,
                      person);
}

Earlier of_file(Invocation& invocation, const Workspace& workspace, const LoadedCampaign& now,
                const Person& person, const std::string& file) {
    auto other = load_whole_campaign(invocation, workspace, file);
    return of_content(file, std::move(other->content), now, person);
}

Earlier choose_earlier(Invocation& invocation, const Workspace& workspace, const Options& options,
                       const LoadedCampaign& now, const Person& person) {
    const std::string& against = options.against;
    bool is_file = std::filesystem::is_regular_file(against) || against.ends_with(".yaml");
    if (is_file) return of_file(invocation, workspace, now, person, against);
    if (!against.empty()) return at_revision(invocation, workspace, now, person, against);
    auto ledger = open_ledger_to_look(workspace);
    const MailingKey mailing =
        mailing_to_look_at(invocation, workspace, options.campaign, ledger.get());
    auto plan = ledger ? ledger->plan(mailing) : std::nullopt;
    if (plan) return planned(*plan, now, person, *ledger);
    if (!mailing.occurrence.empty()) {
        throw UsageError(mailing.shown() + " is not planned",
                         "--against says what else to compare it with");
    }
    if (in_git(workspace.root)) return at_revision(invocation, workspace, now, person, "HEAD");
    throw UsageError(now.campaign.id + " is not planned, and the workspace is in no git repository",
                     "--against says what to compare it with: a campaign file, say");
}

MailText mail_of(Invocation& invocation, const Content& content, const Columns& columns,
                 const std::vector<std::string>& cells, const Mailbox& recipient) {
    Findings findings;
    auto renderer = Renderer::make(content, columns, findings);
    if (!renderer) report_findings(invocation, findings);
    return mail_text(content, *renderer, recipient, cells);
}

std::string text_of(const Earlier& earlier, const std::string& id, const Person& person,
                    const std::vector<PartDifference>& parts) {
    std::string text = "--- " + id + ", " + printable(earlier.name) + "\n+++ " + id +
                       ", as it is now\nfor " + person.recipient.address.written() + ", " +
                       person.place.file + ":" + std::to_string(person.place.line) + "\n";
    if (!earlier.note.empty()) text += earlier.note + "\n";
    if (parts.empty()) return text + "no difference\n";
    for (const PartDifference& part : parts) text += "\n" + part.part + "\n" + part.diff;
    return text;
}

nlohmann::ordered_json json_of(const Earlier& earlier, const std::string& id, const Person& person,
                               const std::vector<PartDifference>& parts) {
    nlohmann::ordered_json out = {{"campaign", id},
                                  {"against", earlier.name},
                                  {"address", person.recipient.address.written()},
                                  {"file", person.place.file},
                                  {"line", person.place.line},
                                  {"differences", nlohmann::ordered_json::array()}};
    for (const PartDifference& part : parts) {
        out["differences"].push_back({{"part", part.part}, {"diff", part.diff}});
    }
    return out;
}

ExitCode diff(const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    auto now = load_whole_campaign(invocation, workspace, options.mailing().campaign);
    const Person person = choose_person(*now->audience, options.as);
    const Earlier earlier = choose_earlier(invocation, workspace, options, *now, person);
    const Mailbox& address = person.recipient.address;
    const bool json = invocation.globals.json;
    auto parts =
        differences(mail_of(invocation, earlier.content, earlier.columns, earlier.cells, address),
                    mail_of(invocation, now->content, now->audience->columns(),
                            person.recipient.cells, address),
                    invocation.console.colour() && !json);
    const std::string& id = now->campaign.id;
    if (json) {
        invocation.console.out(one_line(json_of(earlier, id, person, parts)));
    } else {
        invocation.console.out(text_of(earlier, id, person, parts));
    }
    return ExitCode::kOk;
}

}  // namespace

Command add_diff(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("diff", "What changed in one person's mail");
    take_mailing(*command, options->campaign)->required();
    command
        ->add_option("--against", options->against,
                     "A git revision or a campaign file; without, the plan, else HEAD")
        ->type_name("REV|FILE");
    command->add_option("--as", options->as, "Whose mail; without, the first person's")
        ->type_name("ADDRESS");
    return {command, [options](Invocation& invocation) { return diff(*options, invocation); }};
}

}  // namespace tocsin

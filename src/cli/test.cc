// `tocsin test`: proofs to reviewers' inboxes.
#include "base/text.h"
#include "cli/addresses.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/options.h"
#include "delivery/linted_survey.h"
#include "delivery/open_transport.h"
#include "delivery/proof.h"

namespace tocsin {
namespace {

constexpr std::size_t kDefaultSample = 1;

struct Options {
    std::string campaign;
    std::vector<std::string> to;
    SampleOptions whose;
    bool sandbox = false;
};

void demand_soundness(Invocation& invocation, const Workspace& workspace, LoadedCampaign& loaded) {
    Findings findings;
    SurveyCounts counts = linted_survey(
        {workspace, loaded.campaign, loaded.content}, *loaded.audience, loaded.composer.get(), {},
        skip_nobody, [](const PlanRow&) {}, findings);
    report_survey(invocation, loaded.campaign.id, counts, findings);
}

// In the form that the transport takes.
std::unique_ptr<Composer> composer_for(const Transport& transport, const LoadedCampaign& loaded) {
    Findings none;  // it was made once
    auto composer =
        Composer::make(loaded.content, loaded.audience->columns(), none, transport.form());
    if (!composer) throw std::logic_error("a composer could not be made again");
    return composer;
}

ExitCode report(const ProofResult& result, Invocation& invocation) {
    for (const std::string& failure : result.failures) {
        invocation.console.err("tocsin: not accepted: " + failure + "\n");
    }
    if (!result.hint.empty()) invocation.console.err("  hint: " + result.hint + "\n");
    if (!invocation.console.quiet()) {
        invocation.console.out(counted(result.accepted, "proof") + " sent\n");
    }
    return result.failures.empty() ? ExitCode::kOk : ExitCode::kUnavailable;
}

ExitCode test(const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    auto loaded = load_whole_campaign(invocation, workspace, options.campaign);
    demand_soundness(invocation, workspace, *loaded);
    std::vector<Mailbox> inboxes = parse_addresses(options.to, "--to");
    Sample sample = choose(*loaded->audience, loaded->composer->renderer(),
                           options.whose.request(kDefaultSample));
    std::vector<Recipient> people;
    for (Chosen& chosen : sample.people) people.push_back(std::move(chosen.recipient));
    UnwatchedDepartures nobody;
    auto open = options.sandbox ? open_sandbox : open_transport;
    auto transport = open(workspace, choose_transport(workspace, loaded->content.transport),
                          loaded->content.from.address.domain(), invocation.clock, nobody);
    auto composer = composer_for(*transport, *loaded);
    return report(send_proofs(*transport, *composer, inboxes, people, invocation.clock.now()),
                  invocation);
}

}  // namespace

Command add_test(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("test", "Send proofs to a test inbox, nobody else");
    take_campaign(*command, options->campaign);
    command->add_option("--to", options->to, "The reviewers' addresses")
        ->type_name("ADDRESS")
        ->required();
    options->whose.take(*command);
    command->add_flag("--sandbox", options->sandbox,
                      "A provider accepts the proofs and delivers nothing");
    return {command, [options](Invocation& invocation) { return test(*options, invocation); }};
}

}  // namespace tocsin

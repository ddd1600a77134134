// `tocsin preview`: mails as files and on one page.
#include "preview/preview.h"

#include <cstdlib>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/options.h"
#include "cli/preview_summary.h"
#include "lint/settings.h"

namespace tocsin {
namespace {

struct Options {
    std::string campaign;
    SampleOptions whose;
    std::filesystem::path out;
    bool open = false;
};

// The desktop's browser; a machine without one is no error, the page's name was printed.
void open_in_browser(const std::filesystem::path& page) {
    std::string quoted = "'";
    for (char c : std::filesystem::absolute(page).string())
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    std::string command = "xdg-open " + quoted + "' >/dev/null 2>&1 &";
    [[maybe_unused]] int ignored = std::system(command.c_str());
}

std::vector<MailView> view_all(const Workspace& workspace, LoadedCampaign& loaded,
                               const std::vector<Chosen>& people, WallTime now) {
    const LintIgnore ignored = ignored_in(workspace, loaded.campaign);
    std::vector<MailView> mails;
    for (const Chosen& person : people) {
        mails.push_back(view_mail(loaded.content, *loaded.composer, person, ignored,
                                  preview_file_name(mails.size() + 1), now));
    }
    return mails;
}

// Nobody is refused here: the page shows the findings, and `check` prints them.
void tell(Invocation& invocation, const std::filesystem::path& page, std::size_t mails,
          const CampaignSummary& summary) {
    if (invocation.console.quiet()) return;
    invocation.console.out(counted(mails, "mail") + " to look at: " + page.string() + "\n");
    if (!summary.findings.empty()) {
        invocation.console.out(tocsin::summary(summary.findings) +
                               ": on the page, or `tocsin check " + summary.campaign + "`\n");
    }
}

ExitCode preview(const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    auto loaded = load_whole_campaign(invocation, workspace, options.campaign);
    Sample sample = choose(*loaded->audience, loaded->composer->renderer(),
                           options.whose.request(std::nullopt));
    CampaignSummary summary =
        summarise(workspace, *loaded, sample.excluded_by, invocation.clock.now());
    std::vector<MailView> mails =
        view_all(workspace, *loaded, sample.people, invocation.clock.now());
    std::filesystem::path folder =
        options.out.empty() ? workspace.state() / "preview" / loaded->campaign.id : options.out;
    auto page = write_preview(folder, summary, mails);
    tell(invocation, page, mails.size(), summary);
    if (options.open) open_in_browser(page);
    return ExitCode::kOk;
}

}  // namespace

Command add_preview(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand(
        "preview", "Write a page that shows the campaign and its most telling mails");
    take_campaign(*command, options->campaign);
    options->whose.take(*command);
    command->add_option("--out", options->out, "Folder to write to; default state/preview/ID")
        ->type_name("DIR");
    command->add_flag("--open", options->open, "Show the page in the browser");
    return {command, [options](Invocation& invocation) { return preview(*options, invocation); }};
}

}  // namespace tocsin

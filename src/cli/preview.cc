// `tocsin preview`: mails as files and on one page.
#include "preview/preview.h"

#include <cstdlib>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/options.h"

namespace tocsin {
namespace {

constexpr std::size_t kDefaultSample = 10;

struct Options {
    std::string campaign;
    SampleOptions whose;
    std::filesystem::path out;
    bool open = false;
};

// The desktop's browser; a machine without one is no error, the page's name was printed.
void open_in_browser(const std::filesystem::path& page) {
    std::string quoted = "'";
    for (char c : page.string()) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    std::string command = "xdg-open " + quoted + "' >/dev/null 2>&1 &";
    [[maybe_unused]] int ignored = std::system(command.c_str());
}

ExitCode preview(const Options& options, Invocation& invocation) {
    Workspace workspace = load_workspace(invocation);
    auto loaded = load_whole_campaign(invocation, workspace, options.campaign);
    std::vector<Recipient> people =
        choose(*loaded->audience, options.whose.request(kDefaultSample));
    std::filesystem::path folder =
        options.out.empty() ? workspace.state() / "preview" / loaded->campaign.id : options.out;
    auto page =
        write_preview(folder, loaded->content, *loaded->composer, people, invocation.clock.now());
    if (!invocation.console.quiet()) {
        invocation.console.out(counted(people.size(), "mail") + " to look at: " + page.string() +
                               "\n");
    }
    if (options.open) open_in_browser(page);
    return ExitCode::kOk;
}

}  // namespace

Command add_preview(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("preview", "Write mails and a page that shows them");
    take_campaign(*command, options->campaign);
    options->whose.take(*command);
    command->add_option("--out", options->out, "Folder to write to; default state/preview/ID")
        ->type_name("DIR");
    command->add_flag("--open", options->open, "Show the page in the browser");
    return {command, [options](Invocation& invocation) { return preview(*options, invocation); }};
}

}  // namespace tocsin

#include "cli/dry_run.h"

#include <cstdio>
#include <fstream>

#include "base/file.h"
#include "base/text.h"
#include "cli/load.h"
#include "delivery/linted_survey.h"
#include "delivery/open_ledger.h"

namespace tocsin {
namespace {

class MailFolder {
  public:
    explicit MailFolder(std::filesystem::path folder) : folder_(std::move(folder)) {
        if (!folder_.empty()) make_private_folder(folder_);
    }

    void add(const std::string& bytes) {
        if (folder_.empty()) return;
        char name[32];
        std::snprintf(name, sizeof name, "%06zu.eml", ++written_);
        std::filesystem::path file = folder_ / name;
        std::filesystem::remove(file);
        create_file(file, bytes);
    }

  private:
    std::filesystem::path folder_;
    std::size_t written_ = 0;
};

SkipSuppressed suppressed_by(const std::shared_ptr<Ledger>& ledger, const std::string& list,
                             WallTime now) {
    if (!ledger) return skip_nobody;
    return [=](std::span<PlanRow> rows) { ledger->skip_suppressed(rows, list, now); };
}

}  // namespace

ExitCode dry_run(Invocation& invocation, const std::string& campaign, const SurveyOptions& options,
                 const std::filesystem::path& out) {
    Workspace workspace = load_workspace(invocation);
    auto loaded = load_whole_campaign(invocation, workspace, campaign);
    std::shared_ptr<Ledger> ledger = open_ledger_to_find(workspace);
    MailFolder folder(out);
    Findings findings;
    SurveyCounts counts = linted_survey(
        {workspace, loaded->campaign, loaded->content}, *loaded->audience, loaded->composer.get(),
        options, suppressed_by(ledger, loaded->campaign.unsubscribe_list, invocation.clock.now()),
        [&](const PlanRow& row) {
            if (row.skip != SkipReason::kNone) return;
            Mailbox to = Mailbox::from(row.address);
            folder.add(loaded->composer->preview(to, row.cells, invocation.clock.now()).bytes);
        },
        findings);
    report_survey(invocation, loaded->campaign.id, counts, findings);
    if (!invocation.console.quiet()) {
        invocation.console.out(loaded->campaign.id + ": " + counted(counts.people, "mail") +
                               " rendered, none sent" +
                               (out.empty() ? "" : "; they are in " + out.string()) + "\n");
    }
    return ExitCode::kOk;
}

}  // namespace tocsin

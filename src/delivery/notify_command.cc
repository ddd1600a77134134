#include "delivery/notify_command.h"

#include "base/log.h"
#include "base/program.h"
#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostOutput = 64u << 10;
constexpr std::size_t kMostShown = 200;

// The first line of what it complained of.
std::string complaint(const std::string& said) {
    const std::string line = printable(trim(said.substr(0, said.find('\n')))).substr(0, kMostShown);
    return line.empty() ? "" : ": " + redacted(line);
}

std::string fault_of(const ProgramRun& run, Milliseconds patience) {
    using End = ProgramRun::End;
    switch (run.end) {
        case End::kMissing:
            return "there is no /bin/sh";
        case End::kTimeout:
            return "the command did not end within " +
                   counted(std::chrono::ceil<std::chrono::seconds>(patience).count(), "second") +
                   " and was stopped" + complaint(run.said);
        case End::kTooMuch:
            return "the command printed too much and was stopped";
        case End::kDone:
            break;
    }
    if (run.status == 0) return "";
    return "the command ended with " + std::to_string(run.status) + complaint(run.said);
}

}  // namespace

std::string notify_by_command(const Workspace& workspace, const Notice& notice, WallTime when,
                              Milliseconds patience) {
    const ProgramLimits limits{.timeout = patience,
                               .most = kMostOutput,
                               .folder = workspace.root,
                               .environment = {{"TOCSIN_EVENT", std::string(name(notice.event))},
                                               {"TOCSIN_CAMPAIGN", notice.mailing.shown()},
                                               {"TOCSIN_SUBJECT", headline(notice)}}};
    const ProgramRun run = run_program({"/bin/sh", "-c", workspace.notify.command},
                                       body(notice, workspace, when), limits);
    return fault_of(run, patience);
}

}  // namespace tocsin

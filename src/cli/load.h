// From what stands on the command line to a workspace, a campaign and its ledger. Findings are
// printed once, here.
#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "cli/command.h"
#include "delivery/planner.h"
#include "model/workspace.h"

namespace tocsin {

// Leaves a command after its findings were printed; run.cc turns it into the exit code and says
// nothing more.
class Reported : public std::exception {
  public:
    explicit Reported(ExitCode code) : code_(code) {}
    ExitCode code() const { return code_; }

  private:
    ExitCode code_;
};

// kOk where there are no errors; kMissingInput where only files are missing; otherwise kBadInput.
ExitCode exit_code_of(const Findings& findings);

// tocsin.yaml of the current folder or of --config. Its findings are printed; errors throw
// Reported(kConfig).
Workspace load_workspace(Invocation& invocation);

// Reads the campaign file that `given` names (a path or an id). Findings are printed; errors throw
// Reported.
Campaign load_campaign_file(Invocation& invocation, const Workspace& workspace,
                            const std::string& given);

// The same with everything that it names.
std::unique_ptr<LoadedCampaign> load_whole_campaign(Invocation& invocation,
                                                    const Workspace& workspace,
                                                    const std::string& given);

// Prints findings if there are any; throws Reported where they hold errors.
void report_findings(Invocation& invocation, const Findings& findings);

// The same for a survey, whose lint has perhaps warnings that nobody has asked for: they are one
// line, which says how to see them.
void report_survey(Invocation& invocation, const std::string& campaign, const SurveyCounts& counts,
                   const Findings& findings);

// The id that CAMPAIGN means: itself where it is no file, so that commands on a plan work although
// the file is gone.
std::string campaign_id(Invocation& invocation, const Workspace& workspace,
                        const std::string& given);

// The same, for what must not fall on a campaign that nobody knows: throws MissingInput where
// `given` has neither a plan in the ledger (which may be null) nor a file.
std::string known_campaign_id(Invocation& invocation, const Workspace& workspace,
                              const std::string& given, Ledger* ledger);

}  // namespace tocsin

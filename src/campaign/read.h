// Reads tocsin.yaml and campaign files, strictly: what is not understood is a finding at its place,
// never ignored.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "base/diagnostic.h"
#include "model/campaign.h"
#include "model/value.h"
#include "model/workspace.h"

namespace tocsin {

// `file` is tocsin.yaml itself. Nothing is returned if there were errors.
// Throws MissingInput where there is no such file.
std::optional<Workspace> read_workspace(const std::filesystem::path& file, Findings& findings);

// As much as could be understood, so that `check` can go on to the campaign and its lists and
// templates and show all that is wrong in one run. Nothing where not even the YAML was right.
// Where there were errors, it is not to be acted on.
std::optional<Workspace> read_workspace_partly(const std::filesystem::path& file,
                                               Findings& findings);

// The workspace names lists and transports against which the campaign's are checked; missing files
// of the campaign (lists, templates, attachments) are findings with id "missing-file".
// Built-in names in `data` are refused.
std::optional<Campaign> read_campaign(const std::filesystem::path& file, const Workspace& workspace,
                                      Findings& findings);

// As read_workspace_partly. What had a fault is left out or empty; a `from` that could not be
// read is an address that does not exist.
std::optional<Campaign> read_campaign_partly(const std::filesystem::path& file,
                                             const Workspace& workspace, Findings& findings);

// `render --data`: YAML, or JSON where the name ends in .json. Any document; numbers stay as
// written.
std::optional<Value> read_data(const std::filesystem::path& file, Findings& findings);

// The same from memory; the name of `source` is what findings show. `root` is the workspace.
std::optional<Workspace> parse_workspace(const SourceText& source,
                                         const std::filesystem::path& root, Findings& findings);
std::optional<Workspace> parse_workspace_partly(const SourceText& source,
                                                const std::filesystem::path& root,
                                                Findings& findings);
std::optional<Campaign> parse_campaign(const SourceText& source, const Workspace& workspace,
                                       Findings& findings);
std::optional<Campaign> parse_campaign_partly(const SourceText& source, const Workspace& workspace,
                                              Findings& findings);
std::optional<Value> parse_yaml_data(const SourceText& source, Findings& findings);
std::optional<Value> parse_json_data(const SourceText& source, Findings& findings);

}  // namespace tocsin

// Reads tocsin.yaml and campaign files, strictly: what is not understood is a finding at its place,
// never ignored.
#pragma once

#include <filesystem>
#include <optional>

#include "base/diagnostic.h"
#include "model/campaign.h"
#include "model/value.h"
#include "model/workspace.h"

namespace tocsin {

// `file` is tocsin.yaml itself. Nothing is returned if there were errors.
// Throws MissingInput where there is no such file.
std::optional<Workspace> read_workspace(const std::filesystem::path& file, Findings& findings);

// The workspace names lists and transports against which the campaign's are checked; missing files
// of the campaign (lists, templates, attachments) are MissingInput findings with id "missing-file".
// Built-in names in `data` are refused.
std::optional<Campaign> read_campaign(const std::filesystem::path& file, const Workspace& workspace,
                                      Findings& findings);

// `render --data`: YAML, or JSON where the name ends in .json. Any document; numbers stay as
// written.
std::optional<Value> read_data(const std::filesystem::path& file, Findings& findings);

// Names that merge fields have of themselves: email, unsubscribe_url, view_url, organisation,
// campaign, capitalize, urlencode.
bool is_builtin_name(std::string_view name);

}  // namespace tocsin

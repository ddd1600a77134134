#include "agenda/campaign_files.h"

#include <map>

#include "base/error.h"
#include "campaign/find.h"
#include "campaign/read.h"

namespace tocsin {
namespace {

CampaignFile read_file(const Workspace& workspace, const std::filesystem::path& path) {
    CampaignFile file{path, workspace.shown(path), std::nullopt, {}};
    try {
        file.campaign = read_campaign(path, workspace, file.findings);
    } catch (const Error& fault) {
        file.findings.add(
            {Severity::kError, "missing-file", {file.shown, 0, 0}, fault.what(), fault.hint(), ""});
    }
    return file;
}

void refuse_id(CampaignFile& file, const CampaignFile& other) {
    const std::string id = file.campaign->id;
    file.findings.add({Severity::kError,
                       "bad-id",
                       {file.shown, 0, 0},
                       "the id `" + id + "` is that of " + other.shown + ", too",
                       "one id is one mailing, for ever: one of them needs another",
                       ""});
}

}  // namespace

std::vector<CampaignFile> read_campaign_files(const Workspace& workspace,
                                              const std::filesystem::path& folder) {
    std::vector<CampaignFile> files;
    for (const auto& path : campaign_files(folder)) files.push_back(read_file(workspace, path));
    std::map<std::string, CampaignFile*> first;
    std::vector<CampaignFile*> doubled;
    for (CampaignFile& file : files) {
        if (!file.campaign) continue;
        auto [place, is_new] = first.emplace(file.campaign->id, &file);
        if (is_new) continue;
        refuse_id(file, *place->second);
        refuse_id(*place->second, file);
        doubled.insert(doubled.end(), {&file, place->second});
    }
    for (CampaignFile* file : doubled) file->campaign.reset();
    return files;
}

}  // namespace tocsin

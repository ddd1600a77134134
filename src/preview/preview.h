// Writes a preview: one .eml for each chosen recipient and a page that shows them all.
#pragma once

#include <filesystem>
#include <vector>

#include "preview/campaign_summary.h"
#include "preview/mail_view.h"

namespace tocsin {

// "001.eml": addresses would be seen in shell histories and folder listings, numbers are not.
std::string preview_file_name(std::size_t number);

// Makes `folder` (0700) and writes into it, each file 0600; files of an earlier preview there are
// replaced, others stay. Returns the page.
std::filesystem::path write_preview(const std::filesystem::path& folder,
                                    const CampaignSummary& summary,
                                    const std::vector<MailView>& mails);

}  // namespace tocsin

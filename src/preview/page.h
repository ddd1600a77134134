// The preview's index.html: the whole campaign and the chosen mails on one self-contained page.
//
// Recipients' data cannot run in it. All text is escaped, mails are shown in frames whose sandbox
// allows nothing, and the page's Content-Security-Policy, which frames inherit, allows one script
// by its hash, inline styles and `data:` pictures: nothing is ever loaded, and no link leads
// anywhere.
#pragma once

#include <string>
#include <vector>

#include "preview/campaign_summary.h"
#include "preview/mail_view.h"

namespace tocsin {

std::string preview_page(const CampaignSummary& summary, const std::vector<MailView>& mails);

}  // namespace tocsin

// A campaign's outcome as people and programs see it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "delivery/outcome.h"

namespace tocsin {

std::string report_text(const std::string& mailing, const CampaignOutcome& outcome);
// One line for the whole, one for each domain, one for each reason; no addresses.
std::string report_csv(const CampaignOutcome& outcome);
nlohmann::ordered_json report_json(const MailingKey& mailing, const Counts& counts,
                                   const CampaignOutcome& outcome);

}  // namespace tocsin

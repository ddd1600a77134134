// W0: freezes content and audience of a campaign in the ledger.
#pragma once

#include <optional>

#include "audience/audience.h"
#include "base/clock.h"
#include "base/diagnostic.h"
#include "delivery/skipped_rows.h"
#include "delivery/survey.h"
#include "ledger/ledger.h"
#include "model/campaign.h"
#include "model/content.h"
#include "model/workspace.h"

namespace tocsin {

// A campaign that was read and found well-formed, ready to be surveyed, planned or previewed.
struct LoadedCampaign {
    Campaign campaign;
    Content content;
    std::unique_ptr<Audience> audience;
    std::unique_ptr<Composer> composer;  // refers to `content`
};

// Reads all that the campaign names. All findings of all its files; nothing is returned if there
// were errors.
std::unique_ptr<LoadedCampaign> load_campaign(const Workspace& workspace, Campaign campaign,
                                              Findings& findings);

// What a plan's `content_hash` is. Where a text of the campaign file stands does not count: a
// comment above it changes nothing.
std::string hash_of_content(const Content& content);

// What to plan of it.
struct PlanOrder {
    PlanKind kind = PlanKind::kNew;
    std::string occurrence{};  // its name, of a recurring campaign; else empty
    SurveyOptions survey{};
    WallTime now{};
};

// Writes the plan, or nothing at all where `findings` got errors. Top-up keeps the first plan's
// content. Who is skipped goes to `skipped`, too, where it is given. Throws Refused, too, where the
// series was cancelled.
std::optional<SurveyCounts> write_plan(const Workspace& workspace, LoadedCampaign& loaded,
                                       Ledger& ledger, const PlanOrder& order, Findings& findings,
                                       SkippedRows* skipped = nullptr);

}  // namespace tocsin

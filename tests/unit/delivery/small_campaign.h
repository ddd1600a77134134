// A campaign file as read, of nothing but what must be there.
#pragma once

#include "model/campaign.h"

namespace tocsin::test {

inline Campaign small_campaign() {
    Campaign campaign{
        .id = "alert",
        .source = SourceText("campaigns/alert.yaml", "id: alert\nfrom: x\n"),
        .from = std::get<NamedMailbox>(NamedMailbox::parse("Reem <campaigns@harbour.example>")),
        .reply_to = std::nullopt,
        .subject = {"Act now", {"campaigns/alert.yaml", 3, 10}},
        .preheader = std::nullopt,
        .html = std::nullopt,
        .text = std::nullopt,
        .fallbacks = {},
        .audience = {},
        .attachments = {},
        .transport = std::nullopt,
        .unsubscribe_list = ""};
    campaign.from_place = {"campaigns/alert.yaml", 2, 7};
    return campaign;
}

}  // namespace tocsin::test

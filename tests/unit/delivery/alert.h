// A small campaign for tests of a run.
#pragma once

#include "model/content.h"

namespace tocsin::test {

// "Act now", to everybody alike.
inline Content alert_content() {
    return {.campaign = "alert",
            .from = {"Reem", Mailbox::from("campaigns@harbour.example")},
            .reply_to = std::nullopt,
            .subject = {{"campaigns/alert.yaml", 3, 11}, "Act"},
            .preheader = std::nullopt,
            .html = "",
            .text = "a.txt.mustache",
            .templates = {{"a.txt.mustache", "Act now"}},
            .data = Value::Map{},
            .fallbacks = {},
            .attachments = {},
            .unsubscribe_list = "news",
            .transport = "",
            .rates = {},
            .organisation = {},
            .unsubscribe = {}};
}

}  // namespace tocsin::test

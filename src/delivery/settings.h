// The settings that decide how a mailing goes out, and that are read anew at each send: what an
// approval covers beside the frozen content. No secret is among them, only where it comes from.
#pragma once

#include "delivery/facts.h"
#include "model/content.h"
#include "model/workspace.h"

namespace tocsin {

// Of the transport that the content would go by: its definition, its limits, its DKIM identities;
// and the breaker, and whether a send demands that `unsubscribe.url` answers.
Facts settings_of(const Workspace& workspace, const Content& content);

}  // namespace tocsin

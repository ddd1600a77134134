// What `send` does about `unsubscribe.url`: proves that it answers and knows our key, and pulls
// from it where it keeps a journal, before the send and during it.
#pragma once

#include <memory>

#include "cli/command.h"
#include "delivery/unsubscribe_watch.h"
#include "model/workspace.h"

namespace tocsin {

// Warns where the URL does not answer; with `require_live` throws Refused. Null where there is no
// URL, or mails go into a folder, which nobody reads, and it is not required. To be started when
// the send begins.
std::unique_ptr<UnsubscribeWatch> watch_unsubscribes(Invocation& invocation,
                                                     const Workspace& workspace,
                                                     const TransportDefinition& transport);

}  // namespace tocsin

// Exim logs a mail's arrival once it lies whole in the spool:
//
//   1xVjyo-0007gH-2B <= campaigns@harbour.example H=... P=esmtp S=310 id=ID
//   1xVjyo-0007gH-2B => ann@one.example R=... T=...
//   1xVjyo-0007gH-2B == ann@one.example R=... defer (-1): ...
//   1xVjyo-0007gH-2B ** ann@one.example R=...: no such mailbox
//   1xVjyo-0007gH-2B Completed
#include <algorithm>

#include "delivery/relay_log/search.h"

namespace tocsin {
namespace {

void read_arrival(RelaySearch& search, std::string_view queue_id, const LogLine& line) {
    std::string_view id = between(line.text, " id=", " ");
    auto found = search.by_message_id.find(std::string(id));
    if (found == search.by_message_id.end()) return;
    search.queued[std::string(queue_id)] = found->second;
    search.take(found->second, "Exim", queue_id, line);
}

}  // namespace

void read_exim(RelaySearch& search, const LogLine& line) {
    std::string_view queue_id = line.text.substr(0, line.text.find(' '));
    std::string_view text = line.text.substr(std::min(queue_id.size() + 1, line.text.size()));
    if (text.starts_with("<= ")) return read_arrival(search, queue_id, line);
    RelayTrace* trace = search.trace_of(queue_id);
    if (trace == nullptr) return;
    if (text.starts_with("=> ") || text.starts_with("-> ")) trace->fate = RelayFate::kDelivered;
    if (text.starts_with("== ")) trace->fate = RelayFate::kDeferred;
    if (text.starts_with("** ")) trace->fate = RelayFate::kBounced;
    if (text == "Completed") search.queued.erase(std::string(queue_id));
}

}  // namespace tocsin

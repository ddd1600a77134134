// Postfix: each line begins with the queue id. cleanup logs the Message-ID while the body still
// comes in, so that is no proof; qmgr logs a mail only once it lies whole in the queue.
//
//   postfix/cleanup[1]: E75E0A72042: message-id=<ID>
//   postfix/cleanup[1]: E75E0A72042: reject: header ...
//   postfix/qmgr[1]: E75E0A72042: from=<...>, size=342, nrcpt=1 (queue active)
//   postfix/smtp[1]: E75E0A72042: to=<...>, relay=..., dsn=2.0.0, status=sent (250 2.0.0 Ok)
//   postfix/qmgr[1]: E75E0A72042: removed
#include "delivery/relay_log/search.h"

namespace tocsin {
namespace {

RelayFate fate_of(std::string_view status) {
    if (status == "sent") return RelayFate::kDelivered;
    if (status == "deferred") return RelayFate::kDeferred;
    return status == "bounced" || status == "expired" ? RelayFate::kBounced : RelayFate::kUnknown;
}

// A queue id is used again after its mail is gone, so every mail's own line counts.
void read_cleanup(RelaySearch& search, const std::string& queue_id, std::string_view text) {
    search.queued.erase(queue_id);
    if (!text.starts_with("message-id=<") || !text.ends_with('>')) return;
    auto found = search.by_message_id.find(std::string(text.substr(12, text.size() - 13)));
    if (found != search.by_message_id.end()) search.queued[queue_id] = found->second;
}

}  // namespace

void read_postfix(RelaySearch& search, const LogLine& line) {
    std::size_t end = line.text.find(": ");
    if (end == std::string_view::npos) return;
    std::string queue_id(line.text.substr(0, end));
    std::string_view text = line.text.substr(end + 2);
    if (line.program.ends_with("/cleanup")) return read_cleanup(search, queue_id, text);
    auto found = search.queued.find(queue_id);
    if (found == search.queued.end()) return;
    bool queued = line.program.ends_with("/qmgr") && text.ends_with("(queue active)");
    std::string_view status = between(text, ", status=", " ");
    if (queued || !status.empty()) search.take(found->second, "Postfix", queue_id, line);
    if (!status.empty()) search.traces.at(found->second).fate = fate_of(status);
    if (text == "removed") search.queued.erase(found);
}

}  // namespace tocsin

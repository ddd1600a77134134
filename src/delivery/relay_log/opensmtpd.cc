// OpenSMTPD logs no Message-ID (its msgid is a number of its own), but each recipient of a mail
// that lies in its queue. One that fits the recipient and the time is taken for ours; of two,
// nobody can say which is.
//
//   smtpd[1]: 83b3760d6f2fe2a9 smtp message msgid=73b46105 size=313 nrcpt=1 proto=ESMTP
//   smtpd[1]: 83b3760d6f2fe2a9 smtp envelope evpid=73b46105a6ae602e from=<...> to=<ann@one.example>
//   smtpd[1]: 83b37612c1a9cec5 mta delivery evpid=73b46105a6ae602e from=<...> to=<...> ...
//       result="Ok" stat="250 2.0.0 Ok"
#include <algorithm>

#include "delivery/relay_log/search.h"
#include "mail/address.h"

namespace tocsin {
namespace {

// Clocks of two machines differ; and a server that needs longer for its answer has no patience
// from anybody (RFC 5321 section 4.5.3.2.6).
constexpr std::chrono::minutes kEarlier{1};
constexpr std::chrono::minutes kLater{10};
constexpr char kProgram[] = "OpenSMTPD";

std::size_t recipient_of(const RelaySearch& search, std::string_view text) {
    auto parsed = Mailbox::parse(between(text, " to=<", ">"));
    const auto* address = std::get_if<Mailbox>(&parsed);
    if (address == nullptr) return search.sought.size();
    auto found = search.by_recipient.find(address->key());
    return found == search.by_recipient.end() ? search.sought.size() : found->second;
}

void read_envelope(RelaySearch& search, std::string_view envelope, const LogLine& line) {
    std::size_t mail = recipient_of(search, line.text);
    if (mail == search.sought.size()) return;
    auto time = log_time(line.stamp, search.now);
    WallTime since = search.sought[mail].since;
    if (!time || *time < since - kEarlier || *time > since + kLater) return;
    // The same log may have been read before.
    if (!search.queued.emplace(envelope, mail).second) return;
    RelayTrace& trace = search.traces[mail];
    if (!trace.taken && !trace.ambiguous) return search.take(mail, kProgram, envelope, line);
    if (trace.taken && trace.program != kProgram) return;
    trace.taken = false;
    trace.ambiguous = true;
}

}  // namespace

void read_opensmtpd(RelaySearch& search, const LogLine& line) {
    std::string_view text = line.text.substr(std::min(line.text.find(' ') + 1, line.text.size()));
    std::string_view envelope = between(text, " evpid=", " ");
    if (envelope.empty()) return;
    if (text.starts_with("smtp envelope ")) return read_envelope(search, envelope, line);
    RelayTrace* trace = search.trace_of(envelope);
    std::string_view result = between(text, " result=\"", "\"");
    if (trace == nullptr || result.empty()) return;
    trace->fate = result == "Ok"         ? RelayFate::kDelivered
                  : result == "TempFail" ? RelayFate::kDeferred
                                         : RelayFate::kBounced;
}

}  // namespace tocsin

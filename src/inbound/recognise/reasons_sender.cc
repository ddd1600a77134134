#include "inbound/recognise/reasons.h"

namespace tocsin {
namespace {

constexpr About kHard = About::kNoMailbox;
constexpr About kPolicy = About::kPolicy;
constexpr About kBlock = About::kBlock;
constexpr About kSender = About::kSender;
constexpr About kLater = About::kThrottle;

constexpr Reason kReasons[] = {
    // Microsoft's word for a recipient that its directory does not have (5.4.1)
    {"recipient address rejected: access denied", kHard, "5.1.1"},
    {"addresses rejected : access denied", kHard, "5.1.1"},
    {"disabled recipient", kHard, "5.2.1"},
    // The sender, before words of these that would speak of a recipient too.
    {"sender address rejected", kSender, "5.7.1"},
    {"sender verify fail", kSender, "5.1.8"},
    {"sender verification", kSender, "5.1.8"},
    {"sender rejected", kSender, "5.7.1"},
    {"sender denied", kSender, "5.7.1"},
    {"invalid sender", kSender, "5.1.7"},
    {"sender domain", kSender, "5.1.8"},
    {"domain of sender", kSender, "5.1.8"},
    {"unverif", kSender, "5.1.8"},
    {"ip name lookup", kSender, "5.7.25"},
    {"not an authorized sender", kSender, "5.7.1"},
    {"unauthorized sender", kSender, "5.7.1"},
    {"not accepting mail from", kPolicy, "5.7.1"},
    {"closed mailing list", kPolicy, "5.7.1"},
    {"not authorized to send", kSender, "5.7.1"},
    {"do not have permission to send", kPolicy, "5.7.1"},
    {"don't have permission to send", kPolicy, "5.7.1"},
    {"not have permission to post", kPolicy, "5.7.1"},
    {"groups.google.com", kPolicy, "5.7.1"},  // a group that does not take mail from everybody
    {"relay access denied", kSender, "5.7.1"},
    {"relaying denied", kSender, "5.7.1"},
    {"relaying not permitted", kSender, "5.7.1"},
    {"relay not permitted", kSender, "5.7.1"},
    {"relaying not allowed", kSender, "5.7.1"},
    {"relay denied", kSender, "5.7.1"},
    {"unable to relay", kSender, "5.7.1"},
    {"not permitted to relay", kSender, "5.7.1"},
    {"we do not relay", kSender, "5.7.1"},
    {"no relaying", kSender, "5.7.1"},
    {" mail relay", kSender, "5.7.1"},
    {"mismatches client ip", kSender, "5.7.25"},
    {"not a relay", kSender, "5.7.1"},
    {"rcpthosts", kSender, "5.7.1"},
    {"reverse dns", kSender, "5.7.25"},
    {"ptr record", kSender, "5.7.25"},
    {"no ptr", kSender, "5.7.25"},
    {" spf", kSender, "5.7.23"},
    {"dmarc", kSender, "5.7.26"},
    {"openspf", kSender, "5.7.23"},
    {"dkim", kSender, "5.7.20"},
    {"authentication information", kSender, "5.7.26"},
    {"unroutable sender", kSender, "5.1.8"},
    {"send mail as", kSender, "5.7.1"},
    {"not authenticated", kSender, "5.7.1"},
    {"authentication required", kSender, "5.7.1"},
    {"helo command rejected", kSender, "5.7.1"},
    {"unauthenticated email", kSender, "5.7.1"},
    // Our server, or too fast for the mailbox, which is there
    {"receiving mail at a rate", kLater, "5.2.1"},
    {"too many recipients", kLater, "4.5.3"},
    {"receiving mail too quickly", kLater, "4.2.1"},
    {"weren't sent", kBlock, "5.7.1"},
    {"your ip address", kBlock, "5.7.1"},
    {"reputation", kBlock, "5.7.1"},
    {"user complaints", kPolicy, "5.7.1"},
    {"sending quota", kSender, "5.4.5"},
    {"sending limit", kSender, "5.4.5"},
    {"relay quota", kSender, "5.4.5"},
    {"daily quota", kSender, "5.4.5"},
    {"listed by", kBlock, "5.7.1"},
    {"is listed", kBlock, "5.7.1"},
    {"blacklist", kBlock, "5.7.1"},
    {"black list", kBlock, "5.7.1"},
    {"blocklist", kBlock, "5.7.1"},
    {"block list", kBlock, "5.7.1"},
    {"spamhaus", kBlock, "5.7.1"},
    {"spamcop", kBlock, "5.7.1"},
    {"sorbs", kBlock, "5.7.1"},
    {"dnsbl", kBlock, "5.7.1"},
    {"client host rejected", kBlock, "5.7.1"},
    {"blocked using", kBlock, "5.7.1"},
    {"ip address has been blocked", kBlock, "5.7.1"},
};

}  // namespace

std::span<const Reason> sender_reasons() {
    return kReasons;
}

}  // namespace tocsin

#include "inbound/reasons.h"

namespace tocsin {
namespace {

constexpr About kPolicy = About::kPolicy;
constexpr About kBlock = About::kBlock;
constexpr About kSender = About::kSender;
constexpr About kLater = About::kThrottle;

constexpr Reason kReasons[] = {
    // No reason of its own: what follows it is.
    {"delivery temporarily suspended: ", kLater, "4.4.1"},
    // The sender, before words of these that would speak of a recipient too.
    {"sender address rejected", kSender, "5.7.1"},
    {"sender verify fail", kSender, "5.1.8"},
    {"sender verification", kSender, "5.1.8"},
    {"sender rejected", kSender, "5.7.1"},
    {"sender denied", kSender, "5.7.1"},
    {"invalid sender", kSender, "5.1.7"},
    {"sender domain", kSender, "5.1.8"},
    {"domain of sender", kSender, "5.1.8"},
    {"unverified sender", kSender, "5.1.8"},
    {"not an authorized sender", kSender, "5.7.1"},
    {"not authorized to send", kSender, "5.7.1"},
    {"do not have permission to send", kPolicy, "5.7.1"},
    {"don't have permission to send", kPolicy, "5.7.1"},
    {"not have permission to post", kPolicy, "5.7.1"},
    {"relay access denied", kSender, "5.7.1"},
    {"relaying denied", kSender, "5.7.1"},
    {"relaying not permitted", kSender, "5.7.1"},
    {"relay not permitted", kSender, "5.7.1"},
    {"relaying not allowed", kSender, "5.7.1"},
    {"relay denied", kSender, "5.7.1"},
    {"unable to relay", kSender, "5.7.1"},
    {"not permitted to relay", kSender, "5.7.1"},
    {"we do not relay", kSender, "5.7.1"},
    {"not a relay", kSender, "5.7.1"},
    {"rcpthosts", kSender, "5.7.1"},
    {"reverse dns", kSender, "5.7.25"},
    {"ptr record", kSender, "5.7.25"},
    {"no ptr", kSender, "5.7.25"},
    {"dmarc", kSender, "5.7.26"},
    {"spf fail", kSender, "5.7.23"},
    {"spf check", kSender, "5.7.23"},
    {"fails spf", kSender, "5.7.23"},
    {"openspf", kSender, "5.7.23"},
    {"dkim", kSender, "5.7.20"},
    {"not authenticated", kSender, "5.7.1"},
    {"authentication required", kSender, "5.7.1"},
    {"helo command rejected", kSender, "5.7.1"},
    {"unauthenticated email", kSender, "5.7.1"},
    // Our server
    {"blacklist", kBlock, "5.7.1"},
    {"black list", kBlock, "5.7.1"},
    {"blocklist", kBlock, "5.7.1"},
    {"block list", kBlock, "5.7.1"},
    {"spamhaus", kBlock, "5.7.1"},
    {"spamcop", kBlock, "5.7.1"},
    {"sorbs", kBlock, "5.7.1"},
    {"dnsbl", kBlock, "5.7.1"},
    {"rbl", kBlock, "5.7.1"},
    {"client host rejected", kBlock, "5.7.1"},
    {"blocked using", kBlock, "5.7.1"},
    {"poor reputation", kBlock, "5.7.1"},
    {"bad reputation", kBlock, "5.7.1"},
    {"low reputation", kBlock, "5.7.1"},
    {"reputation of", kBlock, "5.7.1"},
    {"ip address has been blocked", kBlock, "5.7.1"},
    {"your ip", kBlock, "5.7.1"},
    {"your server", kBlock, "5.7.1"},
    {"your network", kBlock, "5.7.1"},
    {"access denied", kPolicy, "5.7.1"},
};

}  // namespace

std::span<const Reason> sender_reasons() {
    return kReasons;
}

}  // namespace tocsin

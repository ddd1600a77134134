#include "inbound/recognise/phrases.h"

namespace tocsin {
namespace {

constexpr std::string_view kDelays[] = {
    "will keep trying",
    "will continue to try",
    "will continue trying",
    "continue to attempt",
    "attempts will continue",
    "been postponed",
    "will be retried",
    "will be attempted again",
    "will retry for",
    "temporary problem delivering",
    "still being retried",
    "warning message only",
    "warning--could not send",
    "warning: could not send",
    "could not send message for",
    "could not send mail for",
    "not yet been delivered",
    "not been delivered yet",
    "has been delayed",
    "is delayed",
    "been delayed",
    "delayed mail",
    "message delayed",
    "delivery delayed",
    "mail delayed",
    "delivery is delayed",
    "delivery status notification (delay)",
    "do not need to resend",
    "no action is required on your part",
    "still trying",
    "will try again",
    "keep trying",
    "further attempts",
    "verzögert",
    "weiterhin versucht",
    "retardée",
    "différée",
    "retrasad",
    "atrasad",
    "försenad",
    "forsinket",
    "sera retentée",
    "se seguirá intentando",
    "ritardata",
    "in ritardo",
    "vertraagd",
    "foi adiada",
    "opóźni",
    "отложен",
    "задержан",
    "遅延",
    "遅れて",
    "延迟",
    "지연",
};

constexpr std::string_view kGiveUps[] = {
    "giving up",
    "given up",
    "gave up",
    "permanent error",
    "permanent failure",
    "permanent fatal",
    "failed permanently",
    "(failure)",
    "no further delivery attempts",
    "no further attempts",
    "will not be retried",
    "not retry",
    "has failed",
    "i'm not going to try again",
    "could not be delivered within",
    "been in the queue too long",
    "been returned",
    "returned mail",
    "returning message to sender",
    "undelivered mail returned",
    "retry timeout exceeded",
    "retry time not reached for any host after",
    "could not be delivered for",
    "was not delivered within",
};

}  // namespace

std::span<const std::string_view> delay_phrases() {
    return kDelays;
}
std::span<const std::string_view> give_up_phrases() {
    return kGiveUps;
}

}  // namespace tocsin

#include "model/feedback.h"

namespace tocsin {

std::string_view name(FeedbackKind kind) {
    switch (kind) {
        case FeedbackKind::kBounce:
            return "bounce";
        case FeedbackKind::kDelay:
            return "delay";
        case FeedbackKind::kComplaint:
            return "complaint";
        case FeedbackKind::kUnsubscribe:
            return "unsubscribe";
        case FeedbackKind::kAutoReply:
            return "auto_reply";
        case FeedbackKind::kDelivery:
            return "delivery";
        case FeedbackKind::kOther:
            break;
    }
    return "other";
}

std::string_view name(BounceClass bounce) {
    switch (bounce) {
        case BounceClass::kHard:
            return "hard";
        case BounceClass::kSoft:
            return "soft";
        case BounceClass::kPolicy:
            return "policy";
        case BounceClass::kNone:
            break;
    }
    return "";
}

}  // namespace tocsin

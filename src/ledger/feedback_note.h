// What is noted of people from outside of a send, and how it is asked for.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/feedback.h"
#include "model/suppression.h"

namespace tocsin {

struct SuppressionFilter {
    std::string address{};  // a key, whose hashed names count too; or one such name; or empty: all
    std::string scope{};    // or empty: all
    std::string reason{};   // or empty: all
};

// Feedback, and what follows from it.
struct FeedbackNote {
    Feedback feedback;
    std::optional<Suppression> suppress{};
    // The mailbox was full, or the like: the third mailing (kSoftBouncesToSuppress) suppresses.
    bool soft_bounce = false;
    // Entries that it takes back, under the names they have on the list: each is lifted where it
    // still stands just so, also by a report that is known.
    std::vector<Suppression> lift{};
};

struct FeedbackFilter {
    std::string campaign{};  // the id, or empty: all
    std::string address{};   // as in SuppressionFilter
};

// How many distinct recipients of one mailing feedback speaks of. One may count in several.
struct FeedbackCounts {
    std::size_t bounced = 0;
    std::size_t delayed = 0;
    std::size_t complained = 0;
    std::size_t unsubscribed = 0;
    std::size_t delivered = 0;  // as a provider told; most receivers tell nobody
    friend bool operator==(const FeedbackCounts&, const FeedbackCounts&) = default;
};

// Which entries that replies gave; what is not set holds for all.
struct ReplyFilter {
    std::string campaign;           // the id
    std::optional<WallTime> from;   // the reply came then or later
    std::optional<WallTime> until;  // ... and before then
};

}  // namespace tocsin

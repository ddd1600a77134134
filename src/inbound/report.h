// What a mail that came back, or a provider's webhook, says, as far as its own words go: nothing
// here is verified, and nothing was looked up.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/feedback.h"

namespace tocsin {

struct Report {
    FeedbackKind kind = FeedbackKind::kOther;
    BounceClass bounce = BounceClass::kNone;  // of kBounce and kDelay
    std::string status;                       // "5.1.1", as told or as its text means; or empty
    std::string text;       // the diagnostic: one printable line of at most 1,000 bytes
    std::string recipient;  // whom it names, as written; or empty
    // What may prove whose mail it was, in order of appearance: the addresses it was delivered to
    // and that it names as return path, …
    std::vector<std::string> return_paths;
    // … Message-IDs of the mail that it returns, without angle brackets, …
    std::vector<std::string> message_ids;
    // … those that its own In-Reply-To and References name, which anybody has who saw an answer, …
    std::vector<std::string> replied_ids;
    // … and what looks like one of our tokens, in the addresses that it was sent to or in
    // List-Unsubscribe headers of the returned mail. Who asks by mail to leave returns none: what
    // they quote or attach may be somebody else's.
    std::vector<std::string> tokens;
    // What a provider that has proved to be it kept with the mail and tells of it
    // (mail/return_path.h). Nobody else has seen it, so it proves an unsubscribe, too; for the same
    // reason no mail fills this in.
    std::vector<std::string> references{};
};

// What is read of a mail: what a report says comes first, and behind it is at most the rest of a
// mail that came back. So the worst of mails takes two seconds and 200 MB.
inline constexpr std::size_t kMostOfAMail = 1u << 20;

// One whole mail, with or without a leading mbox line, up to kMostOfAMail. Never throws for what is
// in it; bounded in time and memory by its size.
Report recognise(std::string_view mail);

}  // namespace tocsin

// What responses of Postmark say: https://postmarkapp.com/developer/api/overview#error-codes
#pragma once

#include <cstddef>
#include <vector>

#include "transport/provider/answers.h"

namespace tocsin {

// To a batch of `count` messages. Each has an `ErrorCode` of its own in a 200, where another number
// of answers than of messages leaves all of them unclear: nobody knows whose are whose.
std::vector<ProviderAnswer> postmark_answers(const Answers& answers, const HttpResponse& response,
                                             std::size_t count);
// Of anything else that is no success.
Unavailable postmark_trouble(const Answers& answers, const HttpResponse& response);

}  // namespace tocsin

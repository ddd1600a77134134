// What a response of Mailjet's Send API v3.1 says of each message: dev.mailjet.com/email/guides/
// send-api-v31 (Send API errors).
#pragma once

#include <vector>

#include "transport/provider/answers.h"
#include "transport/provider/provider.h"

namespace tocsin {

// By the order of `Messages`, held against the CustomID that each success repeats. Where the two
// disagree, a CustomID that stands once is believed, and all other messages are unclear. In the
// sandbox a success has no MessageID.
std::vector<ProviderAnswer> mailjet_answers(const Answers& answers, const HttpResponse& response,
                                            Provider::Messages messages, bool sandbox);

}  // namespace tocsin

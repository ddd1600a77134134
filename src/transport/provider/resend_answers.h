// What a response of Resend says of each mail: resend.com/docs/api-reference/emails/
// send-batch-emails and /errors.
#pragma once

#include <cstddef>
#include <vector>

#include "transport/provider/answers.h"

namespace tocsin {

// `count` is 1: the answer of /emails; else that of /emails/batch in its permissive mode. Where the
// ids and the errors do not make up the mails exactly, all of them are unclear.
std::vector<ProviderAnswer> resend_answers(const Answers& words, const HttpResponse& response,
                                           std::size_t count);

}  // namespace tocsin

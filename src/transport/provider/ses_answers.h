// What responses of Amazon SES say.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "model/limits.h"
#include "transport/provider/answers.h"

namespace tocsin {

// "MessageRejected": of the header `x-amzn-errortype`, or of the body; empty where there is none.
std::string ses_error_code(const HttpResponse& response);
// To SendEmail.
ProviderAnswer ses_answer(const Answers& answers, const HttpResponse& response);
// Of anything else that is no success.
Unavailable ses_trouble(const Answers& answers, const HttpResponse& response);
// A SendQuota: so many a second and in 24 hours. What is absent or not above zero (-1: unlimited)
// limits nothing.
Rates ses_rates(const nlohmann::json& quota);

}  // namespace tocsin

// Providers that sign nothing show a secret: Postmark, SparkPost, Brevo, Mailjet.
#pragma once

#include <string_view>

namespace tocsin {

// Whether the header `Authorization` shows it: as `Bearer SECRET`, or as `Basic`, where `secret` is
// `user:password`, or a password (without a colon) that any user name may have. Takes the same time
// whatever is wrong with it.
bool shows_secret(std::string_view authorization, std::string_view secret);

}  // namespace tocsin

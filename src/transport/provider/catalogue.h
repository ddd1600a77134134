// All providers. Each has a file of its own.
#pragma once

#include <memory>

#include "transport/provider/provider.h"

namespace tocsin {

std::unique_ptr<Provider> make_provider(const ProviderSetup& setup);

std::unique_ptr<Provider> make_ses(const ProviderSetup& setup);
std::unique_ptr<Provider> make_sendgrid(const ProviderSetup& setup);
std::unique_ptr<Provider> make_mailgun(const ProviderSetup& setup);
std::unique_ptr<Provider> make_postmark(const ProviderSetup& setup);
std::unique_ptr<Provider> make_sparkpost(const ProviderSetup& setup);
std::unique_ptr<Provider> make_brevo(const ProviderSetup& setup);
std::unique_ptr<Provider> make_resend(const ProviderSetup& setup);
std::unique_ptr<Provider> make_mailjet(const ProviderSetup& setup);

}  // namespace tocsin

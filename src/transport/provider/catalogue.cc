#include "transport/provider/catalogue.h"

#include <array>

namespace tocsin {

std::unique_ptr<Provider> make_provider(const ProviderSetup& setup) {
    using Make = std::unique_ptr<Provider> (*)(const ProviderSetup&);
    constexpr std::array<Make, 8> kMakers = {// by ProviderKind
                                             make_ses,      make_sendgrid,  make_mailgun,
                                             make_postmark, make_sparkpost, make_brevo,
                                             make_resend,   make_mailjet};
    return kMakers.at(static_cast<std::size_t>(setup.settings.kind))(setup);
}

}  // namespace tocsin

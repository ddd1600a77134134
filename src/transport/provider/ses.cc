#include "transport/provider/catalogue.h"

namespace tocsin {

std::unique_ptr<Provider> make_ses(const ProviderSetup&) {
    return nullptr;
}

}  // namespace tocsin

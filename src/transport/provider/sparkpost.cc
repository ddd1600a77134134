#include "transport/provider/catalogue.h"

namespace tocsin {

std::unique_ptr<Provider> make_sparkpost(const ProviderSetup&) {
    return nullptr;
}

}  // namespace tocsin

// The keys of a transport that is a provider's API.
#pragma once

#include <filesystem>

#include "campaign/node.h"
#include "campaign/vocabulary.h"
#include "model/provider.h"

namespace tocsin {

const Vocabulary& provider_keys(ProviderKind kind);

ProviderSettings read_provider(ProviderKind kind, const Map& map,
                               const std::filesystem::path& root);

}  // namespace tocsin

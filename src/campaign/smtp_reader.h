// Reads how an SMTP server is reached and logged in to.
#pragma once

#include <filesystem>

#include "campaign/node.h"
#include "model/workspace.h"

namespace tocsin {

// Settings that are wrong keep their defaults.
SmtpSettings read_smtp(const Map& transport, const std::filesystem::path& root);

}  // namespace tocsin

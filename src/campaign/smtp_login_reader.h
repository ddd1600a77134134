// Reads how to log in to an SMTP server: `username`, `password`, `auth`, `client_certificate`.
#pragma once

#include <filesystem>

#include "campaign/node.h"
#include "model/workspace.h"

namespace tocsin {

// `smtp.tls` must have been read.
void read_smtp_login(const Map& transport, const std::filesystem::path& root, SmtpSettings& smtp);

}  // namespace tocsin

// Fetches secrets when they are needed. Their bytes never reach a message, a log or an error text.
#pragma once

#include <string>
#include <vector>

#include "model/workspace.h"

namespace tocsin {

// Trailing line ends are cut. Throws ConfigError where it cannot be had or is empty.
// A file others can read is refused (mode & 077).
std::string fetch_secret(const SecretSource& source, const Workspace& workspace);

// The workspace's own secret: made at first use (32 random bytes as hex, file mode 0600) where it
// is a file and `may_create`; otherwise as fetch_secret. Previous secrets come after it.
std::vector<std::string> fetch_keys(const Workspace& workspace, bool may_create);

// The key that hashes suppressed addresses, made in the same way. It is never exchanged.
std::string fetch_suppression_key(const Workspace& workspace, bool may_create);

}  // namespace tocsin

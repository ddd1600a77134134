// Where a secret comes from; never the secret itself. Read only when it is needed.
#pragma once

#include <string>

namespace tocsin {

struct SecretSource {
    enum class Kind { kFile, kEnvironment, kCommand };
    Kind kind = Kind::kFile;
    std::string value;  // a path relative to the workspace, a variable's name, a shell command
};

}  // namespace tocsin

#include "cli/run.h"

namespace tocsin {
int run(int, char**) {
    return 70;
}
}  // namespace tocsin

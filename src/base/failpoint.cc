#include "base/failpoint.h"

namespace tocsin {
namespace {
FailpointHook installed_hook = nullptr;
}  // namespace

void install_failpoint_hook(FailpointHook hook) {
    installed_hook = hook;
}

void failpoint(const char* name) {
    if (installed_hook != nullptr) installed_hook(name);
}

}  // namespace tocsin

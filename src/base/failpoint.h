// Named steps at which a test can make the program die or fail.
//
// Production code calls `failpoint("w2-before-commit")` at the steps that docs/delivery.md names.
// Nothing happens there unless a hook is installed, which only the test build of the command does.
#pragma once

namespace tocsin {

using FailpointHook = void (*)(const char* name);

// Not thread-safe: install before any thread starts.
void install_failpoint_hook(FailpointHook hook);
void failpoint(const char* name);

}  // namespace tocsin

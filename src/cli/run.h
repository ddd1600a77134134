// The command line: parses it, runs one command, and turns exceptions into a message and an exit
// code.
#pragma once

#include "base/clock.h"

namespace tocsin {

// Returns the exit code (docs/exit-codes.md). Never throws.
int run(int argc, char** argv);
// The same at another time than now, for tests.
int run(int argc, char** argv, const Clock& clock);

}  // namespace tocsin

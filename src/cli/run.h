// The command line: parses it, runs one command, and turns exceptions into a message and an exit
// code.
#pragma once

namespace tocsin {

// Returns the exit code (docs/exit-codes.md). Never throws.
int run(int argc, char** argv);

}  // namespace tocsin

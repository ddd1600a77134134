// Runs the command as often as it is asked to, each time in a child that is forked and never
// executed: a simulated fortnight has tens of thousands of runs.
//
// Each line of standard input is one run, {"argv": ["due", "-q"], "cwd": "…", "env": {"NAME":
// "…"}}; each is answered by a line {"code": 0, "out": "…", "err": "…"} when it has ended. The code
// is minus the signal's number where one killed it.
#pragma once

namespace tocsin {

// Until standard input ends. `run` does what main() does; the environment of the run is set by
// then. The process must have no threads.
int serve_runs(int (*run)(int argc, char** argv));

}  // namespace tocsin

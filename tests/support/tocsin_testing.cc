// The command with failpoints, for tests only; it is never installed. Each variable names a step,
// and with NAME:N its N-th passage (default the first):
//   TOCSIN_FAILPOINT   there it is killed, as kill -9 would
//   TOCSIN_FAULT       there it meets a fault of its own
//   TOCSIN_FULL        from there on no file takes another byte, as on a full disk
//   TOCSIN_MACHINE_ID  names a file with the id of the machine on which it runs
// support/simulated_clock.h says what else of time it lets a test set. With TOCSIN_TEST_SERVER it
// runs many commands one after the other (support/run_server.h).
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <sys/resource.h>

#include "base/failpoint.h"
#include "base/machine.h"
#include "cli/run.h"
#include "support/run_server.h"
#include "support/simulated_clock.h"

namespace {

struct Step {
    std::string name;
    int passages_left = 1;

    explicit Step(const char* variable) {
        const char* setting = std::getenv(variable);
        if (setting == nullptr) return;
        name = setting;
        auto colon = name.find(':');
        if (colon == std::string::npos) return;
        passages_left = std::atoi(name.c_str() + colon + 1);
        name.resize(colon);
    }
    bool reached(const char* passed) { return name == passed && --passages_left == 0; }
};

struct Steps {
    Step killed{"TOCSIN_FAILPOINT"}, faulty{"TOCSIN_FAULT"}, full{"TOCSIN_FULL"};
};

// A real error of the system: every write to a file fails with EFBIG.
void fill_the_disk() {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_FSIZE, &none);
}

void act_at_step(const char* name) {
    static Steps steps;  // read in the process that acts
    if (steps.full.reached(name)) fill_the_disk();
    if (steps.faulty.reached(name)) throw std::logic_error("a test asked for it");
    if (steps.killed.reached(name)) std::raise(SIGKILL);
}

int run_once(int argc, char** argv) {
    if (const char* file = std::getenv("TOCSIN_MACHINE_ID")) tocsin::use_machine_id_file(file);
    return tocsin::run(argc, argv, tocsin::SimulatedClock());
}

}  // namespace

int main(int argc, char** argv) {
    tocsin::install_failpoint_hook(act_at_step);
    if (std::getenv("TOCSIN_TEST_SERVER") != nullptr) return tocsin::serve_runs(run_once);
    return run_once(argc, argv);
}

// The command with failpoints: TOCSIN_FAILPOINT=NAME[:N] kills it, as kill -9 would, at the N-th
// passage (default the first) of the step NAME. For tests only; it is never installed.
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>

#include "base/failpoint.h"
#include "cli/run.h"

namespace {

std::string wanted_step;
int passages_left = 1;

void die_at_wanted_step(const char* name) {
    if (wanted_step != name || --passages_left > 0) return;
    std::raise(SIGKILL);
}

void arm(const std::string& setting) {
    auto colon = setting.find(':');
    wanted_step = setting.substr(0, colon);
    if (colon != std::string::npos) passages_left = std::atoi(setting.c_str() + colon + 1);
    tocsin::install_failpoint_hook(die_at_wanted_step);
}

}  // namespace

int main(int argc, char** argv) {
    if (const char* setting = std::getenv("TOCSIN_FAILPOINT")) arm(setting);
    return tocsin::run(argc, argv);
}

// The command with failpoints: TOCSIN_FAILPOINT=NAME[:N] kills it, as kill -9 would, at the N-th
// passage (default the first) of the step NAME. For tests only; it is never installed.
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "base/failpoint.h"
#include "cli/run.h"

namespace {

std::string wanted_step;
std::string faulty_step;
int passages_left = 1;

void act_at_step(const char* name) {
    if (faulty_step == name) throw std::logic_error("a test asked for it");
    if (wanted_step != name || --passages_left > 0) return;
    std::raise(SIGKILL);
}

void arm(const std::string& setting) {
    auto colon = setting.find(':');
    wanted_step = setting.substr(0, colon);
    if (colon != std::string::npos) passages_left = std::atoi(setting.c_str() + colon + 1);
}

}  // namespace

int main(int argc, char** argv) {
    if (const char* setting = std::getenv("TOCSIN_FAILPOINT")) arm(setting);
    if (const char* step = std::getenv("TOCSIN_FAULT")) faulty_step = step;
    tocsin::install_failpoint_hook(act_at_step);
    return tocsin::run(argc, argv);
}

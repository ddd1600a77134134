// The command with failpoints: TOCSIN_FAILPOINT=NAME[:N] kills it, as kill -9 would, at the N-th
// passage (default the first) of the step NAME. With TOCSIN_CLOCK_AHEAD=SECONDS its clock is so far
// ahead, so that what waits comes due. For tests only; it is never installed.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "base/clock.h"
#include "base/failpoint.h"
#include "cli/run.h"

namespace {

using tocsin::SystemClock;
using tocsin::WallTime;

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

class AheadClock : public SystemClock {
  public:
    WallTime now() const override { return SystemClock::now() + ahead_; }

  private:
    static std::chrono::seconds setting() {
        const char* seconds = std::getenv("TOCSIN_CLOCK_AHEAD");
        return std::chrono::seconds(seconds != nullptr ? std::atoll(seconds) : 0);
    }
    std::chrono::seconds ahead_ = setting();
};

}  // namespace

int main(int argc, char** argv) {
    if (const char* setting = std::getenv("TOCSIN_FAILPOINT")) arm(setting);
    if (const char* step = std::getenv("TOCSIN_FAULT")) faulty_step = step;
    tocsin::install_failpoint_hook(act_at_step);
    return tocsin::run(argc, argv, AheadClock());
}

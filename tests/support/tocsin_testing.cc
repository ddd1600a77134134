// The command with failpoints, for tests only; it is never installed. Each variable names a step,
// and with NAME:N its N-th passage (default the first):
//   TOCSIN_FAILPOINT   there it is killed, as kill -9 would
//   TOCSIN_FAULT       there it meets a fault of its own
//   TOCSIN_FULL        from there on no file takes another byte, as on a full disk
// With TOCSIN_CLOCK_AHEAD=SECONDS its clock is so far ahead, so that what waits comes due.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <sys/resource.h>

#include "base/clock.h"
#include "base/failpoint.h"
#include "cli/run.h"

namespace {

using tocsin::SystemClock;
using tocsin::WallTime;

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

Step killed("TOCSIN_FAILPOINT"), faulty("TOCSIN_FAULT"), full("TOCSIN_FULL");

// A real error of the system: every write to a file fails with EFBIG.
void fill_the_disk() {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_FSIZE, &none);
}

void act_at_step(const char* name) {
    if (full.reached(name)) fill_the_disk();
    if (faulty.reached(name)) throw std::logic_error("a test asked for it");
    if (killed.reached(name)) std::raise(SIGKILL);
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
    tocsin::install_failpoint_hook(act_at_step);
    return tocsin::run(argc, argv, AheadClock());
}

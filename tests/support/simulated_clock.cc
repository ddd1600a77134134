#include "support/simulated_clock.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace tocsin {
namespace {

using std::chrono::seconds;

Milliseconds setting_in_seconds(const char* variable, Milliseconds without) {
    const char* setting = std::getenv(variable);
    return setting != nullptr ? seconds(std::atoll(setting)) : without;
}

WallTime start(const char* setting) {
    if (auto time = parse_iso8601(setting)) return *time;
    std::fprintf(stderr, "TOCSIN_CLOCK is no time: %s\n", setting);
    std::exit(EXIT_FAILURE);
}

}  // namespace

SimulatedClock::SimulatedClock() : ahead_(setting_in_seconds("TOCSIN_CLOCK_AHEAD", seconds(0))) {
    const char* setting = std::getenv("TOCSIN_CLOCK");
    if (setting == nullptr) return;
    const WallTime wall = start(setting);
    ahead_ = wall - SystemClock::now();
    boot_ahead_ = setting_in_seconds("TOCSIN_CLOCK_BOOT", wall.time_since_epoch()) -
                  SystemClock::since_boot();
}

// The linker puts it in the place of `boot_id()` (tests/cli/CMakeLists.txt); the real one goes by
// the other name.
std::string real_boot_id() __asm__("__real__ZN6tocsin7boot_idB5cxx11Ev");
std::string simulated_boot_id() __asm__("__wrap__ZN6tocsin7boot_idB5cxx11Ev");

std::string simulated_boot_id() {
    const char* name = std::getenv("TOCSIN_BOOT_ID");
    return name != nullptr ? name : real_boot_id();
}

}  // namespace tocsin

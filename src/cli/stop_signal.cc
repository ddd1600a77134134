#include "cli/stop_signal.h"

#include <csignal>

namespace tocsin {
namespace {

std::atomic<bool> stop_raised{false};
static_assert(std::atomic<bool>::is_always_lock_free, "set in a signal handler");

void handle(int signal) {
    stop_raised = true;
    // The second one ends the process, which the ledger survives as it does kill -9.
    std::signal(signal, SIG_DFL);
}

}  // namespace

StopSignal::StopSignal() {
    stop_raised = false;
    std::signal(SIGINT, handle);
    std::signal(SIGTERM, handle);
}

StopSignal::~StopSignal() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

const std::atomic<bool>& StopSignal::raised() {
    return stop_raised;
}

}  // namespace tocsin

#include "delivery/witness_keeper.h"

#include <exception>

#include "base/log.h"
#include "ledger/sqlite/open.h"

namespace tocsin {

WitnessKeeper::WitnessKeeper(std::unique_ptr<Witness> witness, std::unique_ptr<Ledger> ledger,
                             const Clock& clock, Timing timing)
    : witness_(std::move(witness)), ledger_(std::move(ledger)), clock_(clock), timing_(timing) {}

WitnessKeeper::~WitnessKeeper() {
    try {
        end();
    } catch (const std::exception& fault) {
        log_warning(fault.what());
    }
}

void WitnessKeeper::begin() {
    hold_against(*witness_, *ledger_, clock_.now());
    count_up(*witness_, *ledger_);
    begun_ = true;
    thread_ = std::thread([this] { run(); });
}

std::string WitnessKeeper::trouble() const {
    std::lock_guard lock(mutex_);
    return trouble_;
}

void WitnessKeeper::end() {
    stop_thread();
    if (!begun_) return;
    begun_ = false;
    if (lost_) throw LedgerError(trouble_, hint_);
    count_up(*witness_, *ledger_);
}

void WitnessKeeper::stop_thread() {
    {
        std::lock_guard lock(mutex_);
        stop_ = true;
    }
    stopped_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void WitnessKeeper::run() {
    while (!lost_ && wait(timing_.every)) count_patiently();
}

// A line that drops for a moment must not end a send of hours.
void WitnessKeeper::count_patiently() {
    const auto until = std::chrono::steady_clock::now() + timing_.patience;
    for (;;) try {
            return count_up(*witness_, *ledger_);
        } catch (const OlderLedger& fault) {
            return lose(fault);
        } catch (const LedgerError& fault) {
            if (std::chrono::steady_clock::now() + timing_.pause >= until) return lose(fault);
            if (!wait(timing_.pause)) return;  // `end` tries once more
        } catch (const std::exception& fault) {
            return lose(LedgerError(fault.what()));
        }
}

void WitnessKeeper::lose(const LedgerError& fault) {
    std::lock_guard lock(mutex_);
    trouble_ = fault.what();
    hint_ = fault.hint();
    lost_ = true;
}

bool WitnessKeeper::wait(Milliseconds time) {
    std::unique_lock lock(mutex_);
    return !stopped_.wait_for(lock, time, [&] { return stop_; });
}

std::unique_ptr<WitnessKeeper> keep_witness(const Workspace& workspace, const Clock& clock) {
    auto witness = open_witness(workspace);
    if (!witness) return nullptr;
    return std::make_unique<WitnessKeeper>(
        std::move(witness), open_sqlite_ledger(workspace.ledger, OpenMode::kExisting), clock);
}

}  // namespace tocsin

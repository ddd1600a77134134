#include "delivery/unsubscribe_watch.h"

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"

namespace tocsin {

PullMemory pull_memory(const Workspace& workspace, const std::string& url, const Ledger& ledger,
                       const KeyRing& keys) {
    return PullMemory(workspace.state(), url, ledger.id(), keys);
}

UnsubscribeWatch::UnsubscribeWatch(const Workspace& workspace, OpenedLedger ledger,
                                   const Clock& clock)
    : settings_(workspace.unsubscribe),
      clock_(clock),
      keys_(std::move(ledger.keys)),
      memory_(pull_memory(workspace, settings_.url, *ledger.ledger, keys_)),
      book_(std::move(ledger.ledger), keys_, clock) {}

UnsubscribeWatch::~UnsubscribeWatch() {
    {
        std::lock_guard lock(mutex_);
        stop_ = true;
    }
    stopped_.notify_all();
    if (thread_.joinable()) thread_.join();
}

UnsubscribeWatch::Look UnsubscribeWatch::look() {
    Look look{prove_live(keys_, settings_.url, std::chrono::seconds(5), &stop_), {}, ""};
    if (!look.liveness.standalone) return look;
    try {
        look.pulled = pull_all({settings_.url, keys_, clock_, &stop_}, memory_, book_);
    } catch (const Unavailable& fault) {
        look.trouble = fault.what();
    }
    return look;
}

void UnsubscribeWatch::start() {
    thread_ = std::thread([this] { run(); });
}

void UnsubscribeWatch::run() {
    std::unique_lock lock(mutex_);
    while (!stopped_.wait_for(lock, settings_.pull_every, [&] { return stop_.load(); })) {
        lock.unlock();
        look_again();
        lock.lock();
    }
}

void UnsubscribeWatch::look_again() {
    std::string trouble;
    try {
        Look now = look();
        trouble = now.liveness.live ? now.trouble : now.liveness.trouble;
        if (now.pulled && now.pulled->records > 0) {
            log_info("pulled from `unsubscribe.url`: " + counted(now.pulled->records, "choice"));
        }
        if (now.pulled && now.pulled->unknown > 0) log_warning(passed_over(*now.pulled).trouble);
    } catch (const std::exception& fault) {
        trouble = std::string("what was pulled could not be recorded: ") + fault.what();
    }
    if (stop_) return;
    if (!trouble.empty() && trouble != last_trouble_) log_warning(trouble);
    last_trouble_ = trouble;
}

}  // namespace tocsin

// A book in memory, and what else the tests of pages share.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <vector>

#include "base/error.h"
#include "model/workspace.h"
#include "unsubscribe/leaving.h"
#include "web/desk.h"

namespace tocsin::testing {

class MemoryBook : public LeaveBook {
  public:
    void record(std::span<const Leaving> leavings) override {
        if (before_record) before_record();
        std::lock_guard lock(mutex_);
        if (is_broken) throw LedgerError("the disk of ann@one.example is full");
        batches_.push_back(leavings.size());
        recorded_.insert(recorded_.end(), leavings.begin(), leavings.end());
    }
    Standing standing(const UnsubscribeToken&) override {
        if (is_broken) throw LedgerError("the disk is full");
        return standing_now;
    }
    bool healthy() override { return !is_broken; }

    std::vector<Leaving> recorded() const {
        std::lock_guard lock(mutex_);
        return recorded_;
    }
    std::vector<std::size_t> batches() const {
        std::lock_guard lock(mutex_);
        return batches_;
    }

    std::function<void()> before_record;
    std::atomic<bool> is_broken{false};
    Standing standing_now{.list = "action-alerts", .language = ""};

  private:
    mutable std::mutex mutex_;
    std::vector<Leaving> recorded_;
    std::vector<std::size_t> batches_;
};

inline KeyRing ring(const std::vector<std::string>& secrets = {"a secret of the tests"}) {
    return KeyRing(secrets);
}

inline Workspace workspace_of(const std::string& organisation = "Harbour Action") {
    Workspace workspace;
    workspace.organisation = {organisation, "12 Quay Street", "https://harbour.example", "#0b5d7a"};
    workspace.unsubscribe = {"https://u.harbour.example/u/",
                             Mailbox::from("unsubscribe@harbour.example")};
    return workspace;
}

// A language whose every text is its key in brackets.
inline TextsOfLanguage bracketed() {
    TextsOfLanguage texts;
    for (const auto& [key, english] : english_texts()) texts[key] = "[" + key + "]";
    return texts;
}

inline const WallTime kNoon = *parse_iso8601("2026-11-24T12:00:00Z");

}  // namespace tocsin::testing

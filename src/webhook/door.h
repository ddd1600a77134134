// Takes what providers post: proves it, reads it, and notes it in the ledger before it says that it
// has. All on a thread of its own, with a ledger of its own, so that whoever unsubscribes waits for
// nothing of it; what waits is noted together, in few short transactions.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <vector>

#include "ledger/ledger.h"
#include "web/webhook_door.h"
#include "web/worker.h"
#include "webhook/counts.h"
#include "webhook/notes.h"
#include "webhook/verifier.h"

namespace tocsin {

class ProviderDoor : public WebhookDoor {
  public:
    static constexpr std::size_t kMostWaiting = 1'000;  // posts; more are told to come again
    static constexpr std::size_t kMostTogether = 100;
    static constexpr std::size_t kMostBytesTogether = 4u << 20;
    static constexpr std::size_t kMostNotesAtOnce = 100;  // in one transaction

    // The ledger is the door's alone; keys and clock outlive it.
    ProviderDoor(std::vector<WebhookAccount> accounts, std::unique_ptr<Ledger> ledger,
                 const KeyRing& keys, const Clock& clock,
                 Certificates::Fetch fetch = fetch_for_webhook);

    // 200: noted, or nothing to note. 400: it is not of the provider's form. 401: it is not the
    // provider's, and nothing was done. 404: there is nothing to prove it by. 503: come again.
    void take(ProviderKind provider, WebRequest post, Answer answer) override;
    std::string metrics() const override { return counts_.text(); }

  private:
    struct Waiting {
        ProviderKind provider;
        WebRequest post;
        Answer answer;
    };
    std::size_t how_many_now() const;
    void work();
    void work_on(std::vector<Waiting> waiting);
    WebhookProof read(Waiting& one, std::vector<WebhookPost>& posts);
    void write(std::span<const FeedbackNote> notes);
    bool note(const std::vector<WebhookPost>& posts);
    void refuse(ProviderKind provider, const WebhookProof& proof, const Answer& answer);
    void tell_what_is_missing(ProviderKind provider);

    Verifier verifier_;
    std::unique_ptr<Ledger> ledger_;
    const KeyRing& keys_;
    const Clock& clock_;
    WebhookCounts counts_;
    std::mutex mutex_;
    std::vector<Waiting> waiting_;
    std::set<ProviderKind> told_;  // of these it was logged that they are not expected
    Worker worker_;                // last: it uses all of the above
};

}  // namespace tocsin

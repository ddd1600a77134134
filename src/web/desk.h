// Decides what a request is answered with, and has leavings recorded before it says that they are.
// It knows nothing of sockets.
//
// Nothing that may wait for a disk happens on the caller's thread: leavings go to a recorder, what
// looks into the book to a worker.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "base/clock.h"
#include "mail/token.h"
#include "unsubscribe/leaving.h"
#include "web/http.h"
#include "web/mail_view.h"
#include "web/metrics.h"
#include "web/pages.h"
#include "web/recorder.h"
#include "web/route.h"
#include "web/undo_limit.h"
#include "web/webhook_door.h"
#include "web/worker.h"

namespace tocsin {

// What a sender elsewhere fetches from `serve --standalone`: `GET …/pull`. Throws LedgerError.
using Pull = std::function<WebResponse(const WebRequest&)>;

struct DeskParts {
    const KeyRing& keys;
    LeaveBook& book;
    MailView* view = nullptr;  // or none
    Pull pull{};               // or none
    std::string_view serves;   // "ledger", "standalone": for probes
    const Clock& clock;
    WebhookDoor* webhooks = nullptr;  // or none
};

class Desk {
  public:
    // Everything outlives it.
    Desk(const DeskParts& parts, const Pages& pages, Metrics& metrics);

    // Called once, on any thread, perhaps before `take` returns. It must not throw.
    using Answer = std::function<void(WebResponse)>;
    void take(WebRequest request, Answer answer);

    // For a request that is not to be read: counted, and with the headers that all answers have.
    WebResponse refuse(int status);

    // What `/metrics` says of connections. Before the first request.
    void set_connections(std::function<Metrics::Connections()> counts);

  private:
    struct Visit;  // a request with a genuine token
    using Place = Route::Place;
    void dispatch(WebRequest request, Answer answer);
    void take_token(WebRequest request, Place place, std::string written, Answer answer);
    void take_webhook(WebRequest request, ProviderKind provider, Answer answer);
    void take_leaving(const std::shared_ptr<Visit>& visit);
    void look(const std::shared_ptr<Visit>& visit, Asked asked,
              std::function<WebResponse()> response);
    WebResponse probe(const Visit& visit) const;
    WebResponse offer(Visit& visit);
    WebResponse view(Visit& visit);
    WebResponse done(Visit& visit, Choice choice);
    WebResponse metrics() const;
    WebResponse health();

    DeskParts parts_;
    const Pages& pages_;
    Metrics& metrics_;
    std::function<Metrics::Connections()> connections_;
    std::atomic<bool> told_of_webhooks_{false};
    UndoLimit undos_;
    Worker worker_;
    Recorder recorder_;  // last: at the end it stops first, and hands to the worker
};

}  // namespace tocsin

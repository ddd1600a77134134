// Who takes what providers post to …/webhooks/PROVIDER (webhook/, above this module).
#pragma once

#include <functional>
#include <string>

#include "model/provider.h"
#include "web/http.h"

namespace tocsin {

class WebhookDoor {
  public:
    virtual ~WebhookDoor() = default;

    // Called once, on any thread, perhaps before `take` returns: an HTTP status. 200 only when what
    // the post says is durable.
    using Answer = std::function<void(int status)>;
    // On the event loop's thread: it must not wait, nor throw. The request has its `body`.
    virtual void take(ProviderKind provider, WebRequest request, Answer answer) = 0;
    // What `/metrics` says of webhooks.
    virtual std::string metrics() const = 0;
};

}  // namespace tocsin

// One provider's API: what request carries messages, and what its response says of each of them.
// One file a provider, listed in transport/provider/catalogue.h; pure but for `probe` and
// `allowance`, which are handed the way to ask. What carries requests is transport/http/.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/attempt.h"
#include "model/limits.h"
#include "model/message.h"
#include "model/provider.h"
#include "transport/http/message.h"

namespace tocsin {

// The secrets themselves. None of them may stand in an error, an answer's text or a log.
struct ProviderKeys {
    std::string api_key;
    std::string secret_key;
    std::string session_token;
};

struct ProviderSetup {
    ProviderSettings settings;
    ProviderKeys keys;
    std::string sender_domain;  // of the campaign's From
    bool sandbox = false;  // the provider accepts and delivers nothing (`tocsin test --sandbox`)
};

// What a response says of one message.
struct ProviderAnswer {
    ProviderVerdict verdict = ProviderVerdict::kUnclear;
    // The HTTP status (or the one that it stands for, where a batch has one for each), and the
    // provider's own code, words and message id, printable, at most 1,000 bytes.
    SmtpReply reply;
    std::optional<ProviderKind> provider{};  // who says so
};

class Provider {
  public:
    using Messages = std::span<const Message* const>;                  // not empty
    using Exchange = std::function<HttpResponse(const HttpRequest&)>;  // throws Unavailable

    virtual ~Provider() = default;

    // What messages must be given as.
    virtual MessageForm form() const = 0;
    // Messages that one request can carry, and bytes of its body; the settings may say less.
    virtual std::size_t most_messages() const { return 1; }
    virtual std::size_t most_bytes() const = 0;
    // This message takes a request of its own, whatever `most_messages` says.
    virtual bool alone(const Message&) const { return false; }
    // A request with the same key is carried out once, however often it is sent within this time;
    // zero: there are no such keys. Twice the provider's word is not needed: be on the safe side.
    virtual Milliseconds remembers() const { return Milliseconds(0); }
    // Why the provider cannot take this message at all, for people, or empty. Asked before it is
    // put into a request: nothing of it is sent, and the recipient is rejected.
    virtual std::string fault(const Message& message) const = 0;

    struct Asking {
        WallTime now{};
        std::string key;  // an idempotency key, where `remembers`: 64 lower-case hex digits
    };
    virtual HttpRequest request(Messages messages, const Asking& asking) const = 0;
    // One answer for each, in their order. What it cannot make sense of is kUnclear, of the status
    // alone where the body says nothing.
    virtual std::vector<ProviderAnswer> answers(const HttpResponse& response,
                                                Messages messages) const = 0;
    // How long to begin nothing: what rate headers or Retry-After say; zero: go on. At most a day.
    virtual Milliseconds pause_after(const HttpResponse& response, WallTime now) const;

    // Proves the credentials, and where there is a way the sender, without a mail; throws
    // Unavailable with what is wrong and what to do.
    virtual void probe(const Exchange& exchange) const = 0;
    // What the account may send now, beside the configured rates; throws Unavailable.
    virtual Rates allowance(const Exchange&) const { return {}; }
};

}  // namespace tocsin

// A provider of the tests' own, a server that plays it, and a transport between them.
#pragma once

#include <algorithm>
#include <atomic>
#include <mutex>
#include <sstream>
#include <string>
#include <vector>

#include "base/error.h"
#include "support/http_script.h"
#include "transport/http/transport.h"
#include "transport/provider/provider.h"
#include "unit/transport/support.h"

namespace tocsin::test {

inline const SystemClock kRealClock;

// A request has one line for each message, "ann@example.org hello", and the answer one word:
// "ok", "no", "later", "fast", "account", or any other, which nobody understands.
class LineProvider : public Provider {
  public:
    explicit LineProvider(std::string url) : url_(std::move(url)) {}

    std::size_t most = 1;
    std::size_t bytes = 1u << 20;
    Milliseconds memory{0};
    bool throws = false;  // where an answer is to be read

    MessageForm form() const override { return MessageForm::kMime; }
    std::size_t most_messages() const override { return most; }
    std::size_t most_bytes() const override { return bytes; }
    bool alone(const Message& message) const override {
        return message.envelope.to.local() == "alone";
    }
    Milliseconds remembers() const override { return memory; }
    std::string fault(const Message& message) const override {
        return message.envelope.to.local() == "faulty" ? "it has no reply address" : "";
    }

    HttpRequest request(Messages messages, const Asking& asking) const override {
        HttpRequest request{"POST", url_, {{"Authorization", "Bearer key-of-tests"}}, ""};
        if (memory > Milliseconds(0)) request.headers.emplace_back("Idempotency-Key", asking.key);
        for (const Message* one : messages) {
            request.body += one->envelope.to.written() + " " + one->bytes + "\n";
        }
        return request;
    }

    std::vector<ProviderAnswer> answers(const HttpResponse& response,
                                        Messages messages) const override {
        if (throws) throw std::runtime_error("no JSON at all");
        std::vector<ProviderAnswer> all;
        std::istringstream lines(response.body);
        for (std::string word; lines >> word;) {
            all.push_back({verdict(word, response.status), {response.status, "", word}});
        }
        const bool whole_request = all.size() == 1;
        if (whole_request) all.resize(messages.size(), all.front());
        return all;
    }

    void probe(const Exchange& exchange) const override {
        HttpRequest question{"GET", url_ + "probe", {}, ""};
        if (exchange(question).status != 200) throw Unavailable("the key is not valid", "look");
    }
    Rates allowance(const Exchange& exchange) const override {
        HttpRequest question{"GET", url_ + "quota", {}, ""};
        return {{std::stol(exchange(question).body), std::chrono::seconds(1)}};
    }

  private:
    static ProviderVerdict verdict(const std::string& word, int status) {
        if (word == "ok") return ProviderVerdict::kAccepted;
        if (word == "no") return ProviderVerdict::kRefused;
        if (word == "later" || status == 409) return ProviderVerdict::kLater;
        if (word == "fast") return ProviderVerdict::kThrottled;
        if (word == "account") return ProviderVerdict::kAccount;
        return ProviderVerdict::kUnclear;
    }

    std::string url_;
};

// Times that a test can wait for, but that a busy machine keeps.
inline HttpSettings quick(std::size_t connections = 1, std::size_t batch = 1) {
    HttpSettings settings{connections, batch, {}};
    settings.limits.connect_again = Milliseconds(5);
    settings.limits.untold_pause = Milliseconds(5);
    settings.limits.ask_again = {Milliseconds(5), Milliseconds(10)};
    return settings;
}

inline std::string said(ProviderVerdict verdict) {
    constexpr const char* kNames[] = {"accepted",  "refused", "later",
                                      "throttled", "account", "unclear"};
    return kNames[static_cast<std::size_t>(verdict)];
}

inline std::string told(const TransportEvent& event) {
    const auto* finished = std::get_if<Finished>(&event);
    if (finished == nullptr) return shown(event);
    const Attempt& attempt = finished->attempt;
    std::string text = std::to_string(finished->ticket) + " ";
    text += attempt.verdict ? said(*attempt.verdict) : "finished";
    if (attempt.retry_after) text += " pause " + std::to_string(attempt.retry_after->count());
    return text + " at " + shown(attempt);
}

// One transport, and what it reported.
struct HttpSending {
    NotedDepartures departures;
    std::unique_ptr<Transport> transport;
    Lines outcomes;  // all events; `finish` sorts them

    HttpSending(std::unique_ptr<Provider> provider, const HttpSettings& settings,
                const Clock& clock = kRealClock)
        : transport(make_http_transport(std::move(provider), settings, clock, departures)) {}

    void poll(Milliseconds most = Milliseconds(20)) {
        for (const TransportEvent& event : transport->poll(most)) outcomes.push_back(told(event));
    }
    // Until nothing is under way, or ten seconds have passed.
    Lines finish() {
        auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        while (!transport->idle() && std::chrono::steady_clock::now() < until) poll();
        std::sort(outcomes.begin(), outcomes.end());
        return std::exchange(outcomes, {});
    }
    void submit(Ticket ticket, const std::string& address = "ann@example.org",
                const std::string& bytes = "hello") {
        transport->submit(ticket, message_to(address, bytes));
        transport->permit(ticket);
    }
    Lines send(std::size_t count) {
        for (std::size_t i = 1; i <= count; ++i) submit(static_cast<Ticket>(i));
        return finish();
    }
};

inline std::unique_ptr<LineProvider> line_provider(const ScriptedServer& server,
                                                   std::size_t most = 1,
                                                   Milliseconds memory = Milliseconds(0)) {
    auto provider = std::make_unique<LineProvider>(url_of(server, "/"));
    provider->most = most;
    provider->memory = memory;
    return provider;
}

// What a server was asked, by all its connections.
class Requests {
  public:
    void add(const HeardRequest& request) {
        std::lock_guard lock(mutex_);
        all_.push_back(request);
    }
    std::vector<HeardRequest> all() const {
        std::lock_guard lock(mutex_);
        return all_;
    }
    // How many messages each of them had.
    std::vector<long> sizes() const {
        std::vector<long> sizes;
        for (const HeardRequest& one : all()) {
            sizes.push_back(std::count(one.body.begin(), one.body.end(), '\n'));
        }
        return sizes;
    }

  private:
    mutable std::mutex mutex_;
    std::vector<HeardRequest> all_;
};

}  // namespace tocsin::test

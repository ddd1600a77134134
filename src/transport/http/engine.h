// The transport of transport/http/transport.h, with the parts that it is made of.
#pragma once

#include <atomic>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "transport/http/batch.h"
#include "transport/http/outgoing.h"
#include "transport/http/outstanding.h"
#include "transport/http/restraint.h"
#include "transport/http/transport.h"
#include "transport/http/waiting.h"

namespace tocsin {

class HttpTransport : public Transport {
  public:
    HttpTransport(std::unique_ptr<Provider> provider, const HttpSettings& settings,
                  const Clock& clock, Departures& departures);
    ~HttpTransport() override;

    MessageForm form() const override { return provider_->form(); }
    Rates allowance() override;
    std::vector<OpenQuestion> open_questions() override;
    std::vector<Attempt> ask_again(const OpenQuestion& question) override;
    void forget(const OpenQuestion& question) override;
    std::size_t capacity() const override { return capacity_; }
    std::size_t room() const override;
    void expect(std::size_t) override {}
    void submit(Ticket ticket, Message message) override;
    void permit(Ticket ticket) override { waiting_.permit(ticket, now()); }
    void withdraw(Ticket ticket) override;
    void recall() override;
    std::vector<TransportEvent> poll(Milliseconds most) override;
    void wake() override;
    bool idle() const override;
    void probe() override;
    void close() override { forget_answered(); }

  private:
    // A request under way.
    struct Flight {
        HttpBatch batch;
        Milliseconds begun;
        std::unique_ptr<Outgoing> outgoing{};
    };
    using Flights = std::list<Flight>;

    Milliseconds now() const { return clock_.since_boot(); }
    std::size_t under_way() const;
    void begin_due();
    std::optional<HttpBatch> next_batch();
    std::optional<HttpBatch> next_again();
    std::optional<HttpBatch> new_batch();
    void shrink_to_fit(HttpBatch& batch);
    void begin(HttpBatch batch);
    void turn();
    void take_ended();
    void take_late();
    Flights::iterator find(CURL* easy);
    Flight land(Flights::iterator flight);
    void wait(Milliseconds most);
    Milliseconds due_in() const;

    void on_response(Flight flight);
    bool is_hopeless(const Flight& flight);
    void heed(const Flight& flight, const std::vector<ProviderAnswer>& answers, Milliseconds pause);
    void on_failure(Flight flight, CURLcode code, const std::string& why);
    void on_lost(HttpBatch batch, const std::string& why);
    void on_doubt(HttpBatch batch);
    void give_up(Unusable why);
    void return_waiting();
    void keep(const HttpBatch& batch);
    bool is_remembered(const OutstandingRequest& request) const;
    void forget_answered();
    void add(std::vector<Finished> ends);

    const std::unique_ptr<Provider> provider_;
    const HttpLimits limits_;
    const std::size_t connections_;
    const std::size_t capacity_;
    const Clock& clock_;
    Departures& departures_;
    CurlMulti multi_;
    Waiting waiting_;
    std::list<HttpBatch> again_;  // wait to be asked again
    Flights flights_;
    Restraint restraint_;
    std::vector<TransportEvent> events_;
    std::optional<Outstanding> outstanding_;
    std::vector<std::string> answered_;  // keys whose answers the caller has, or gets now
    std::atomic<bool> woken_ = false;
};

}  // namespace tocsin

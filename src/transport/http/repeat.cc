#include "transport/http/repeat.h"

#include <memory>
#include <thread>

#include "base/error.h"
#include "transport/http/answering.h"
#include "transport/http/exchange.h"

namespace tocsin {
namespace {

constexpr int kConflict = 409;         // the request is being worked on
constexpr std::size_t kMostAsked = 3;  // where it is

Message stand_in(const std::string& address) {
    const Mailbox to = Mailbox::from(address);
    Message message{{to, to}, "", ""};
    Draft draft{{"", to}, std::nullopt, to, "", "", {}, {}, "-", "", {}};
    message.parts = std::make_shared<Draft>(std::move(draft));
    return message;
}

HttpBatch batch_of(const OutstandingRequest& request, WallTime now) {
    HttpBatch batch;
    for (const OpenQuestion::Mail& mail : request.question.mails) {
        batch.jobs.push_back({mail.ticket, stand_in(mail.address)});
    }
    batch.key = request.question.key;
    batch.started = now;
    batch.uncertain = true;
    return batch;
}

// The provider's own request for as many mails has the headers: the credentials and the key. What
// it is to carry is on record.
HttpRequest dressed(const Provider& provider, const OutstandingRequest& request,
                    const HttpBatch& batch) {
    HttpRequest made = provider.request(batch.messages(), {batch.started, batch.key});
    made.method = request.method;
    made.url = request.url;
    made.body = request.body;
    return made;
}

// True where another answer can be had soon. What tells nothing now does not do so in a second.
bool ask(const Provider& provider, const HttpRequest& request, const HttpLimits& limits,
         HttpBatch& batch) {
    try {
        const HttpResponse response = exchange(request, {limits.question, limits.most_body});
        batch.answers = read_answers(provider, response, batch);
        const bool settled = settles(batch.answers, response.status, batch.uncertain);
        return !settled && response.status == kConflict;
    } catch (const Unavailable& fault) {
        batch.error = fault.what();
        return false;
    }
}

}  // namespace

std::vector<Attempt> repeat(const Provider& provider, const OutstandingRequest& request,
                            const HttpLimits& limits, const Clock& clock) {
    HttpBatch batch = batch_of(request, clock.now());
    const HttpRequest again = dressed(provider, request, batch);
    if (account_of(again) != request.account) return {};
    for (std::size_t asked = 0; asked < kMostAsked; ++asked) {
        if (asked > 0) std::this_thread::sleep_for(limits.ask_again.at(asked - 1));
        if (!ask(provider, again, limits, batch)) break;
    }
    std::vector<Attempt> attempts;
    for (Finished& end : doubts_of(batch, clock.now())) attempts.push_back(std::move(end.attempt));
    return attempts;
}

}  // namespace tocsin

#include "web/desk.h"

#include <chrono>
#include <exception>

#include "base/log.h"
#include "compose/unsubscribe_links.h"
#include "model/suppression.h"
#include "unsubscribe/proof.h"
#include "web/answers.h"

namespace tocsin {

struct Desk::Visit {
    WebRequest request;
    UnsubscribeToken token;
    Reader reader;
    Answer answer;
};

Desk::Desk(const DeskParts& parts, const Pages& pages, Metrics& metrics)
    : parts_(parts), pages_(pages), metrics_(metrics), recorder_(parts.book) {}

void Desk::set_connections(std::function<Metrics::Connections()> counts) {
    connections_ = std::move(counts);
}

WebResponse Desk::refuse(int status) {
    WebResponse response = refusal(Asked::kOther, status);
    metrics_.answered(response);
    return response;
}

void Desk::take(WebRequest request, Answer answer) {
    using std::chrono::steady_clock;
    bool is_post = request.method == "POST";
    auto counted = [this, is_post, from = steady_clock::now(),
                    answer = std::move(answer)](WebResponse response) {
        metrics_.answered(response);
        if (is_post && response.asked != Asked::kWebhook) {  // which may wait for long
            metrics_.posted(steady_clock::now() - from);
        }
        answer(std::move(response));
    };
    dispatch(std::move(request), std::move(counted));
}

void Desk::dispatch(WebRequest request, Answer answer) {
    const Route route = route_of(request.path);
    std::string token(route.token);  // the request moves on
    bool reads = request.method == "GET" || request.method == "HEAD";
    if (route.place == Place::kToken) {
        if (!reads && request.method != "POST") return answer(refusal(Asked::kPage, 405));
        if (request.too_large) return answer(refusal(Asked::kPage, 413));
        return take_token(std::move(request), route.place, std::move(token), std::move(answer));
    }
    if (route.place == Place::kWebhook) {
        return take_webhook(std::move(request), *route.provider, std::move(answer));
    }
    if (route.place == Place::kNoPage || (route.place == Place::kPull && !parts_.pull)) {
        return answer(refusal(Asked::kOther, 404));
    }
    if (!reads) return answer(refusal(Asked::kOther, 405));
    if (route.place == Place::kView) {
        return take_token(std::move(request), route.place, std::move(token), std::move(answer));
    }
    if (route.place == Place::kMetrics) return answer(metrics());
    auto visit = std::make_shared<Visit>();
    visit->answer = std::move(answer);
    visit->request = std::move(request);
    if (route.place == Place::kHealth)
        return look(visit, Asked::kHealth, [this] { return health(); });
    look(visit, Asked::kPull, [this, visit] { return parts_.pull(visit->request); });
}

// The same for everything that is not genuine, and for every genuine one, whatever it leads to.
void Desk::take_token(WebRequest request, Place place, std::string written, Answer answer) {
    Reader reader{"", request.header("Accept-Language")};
    // Of a preview or a proof: whoever tries it out should see that it leads here.
    if (written == kHarmless) {
        return answer(html_answer(Asked::kProbe, 200, pages_.works(reader), pages_.policy()));
    }
    auto token = decode_token(parts_.keys, written);
    if (!token) {
        return answer(html_answer(Asked::kOther, 404, pages_.damaged(reader), pages_.policy()));
    }
    reader.token = std::move(written);
    reader.has_list = token->list != 0;
    auto visit = std::make_shared<Visit>(
        Visit{std::move(request), *token, std::move(reader), std::move(answer)});
    if (is_probe(*token)) return visit->answer(probe(*visit));
    if (visit->request.method == "POST") return take_leaving(visit);
    if (place == Place::kView) {
        return look(visit, Asked::kView, [this, visit] { return view(*visit); });
    }
    look(visit, Asked::kPage, [this, visit] { return offer(*visit); });
}

void Desk::take_webhook(WebRequest request, ProviderKind provider, Answer answer) {
    const int refused = request.method != "POST" ? 405
                        : request.too_large      ? 413
                        : request.crowded        ? 503
                                                 : 0;
    if (refused != 0) return answer(refusal(Asked::kWebhook, refused));
    if (parts_.webhooks == nullptr) {
        if (!told_of_webhooks_.exchange(true)) {
            log_warning(
                "a webhook came, and there is no ledger to note it in: let the provider "
                "post to a `tocsin serve` beside the ledger");
        }
        return answer(refusal(Asked::kWebhook, 404));
    }
    auto answered = [answer = std::move(answer)](int status) {
        answer(status == 200 ? text_answer(Asked::kWebhook, 200, "noted\n")
                             : refusal(Asked::kWebhook, status));
    };
    parts_.webhooks->take(provider, std::move(request), std::move(answered));
}

void Desk::take_leaving(const std::shared_ptr<Visit>& visit) {
    const Form& form = visit->request.form;
    Asked asked = form.one_click() ? Asked::kOneClick : Asked::kChoice;
    auto choice = form.choice();
    if (!choice) {
        return visit->answer(
            html_answer(asked, 400, pages_.unclear(visit->reader), pages_.policy()));
    }
    const WallTime now = parts_.clock.now();
    if (*choice == Choice::kUndo && !undos_.take(visit->token, now)) {
        return visit->answer(refusal(asked, 429));
    }
    Leaving leaving{visit->reader.token, visit->token, *choice,
                    form.one_click() ? kFromOneClick : kFromPage, now};
    recorder_.add(std::move(leaving), [this, visit, asked, choice](bool is_recorded) {
        if (!is_recorded) {
            metrics_.failed();
            return visit->answer(
                html_answer(asked, 503, pages_.failed(visit->reader), pages_.policy()));
        }
        metrics_.recorded(*choice);
        // Nobody reads the answer to one click; a person's page names the list.
        if (asked == Asked::kOneClick) return visit->answer(done(*visit, *choice));
        worker_.add([this, visit, choice] {
            try {
                visit->reader.standing = parts_.book.standing(visit->token);
            } catch (const std::exception& error) {
                log_warning("a page could not be filled: " + redacted(error.what()));
            }
            visit->answer(done(*visit, *choice));
        });
    });
}

// On the worker; where it fails, that is what is answered.
void Desk::look(const std::shared_ptr<Visit>& visit, Asked asked,
                std::function<WebResponse()> response) {
    worker_.add([this, visit, asked, response = std::move(response)] {
        WebResponse made;
        try {
            made = response();
        } catch (const std::exception& error) {
            log_warning("a request could not be answered: " + redacted(error.what()));
            made = html_answer(asked, 503, pages_.failed(visit->reader), pages_.policy());
        }
        visit->answer(std::move(made));
    });
}

WebResponse Desk::probe(const Visit& visit) const {
    WebResponse response =
        html_answer(Asked::kProbe, 200, pages_.works(visit.reader), pages_.policy());
    response.headers.emplace_back(kProofHeader,
                                  live_proof(parts_.keys, visit.token, visit.reader.token));
    response.headers.emplace_back(kServeHeader, std::string(parts_.serves));
    return response;
}

WebResponse Desk::offer(Visit& visit) {
    visit.reader.standing = parts_.book.standing(visit.token);
    return html_answer(Asked::kPage, 200, pages_.offer(visit.reader, parts_.view != nullptr),
                       pages_.policy());
}

WebResponse Desk::done(Visit& visit, Choice choice) {
    bool is_one_click = visit.request.form.one_click();
    return html_answer(
        is_one_click ? Asked::kOneClick : Asked::kChoice, 200,
        pages_.done(visit.reader, choice, parts_.clock.now(), parts_.view != nullptr),
        pages_.policy());
}

WebResponse Desk::view(Visit& visit) {
    auto html =
        parts_.view == nullptr ? std::nullopt : parts_.view->html(visit.token, visit.reader.token);
    if (html) return html_answer(Asked::kView, 200, std::move(*html), mail_policy());
    return html_answer(Asked::kView, 404, pages_.gone(visit.reader), pages_.policy());
}

WebResponse Desk::metrics() const {
    std::string text = metrics_.text(connections_ ? connections_() : Metrics::Connections{});
    if (parts_.webhooks != nullptr) text += parts_.webhooks->metrics();
    WebResponse response = text_answer(Asked::kMetrics, 200, std::move(text));
    response.headers.front().second = "text/plain; version=0.0.4; charset=utf-8";
    return response;
}

WebResponse Desk::health() {
    bool is_healthy = parts_.book.healthy();
    return text_answer(Asked::kHealth, is_healthy ? 200 : 503,
                       is_healthy ? "ok\n" : "leavings cannot be recorded now\n");
}

}  // namespace tocsin

// Messages, settings and made-up exchanges for tests of providers.
#pragma once

#include <deque>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "transport/provider/catalogue.h"

namespace provider_test {

using namespace tocsin;
using Json = nlohmann::json;

inline constexpr char kReference[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbb";
inline constexpr char kApiKey[] = "key-of-the-test-0123456789";
inline constexpr char kSecretKey[] = "secret-of-the-test-0123456789";
inline const WallTime kNow = *parse_iso8601("2026-11-23T19:00:00Z");

inline ProviderSetup setup(ProviderKind kind) {
    ProviderSetup out;
    out.settings.kind = kind;
    out.keys = {kApiKey, kSecretKey, ""};
    out.sender_domain = "harbour.example";
    return out;
}

inline Draft draft(std::string_view to) {
    Draft out{.from = {"Reem, Mark and the team", Mailbox::from("campaigns@harbour.example")},
              .reply_to = NamedMailbox{"", Mailbox::from("reem@harbour.example")},
              .to = Mailbox::from(to),
              .subject = "Nachtbusse für alle",
              .message_id = "abc123@harbour.example",
              .date = kNow,
              .headers = {{"List-Id", "<all.harbour.example>"},
                          {"List-Unsubscribe", "<https://leave.harbour.example/u/1>"},
                          {"List-Unsubscribe-Post", "List-Unsubscribe=One-Click"},
                          {"Feedback-ID", "night-buses:all:bulk:harbourexample"},
                          {"Precedence", "bulk"}},
              .text = "Guten Tag\n\"Umlaute\": ä\n",
              .html = "<p>Guten Tag</p>",
              .attachments = {}};
    return out;
}

inline Message parts_message(std::string_view to, Draft made) {
    Message out{.envelope = {Mailbox::from("bounces@harbour.example"), Mailbox::from(to)},
                .message_id = made.message_id,
                .bytes = ""};
    out.parts = std::make_shared<const Draft>(std::move(made));
    out.campaign = "night-buses";
    out.reference = kReference;
    return out;
}

inline Message parts_message(std::string_view to = "anna@riverside.example") {
    return parts_message(to, draft(to));
}

inline Message mime_message(std::string_view to = "anna@riverside.example") {
    Message out = parts_message(to);
    out.bytes = build_message(*out.parts);
    out.parts.reset();
    return out;
}

inline std::vector<const Message*> pointers(const std::vector<Message>& messages) {
    std::vector<const Message*> out;
    for (const Message& message : messages) out.push_back(&message);
    return out;
}

// What `request` makes of them, without an idempotency key.
inline HttpRequest request_of(const Provider& provider, const std::vector<Message>& messages) {
    std::vector<const Message*> list = pointers(messages);
    return provider.request(list, {kNow, std::string(64, 'a')});
}

inline HttpResponse response(int status, std::string body, HttpHeaders headers = {}) {
    return {status, std::move(headers), std::move(body)};
}

inline std::vector<ProviderAnswer> answers_of(const Provider& provider, const HttpResponse& told,
                                              const std::vector<Message>& messages) {
    std::vector<const Message*> list = pointers(messages);
    return provider.answers(told, list);
}

// The value of the header, by its exact name; "(none)" where it is absent.
inline std::string header_of(const HttpRequest& request, const std::string& name) {
    for (const auto& [one, value] : request.headers) {
        if (one == name) return value;
    }
    return "(none)";
}

// Answers one after another, and remembers what was asked.
class Script {
  public:
    explicit Script(std::deque<HttpResponse> replies) : replies_(std::move(replies)) {}
    Provider::Exchange exchange() {
        return [this](const HttpRequest& request) {
            asked.push_back(request);
            if (replies_.empty()) throw Unavailable("the script has ended");
            HttpResponse out = std::move(replies_.front());
            replies_.pop_front();
            return out;
        };
    }
    std::vector<HttpRequest> asked;

  private:
    std::deque<HttpResponse> replies_;
};

// What `probe` complains of: its message and its hint; empty where all is well.
inline std::pair<std::string, std::string> complaint(const Provider& provider, Script& script) {
    try {
        provider.probe(script.exchange());
        return {};
    } catch (const Unavailable& error) {
        return {error.what(), error.hint()};
    }
}

}  // namespace provider_test

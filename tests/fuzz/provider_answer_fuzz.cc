// Any bytes as what a provider's API answers: one answer for each message, with a text that may be
// shown and holds no key; a pause of at most a day; a probe that says what is wrong; no crash. The
// same bytes as what a mail says: a request comes of it.
//
// An input is `PROVIDER STATUS MESSAGES`, lines of headers, an empty line and the body.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "transport/provider/catalogue.h"

using namespace tocsin;

namespace {

constexpr char kKey[] = "key-of-the-fuzzer";

void demand(bool holds) {
    if (!holds) std::abort();
}

std::string_view cut(std::string_view& text, char at) {
    std::string_view out = text.substr(0, text.find(at));
    text.remove_prefix(std::min(text.size(), out.size() + 1));
    return out;
}

int number(std::string_view text, int least, int most) {
    int value = least;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return std::clamp(value, least, most);
}

void check(const ProviderAnswer& answer) {
    constexpr std::size_t kMostText = 1000;
    demand(answer.reply.code >= 200 && answer.reply.code <= 599);
    demand(answer.reply.text.size() <= kMostText);
    demand(!invalid_utf8(answer.reply.text) && !has_control(answer.reply.text));
    demand(answer.reply.text.find(kKey) == std::string::npos);
}

void check(const Error& trouble) {
    demand(std::string_view(trouble.what()).find(kKey) == std::string_view::npos);
    demand(trouble.hint().find(kKey) == std::string::npos);
}

HttpResponse read_response(std::string_view text, int status) {
    HttpResponse out{status, {}, ""};
    for (std::string_view line = cut(text, '\n'); !line.empty(); line = cut(text, '\n')) {
        std::string_view name = cut(line, ':');
        out.headers.emplace_back(ascii_lower(name), std::string(trim(line)));
    }
    out.body = text;
    return out;
}

Message message(MessageForm form, const std::string& bytes) {
    Message out{.envelope = {Mailbox::from("bounces@harbour.example"),
                             Mailbox::from("anna@riverside.example")},
                .message_id = "x@harbour.example",
                .bytes = bytes};
    if (form == MessageForm::kMime) return out;
    Draft draft{.from = {"", Mailbox::from("campaigns@harbour.example")},
                .reply_to = {},
                .to = out.envelope.to,
                .subject = bytes.substr(0, 80),
                .message_id = out.message_id,
                .date = {},
                .headers = {},
                .text = bytes,
                .html = "<p>Hello</p>",
                .attachments = {}};
    out.parts = std::make_shared<const Draft>(std::move(draft));
    return out;
}

void ask(const Provider& provider, const HttpResponse& response) {
    auto exchange = [&](const HttpRequest&) { return response; };
    try {
        provider.probe(exchange);
    } catch (const Unavailable& trouble) {
        check(trouble);
    }
    try {
        for (const Rate& rate : provider.allowance(exchange)) {
            demand(rate.count > 0 && rate.period > Milliseconds(0));
        }
    } catch (const Unavailable& trouble) {
        check(trouble);
    }
}

void answer(const Provider& provider, const HttpResponse& response, int count) {
    const Message one = message(provider.form(), response.body);
    std::vector<const Message*> messages(static_cast<std::size_t>(count), &one);
    if (provider.fault(one).empty()) {
        const HttpRequest request = provider.request(messages, {{}, std::string(64, 'a')});
        demand(!request.body.empty() && request.url.find(kKey) == std::string::npos);
    }
    auto answers = provider.answers(response, messages);
    demand(answers.size() == messages.size());
    for (const ProviderAnswer& each : answers) check(each);
    Milliseconds pause = provider.pause_after(response, WallTime(std::chrono::hours(500'000)));
    demand(pause >= Milliseconds(0) && pause <= std::chrono::hours(24));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text{reinterpret_cast<const char*>(data), size};
    std::string_view first = cut(text, '\n');
    auto kind = provider_kind(cut(first, ' '));
    if (!kind) return 0;
    ProviderSetup setup;
    setup.settings.kind = *kind;
    setup.settings.domain = "mg.harbour.example";
    setup.sender_domain = "news.harbour.example";
    setup.keys = {kKey, "secret-of-the-fuzzer", ""};
    const int status = number(cut(first, ' '), 100, 999), count = number(first, 1, 4);
    auto provider = make_provider(setup);
    const HttpResponse response = read_response(text, status);
    answer(*provider, response, count);
    ask(*provider, response);
    return 0;
}

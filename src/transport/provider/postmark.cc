// Postmark: whole messages in batches, each with an answer of its own. The facts are those of
// Postmark's Swagger document and its list of error codes.

#include <nlohmann/json.hpp>

#include "transport/provider/answers.h"
#include "transport/provider/catalogue.h"
#include "transport/provider/json_body.h"
#include "transport/provider/postmark_answers.h"
#include "transport/provider/sigv4.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostMessages = 500;
constexpr std::size_t kMostBatchBytes = 50'000'000;
constexpr std::size_t kMostMessageBytes = 10'000'000;
constexpr std::size_t kMostBodyBytes = 5'000'000;  // HtmlBody and TextBody, each
constexpr std::size_t kBesideTheMessage = 4096;
constexpr char kTestToken[] = "POSTMARK_API_TEST";

Json headers(const Draft& draft) {
    Json out = Json::array();
    auto add = [&](const std::string& name, const std::string& value) {
        out.push_back({{"Name", name}, {"Value", value}});
    };
    add("Message-ID", "<" + draft.message_id + ">");
    add("X-PM-KeepID", "true");  // else Postmark makes an id of its own
    for (const auto& [name, value] : custom_headers(draft)) add(name, value);
    return out;
}

Json attachments(const Draft& draft) {
    Json out = Json::array();
    for (const AttachedFile& file : draft.attachments) {
        out.push_back({{"Name", file.name},
                       {"Content", base64(file.bytes)},
                       {"ContentType", file.media_type}});
    }
    return out;
}

Json email(const Message& message, const std::string& stream) {
    const Draft& draft = *message.parts;
    Json out = {{"From", written_address(draft.from)},
                {"To", message.envelope.to.wire()},
                {"Subject", draft.subject},
                {"Headers", headers(draft)},
                {"MessageStream", stream},
                // Links stay as they are, and nobody is watched.
                {"TrackOpens", false},
                {"TrackLinks", "None"}};
    if (draft.reply_to) out["ReplyTo"] = written_address(*draft.reply_to);
    if (!draft.text.empty()) out["TextBody"] = draft.text;
    if (!draft.html.empty()) out["HtmlBody"] = draft.html;
    if (!message.campaign.empty()) out["Tag"] = message.campaign;
    if (Json given = metadata(message); !given.empty()) out["Metadata"] = std::move(given);
    if (!draft.attachments.empty()) out["Attachments"] = attachments(draft);
    return out;
}

class Postmark : public Provider {
  public:
    explicit Postmark(const ProviderSetup& setup)
        : setup_(setup),
          answers_(setup),
          endpoint_(endpoint_of(setup, "https://api.postmarkapp.com")),
          stream_(setup.settings.stream.empty() ? "broadcast" : setup.settings.stream) {}

    MessageForm form() const override { return MessageForm::kParts; }
    std::size_t most_messages() const override { return kMostMessages; }
    std::size_t most_bytes() const override { return kMostBatchBytes; }

    std::string fault(const Message& message) const override {
        std::string why = smtputf8_fault(ProviderKind::kPostmark, message);
        if (!why.empty()) return why;
        why = text_fault(ProviderKind::kPostmark, message);
        if (!why.empty()) return why;
        const Draft& draft = *message.parts;
        for (const std::string* text : {&draft.text, &draft.html}) {
            why = size_fault(ProviderKind::kPostmark, text->size(), kMostBodyBytes);
            if (!why.empty()) return why;
        }
        return size_fault(ProviderKind::kPostmark, message.size() + kBesideTheMessage,
                          kMostMessageBytes);
    }

    HttpRequest request(Messages messages, const Asking&) const override {
        Json batch = Json::array();
        for (const Message* message : messages) batch.push_back(email(*message, stream_));
        return post_json(endpoint_ + "/email/batch",
                         {token(setup_.sandbox ? kTestToken : setup_.keys.api_key)}, batch);
    }

    std::vector<ProviderAnswer> answers(const HttpResponse& response,
                                        Messages messages) const override {
        return postmark_answers(answers_, response, messages.size());
    }

    void probe(const Exchange& exchange) const override {
        const Json server = ask(exchange, "/server");
        if (text_of(member(server, "DeliveryType")) == "Sandbox") {
            throw answers_.trouble("says that this server is a sandbox: it delivers nothing",
                                   "take the token of a live server for `api_key`");
        }
        probe_stream(exchange(get("/message-streams/" + uri_encoded(stream_))));
    }

  private:
    static std::pair<std::string, std::string> token(const std::string& value) {
        return {"X-Postmark-Server-Token", value};
    }

    HttpRequest get(const std::string& path) const {
        return {"GET",
                endpoint_ + path,
                {token(setup_.keys.api_key), {"Accept", "application/json"}},
                ""};
    }

    void probe_stream(const HttpResponse& found) const {
        const Json body = parse_json(found.body);
        if (is_success(found) && member(body, "ArchivedAt").is_null()) return;
        bool absent = found.status == 404 || found.status == 422;
        // A server that stands in for Postmark knows no streams, and no codes.
        if (found.status == 404 && member(body, "ErrorCode").is_null()) return;
        if (!absent && !is_success(found)) throw postmark_trouble(answers_, found);
        throw answers_.trouble("has no message stream " + stream_ + " in use on this server",
                               "check `stream` of this transport in tocsin.yaml");
    }

    Json ask(const Exchange& exchange, const std::string& path) const {
        HttpResponse response = exchange(get(path));
        if (!is_success(response)) throw postmark_trouble(answers_, response);
        return answers_.json_of(response);
    }

    ProviderSetup setup_;
    Answers answers_;
    std::string endpoint_;
    std::string stream_;
};

}  // namespace

std::unique_ptr<Provider> make_postmark(const ProviderSetup& setup) {
    return std::make_unique<Postmark>(setup);
}

}  // namespace tocsin

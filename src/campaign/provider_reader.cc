#include "campaign/provider_reader.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"
#include "campaign/domain_name.h"
#include "campaign/quote.h"
#include "campaign/secret_source.h"
#include "campaign/url.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

constexpr int kMostConnections = 100;
constexpr int kMostBatch = 1000;

struct Words {
    const char* place;
    std::vector<std::string> own;      // beside those that all have
    std::vector<std::string> needs;    // of all
    std::vector<std::string> regions;  // empty: any, or none
};

const Words& words_of(ProviderKind kind) {
    static const std::array<Words, 8> kWords{{
        {"an ses transport",
         {"region", "access_key", "secret_key", "session_token", "configuration_set", "topics"},
         {"region", "access_key", "secret_key"},
         {}},
        {"a sendgrid transport", {"api_key", "region"}, {"api_key"}, {"global", "eu"}},
        {"a mailgun transport",
         {"api_key", "region", "domain"},
         {"api_key", "domain"},
         {"us", "eu"}},
        {"a postmark transport", {"api_key", "stream"}, {"api_key"}, {}},
        {"a sparkpost transport", {"api_key", "region"}, {"api_key"}, {"us", "eu"}},
        {"a brevo transport", {"api_key"}, {"api_key"}, {}},
        {"a resend transport", {"api_key"}, {"api_key"}, {}},
        {"a mailjet transport", {"api_key", "secret_key"}, {"api_key", "secret_key"}, {}},
    }};
    return kWords.at(static_cast<std::size_t>(kind));
}

Vocabulary make_keys(ProviderKind kind) {
    const Words& words = words_of(kind);
    Vocabulary keys{words.place,
                    {"type", "webhook_secret", "endpoint", "batch", "connections", "rate",
                     "warm_up", "give_up_after", "domains"}};
    if (kind == ProviderKind::kSes) std::erase(keys.known, "webhook_secret");
    keys.known.insert(keys.known.end(), words.own.begin(), words.own.end());
    return keys;
}

// `eu-west-1`: it becomes part of a host's name.
bool is_aws_region(std::string_view text) {
    constexpr std::size_t kLongest = 32;
    auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return text.size() <= kLongest && std::count(text.begin(), text.end(), '-') >= 2 &&
           text.front() != '-' && text.back() != '-' && std::all_of(text.begin(), text.end(), fits);
}

std::string read_region(const Node& node, ProviderKind kind) {
    const Words& words = words_of(kind);
    if (!words.regions.empty()) {
        return node.one_of({"`region`", words.regions}).value_or("");
    }
    if (kind != ProviderKind::kSes) return "";  // the key is reported already
    auto written = node.line();
    if (!written) return "";
    if (is_aws_region(written->text)) return written->text;
    node.error("bad-region", in_backquotes(written->text) + " is no region of AWS",
               "write it as `eu-west-1`");
    return "";
}

std::string read_endpoint(const Node& node) {
    auto written = node.line();
    if (!written) return "";
    std::string fault = fault_of_endpoint(written->text);
    if (!fault.empty()) {
        node.error("bad-url", node.name() + " " + fault);
        return "";
    }
    std::string url = written->text;
    while (url.ends_with('/')) url.pop_back();
    return url;
}

// "arn:aws:sns:eu-west-1:123456789012:bounces"
bool is_topic(std::string_view arn) {
    constexpr int kColons = 5;
    return arn.starts_with("arn:aws") && arn.find(":sns:") != arn.npos &&
           std::count(arn.begin(), arn.end(), ':') == kColons;
}

std::vector<std::string> read_topics(const Node& node) {
    std::vector<std::string> topics;
    for (const Node& item : node.items_named("topic")) {
        auto written = item.line();
        if (!written) continue;
        if (is_topic(written->text)) {
            topics.push_back(written->text);
        } else {
            item.error("bad-topic", in_backquotes(written->text) + " is no ARN of an SNS topic",
                       "write it as `arn:aws:sns:eu-west-1:123456789012:bounces`");
        }
    }
    return topics;
}

void read_batch(const Map& map, ProviderSettings& settings) {
    settings.batch = default_batch(settings.kind);
    auto node = map.find("batch");
    auto batch = node ? node->whole_number(1, kMostBatch) : std::nullopt;
    if (!batch) return;
    const int most = most_in_batch(settings.kind);
    settings.batch = std::min(*batch, most);
    if (*batch <= most) return;
    node->warning("large-batch", std::string(title(settings.kind)) + " takes at most " +
                                     counted(static_cast<std::size_t>(most), "mail") +
                                     " in a request, so that is what it gets");
}

void read_secrets(const Map& map, const fs::path& root, ProviderSettings& settings) {
    auto read = [&](const char* key, std::optional<SecretSource>& into) {
        if (auto node = map.find(key)) into = read_secret_source(*node, root);
    };
    read(settings.kind == ProviderKind::kSes ? "access_key" : "api_key", settings.api_key);
    read("secret_key", settings.secret_key);
    read("session_token", settings.session_token);
    read("webhook_secret", settings.webhook_secret);
}

void read_name(const Map& map, const char* key, std::string& into) {
    auto node = map.find(key);
    if (auto name = node ? node->line() : std::nullopt) into = name->text;
}

}  // namespace

const Vocabulary& provider_keys(ProviderKind kind) {
    static const auto kKeys = [] {
        std::array<Vocabulary, 8> keys;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            keys.at(i) = make_keys(static_cast<ProviderKind>(i));
        }
        return keys;
    }();
    return kKeys.at(static_cast<std::size_t>(kind));
}

ProviderSettings read_provider(ProviderKind kind, const Map& map, const fs::path& root) {
    ProviderSettings settings;
    settings.kind = kind;
    map.need(words_of(kind).needs);
    read_secrets(map, root, settings);
    if (auto node = map.find("endpoint")) settings.endpoint = read_endpoint(*node);
    if (auto node = map.find("region")) settings.region = read_region(*node, kind);
    if (auto node = map.find("domain")) {
        auto written = node->line();
        auto domain = written ? check_domain(*node, node->place(), written->text) : std::nullopt;
        settings.domain = domain.value_or("");
    }
    if (kind == ProviderKind::kPostmark) settings.stream = "broadcast";
    read_name(map, "stream", settings.stream);
    read_name(map, "configuration_set", settings.configuration_set);
    if (auto node = map.find("topics")) settings.topics = read_topics(*node);
    if (auto node = map.find("connections")) {
        settings.connections =
            node->whole_number(1, kMostConnections).value_or(settings.connections);
    }
    read_batch(map, settings);
    return settings;
}

}  // namespace tocsin

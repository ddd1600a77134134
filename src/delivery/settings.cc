#include "delivery/settings.h"

#include "delivery/content_facts.h"

namespace tocsin {
namespace {

// The names of model/workspace.h in their order, as tocsin.yaml calls them.
constexpr const char* kTlsModes[] = {"required", "implicit", "none"};
constexpr const char* kAuthMethods[] = {"best", "plain", "login", "xoauth2", "external"};

std::string text(bool flag) {
    return flag ? "true" : "false";
}

// A command can hold a secret, whatever the documentation says.
std::string text(const std::optional<SecretSource>& source) {
    if (!source) return "";
    switch (source->kind) {
        case SecretSource::Kind::kFile:
            return "file " + source->value;
        case SecretSource::Kind::kEnvironment:
            return "env " + source->value;
        case SecretSource::Kind::kCommand:
            return digest_fact("command " + source->value);
    }
    return "";
}

class Collector {
  public:
    explicit Collector(const Workspace& workspace) : workspace_(workspace) {}

    void add_transport(const TransportDefinition& transport) {
        within_ = "transports." + transport.name + ".";
        std::visit([&](const auto& settings) { add_definition(settings); }, transport.settings);
        add_limits(transport.limits);
        for (std::size_t i = 0; i < transport.dkim.size(); ++i) {
            const DkimKey& key = transport.dkim[i];
            add("dkim[" + std::to_string(i) + "]",
                key.selector + "._domainkey." + key.domain + ", " + text(key.key));
        }
        within_.clear();
    }

    void add(const std::string& name, std::string value) {
        facts_["`" + within_ + name + "`"] = std::move(value);
    }
    Facts take() { return std::move(facts_); }

  private:
    std::string shown(const std::filesystem::path& path) const {
        return path.empty() ? "" : workspace_.shown(path);
    }

    void add_definition(const MaildirSettings& maildir) {
        add("type", "maildir");
        add("path", shown(maildir.path));
    }

    void add_definition(const SmtpSettings& smtp) {
        add("type", "smtp");
        add("host", smtp.host);
        add("port", std::to_string(smtp.port));
        add("tls", kTlsModes[static_cast<int>(smtp.tls)]);
        add("allow_plaintext", text(smtp.allow_plaintext));
        // Half of a login, which the ledger need not know.
        add("username", smtp.username.empty() ? "" : digest_fact(smtp.username));
        add("password", text(smtp.password));
        add("auth", kAuthMethods[static_cast<int>(smtp.auth)]);
        add("ehlo", smtp.ehlo);
        add("ca_file", shown(smtp.ca_file));
        add("client_certificate", shown(smtp.client_certificate));
        add("source_address", smtp.source_address);
        add("proxy", digest_of_login(smtp.proxy));
        add("connections", std::to_string(smtp.connections));
        add("messages_per_connection", std::to_string(smtp.messages_per_connection));
    }

    void add_definition(const ProviderSettings& provider) {
        add("type", std::string(name(provider.kind)));
        add("endpoint", provider.endpoint);
        add("region", provider.region);
        add("api_key", text(provider.api_key));
        add("secret_key", text(provider.secret_key));
        add("session_token", text(provider.session_token));
        add("domain", provider.domain);
        add("stream", provider.stream);
        add("configuration_set", provider.configuration_set);
        add("connections", std::to_string(provider.connections));
        add("batch", std::to_string(provider.batch));
    }

    // A proxy's URL can hold a login.
    static std::string digest_of_login(const std::string& url) {
        return url.find('@') == std::string::npos ? url : digest_fact(url);
    }

    void add_limits(const TransportLimits& limits) {
        add("rate", shown_rates(limits.rates));
        add("give_up_after", std::to_string(limits.give_up_after.count() / 1000) + " s");
        if (limits.warm_up) add("warm_up", shown_warm_up(*limits.warm_up));
        for (const auto& [domain, its] : limits.domains) {
            add("domains." + domain + ".rate", shown_rates(its.rates));
            if (its.connections) {
                add("domains." + domain + ".connections", std::to_string(*its.connections));
            }
        }
    }

    static std::string shown_warm_up(const WarmUp& warm_up) {
        std::string steps;
        for (std::int64_t step : warm_up.steps) {
            steps += (steps.empty() ? "" : ", ") + std::to_string(step);
        }
        return "from " + iso8601(warm_up.from).substr(0, 10) + ": " + steps;
    }

    const Workspace& workspace_;
    std::string within_;
    Facts facts_;
};

}  // namespace

Facts settings_of(const Workspace& workspace, const Content& content) {
    Collector collector(workspace);
    const std::string& name =
        content.transport.empty() ? workspace.default_transport : content.transport;
    collector.add("transport", name);
    auto transport = workspace.transports.find(name);
    if (transport != workspace.transports.end()) collector.add_transport(transport->second);
    collector.add("breaker.rejected", std::to_string(workspace.breaker.percent) + "%");
    collector.add("breaker.after", std::to_string(workspace.breaker.after));
    collector.add("unsubscribe.require_live", text(workspace.unsubscribe.require_live));
    return collector.take();
}

}  // namespace tocsin

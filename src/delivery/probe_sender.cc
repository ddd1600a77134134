#include "delivery/probe_sender.h"

#include <set>

#include "base/error.h"
#include "campaign/secret.h"
#include "delivery/open_transport.h"
#include "probe/dkim_key.h"
#include "probe/dmarc.h"
#include "probe/mx.h"
#include "probe/spf.h"

namespace tocsin {
namespace {

// Null where none is named: `send` will refuse, and the DNS can be asked all the same.
const TransportDefinition* find_transport(const Workspace& workspace, const Campaign& campaign) {
    try {
        return &choose_transport(workspace, campaign.transport ? campaign.transport->text : "");
    } catch (const ConfigError&) {
        return nullptr;
    }
}

class SenderProbe {
  public:
    SenderProbe(Dns& dns, const Workspace& workspace, const Campaign& campaign, LintReport& report)
        : dns_(dns),
          workspace_(workspace),
          campaign_(campaign),
          report_(report),
          transport_(find_transport(workspace, campaign)) {}

    std::vector<DnsVerdict> run() {
        ask_spf();
        if (transport_ != nullptr) {
            for (const DkimKey& key : transport_->dkim) ask_dkim(key);
        }
        ask_dmarc();
        ask_mx();
        return std::move(verdicts_);
    }

  private:
    const std::string& from() const { return campaign_.from.address.domain(); }
    bool is_provider() const {
        return transport_ != nullptr &&
               std::holds_alternative<ProviderSettings>(transport_->settings);
    }
    const std::string& return_path() const {
        return workspace_.bounce_address ? workspace_.bounce_address->domain() : from();
    }
    Place settings() const { return {"tocsin.yaml", 0, 0}; }

    void take(DnsVerdict verdict, const Place& place) {
        const bool in_campaign = place.file == campaign_.source.name();
        const std::string excerpt =
            in_campaign ? std::string(campaign_.source.line(place.line)) : "";
        for (const auto& remark : verdict.remarks) {
            report_.add(verdict.rule, place, remark.message, remark.hint, excerpt);
        }
        verdicts_.push_back(std::move(verdict));
    }

    void ask_spf() {
        const Place place = workspace_.bounce_address ? settings() : campaign_.from_place;
        if (!is_provider()) return take(probe_spf(dns_, return_path()), place);
        DnsVerdict verdict{.rule = "dns-spf", .name = return_path()};
        verdict.note = "not asked: a provider's return paths are its own";
        take(std::move(verdict), place);
    }

    void ask_dkim(const DkimKey& key) {
        try {
            auto made =
                DkimIdentity::make(key.domain, key.selector, fetch_secret(key.key, workspace_));
            if (auto* identity = std::get_if<DkimIdentity>(&made)) {
                return take(probe_dkim(dns_, identity->domain, identity->selector, &identity->key),
                            transport_->place);
            }
        } catch (const ConfigError&) {
            // The key may lie elsewhere: `send` demands it, and a note says that it was not seen.
        }
        take(probe_dkim(dns_, key.domain, key.selector, nullptr), transport_->place);
    }

    void ask_dmarc() {
        SenderIdentity sender{from(), return_path(), {}, is_provider()};
        if (transport_ != nullptr) {
            for (const DkimKey& key : transport_->dkim) sender.dkim.push_back(key.domain);
        }
        take(probe_dmarc(dns_, sender), campaign_.from_place);
    }

    void ask_mx() {
        ask_mx_of(from(), "the domain of `from`", campaign_.from_place);
        if (campaign_.reply_to) {
            ask_mx_of(campaign_.reply_to->address.domain(), "the domain of `reply_to`",
                      campaign_.reply_to_place);
        }
        if (workspace_.bounce_address) {
            ask_mx_of(workspace_.bounce_address->domain(), "the domain of `bounce_address`",
                      settings());
        }
        if (workspace_.unsubscribe.mailto) {
            ask_mx_of(workspace_.unsubscribe.mailto->domain(), "the domain of `unsubscribe.mailto`",
                      settings());
        }
    }

    void ask_mx_of(const std::string& domain, const std::string& what, const Place& place) {
        if (asked_.insert(domain).second) take(probe_mx(dns_, domain, what), place);
    }

    Dns& dns_;
    const Workspace& workspace_;
    const Campaign& campaign_;
    LintReport& report_;
    const TransportDefinition* const transport_;
    std::vector<DnsVerdict> verdicts_;
    std::set<std::string> asked_;
};

}  // namespace

std::vector<DnsVerdict> probe_sender(Dns& dns, const Workspace& workspace, const Campaign& campaign,
                                     LintReport& report) {
    return SenderProbe(dns, workspace, campaign, report).run();
}

}  // namespace tocsin

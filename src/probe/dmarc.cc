#include "probe/dmarc.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "mail/dkim_identity.h"
#include "mail/tag_list.h"

namespace tocsin {
namespace {

bool is_dmarc(const std::string& text) {
    return ascii_lower(text.substr(0, 8)) == "v=dmarc1";
}

// "a.b.example" → "b.example"; nothing where only one label would be left.
std::optional<std::string> parent_of(const std::string& domain) {
    const std::size_t dot = domain.find('.');
    if (dot == domain.npos) return std::nullopt;
    std::string parent = domain.substr(dot + 1);
    return parent.find('.') == parent.npos ? std::nullopt : std::optional(parent);
}

class Probe {
  public:
    Probe(Dns& dns, const SenderIdentity& sender) : dns_(dns), sender_(sender) {
        verdict_.rule = "dns-dmarc";
        verdict_.name = "_dmarc." + sender.from;
    }

    DnsVerdict run() {
        for (std::optional<std::string> at = sender_.from; at; at = parent_of(*at)) {
            const DnsAnswer answer = dns_.txt("_dmarc." + *at);
            if (answer.unknown()) {
                verdict_.tell_unknown("the DMARC record of `" + *at + "`", answer);
                return std::move(verdict_);
            }
            std::ranges::copy_if(answer.values, std::back_inserter(verdict_.records), is_dmarc);
            if (!verdict_.records.empty()) {
                verdict_.name = "_dmarc." + *at;
                judge();
                return std::move(verdict_);
            }
        }
        verdict_.remark("`" + sender_.from + "` has no DMARC record",
                        "publish a TXT record at `_dmarc." + sender_.from +
                            "`, at least `v=DMARC1; p=none; rua=mailto:ADDRESS`");
        return std::move(verdict_);
    }

  private:
    void judge() {
        if (verdict_.records.size() > 1) {
            verdict_.remark("there are " + std::to_string(verdict_.records.size()) +
                                " DMARC records at `" + verdict_.name +
                                "`, and receivers then count none",
                            "leave one");
            return;
        }
        auto tags = parse_tag_list(verdict_.records.front());
        if (!tags || (*tags)["v"] != "DMARC1") {
            verdict_.remark("the DMARC record at `" + verdict_.name + "` cannot be understood",
                            "it has the form `v=DMARC1; p=none; rua=mailto:ADDRESS`");
            return;
        }
        judge_policy(*tags);
        judge_alignment(*tags);
    }

    void judge_policy(const std::map<std::string, std::string>& tags) {
        auto policy = tags.find("p");
        const std::string given = policy == tags.end() ? "" : ascii_lower(policy->second);
        if (given == "none" || given == "quarantine" || given == "reject") return;
        verdict_.remark("the DMARC record at `" + verdict_.name + "` " +
                            (given.empty() ? "has no `p=`" : "has a `p=` that nobody knows"),
                        "`p=none`, `p=quarantine` or `p=reject`");
    }

    static bool is_strict(const std::map<std::string, std::string>& tags, const char* which) {
        auto found = tags.find(which);
        return found != tags.end() && ascii_iequals(found->second, "s");
    }

    bool aligned(const std::string& domain, bool strict) const {
        return strict ? domain == sender_.from : is_aligned(domain, sender_.from);
    }

    void judge_alignment(const std::map<std::string, std::string>& tags) {
        if (sender_.elsewhere) {
            verdict_.note =
                "whether the provider signs for this domain is for the provider to show";
            return;
        }
        const bool strict_dkim = is_strict(tags, "adkim");
        const bool by_key = std::ranges::any_of(
            sender_.dkim, [&](const std::string& domain) { return aligned(domain, strict_dkim); });
        if (by_key) return;
        if (aligned(sender_.return_path, is_strict(tags, "aspf"))) {
            verdict_.note =
                "only SPF is aligned here: a mail that is forwarded fails, if the "
                "relay does not sign it";
            return;
        }
        verdict_.remark("neither the return path's domain `" + sender_.return_path +
                            "` nor a DKIM key is aligned with `" + sender_.from +
                            "`: DMARC fails, if the relay does not sign for it",
                        "sign with a key of `" + sender_.from + "` (docs/dkim.md), or let " +
                            "`bounce_address` be below it");
    }

    Dns& dns_;
    const SenderIdentity& sender_;
    DnsVerdict verdict_;
};

}  // namespace

DnsVerdict probe_dmarc(Dns& dns, const SenderIdentity& sender) {
    return Probe(dns, sender).run();
}

}  // namespace tocsin

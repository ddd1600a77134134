#include "probe/dkim_key.h"

#include <algorithm>

#include "mail/dkim_record.h"

namespace tocsin {
namespace {

constexpr char kPublish[] = "publish the key's public half there, as docs/dkim.md shows";
constexpr int kFewestBits = 2048;  // RFC 8301: at least 1024, and 2048 where one can

bool matches(const DkimRecord& record, const SigningKey& own) {
    const bool rsa = record.kind == DkimRecord::Kind::kRsa;
    return rsa == (own.kind() == SigningKey::Kind::kRsa) && record.public_key == own.public_key();
}

void judge(const DkimRecord& record, const SigningKey* own, DnsVerdict& verdict) {
    const std::string key = "the DKIM key at `" + verdict.name + "`";
    if (record.revoked) {
        verdict.remark(key + " is revoked: its `p=` is empty", kPublish);
        return;
    }
    if (record.kind == DkimRecord::Kind::kRsa && record.bits < kFewestBits) {
        verdict.remark(key + " has " + std::to_string(record.bits) + " bits; receivers want 2048",
                       "make a new one with a selector of its own (docs/dkim.md)");
    }
    if (record.testing) {
        verdict.remark(key + " is marked as a test (`t=y`): receivers may ignore it",
                       "take the `t=y` out when you send for real");
    }
    if (own == nullptr) {
        verdict.note = "not compared with the private key, which cannot be read here";
    } else if (!matches(record, *own)) {
        verdict.remark(key + " is not the other half of the one that signs", kPublish);
    }
}

}  // namespace

DnsVerdict probe_dkim(Dns& dns, const std::string& domain, const std::string& selector,
                      const SigningKey* own) {
    DnsVerdict verdict{.rule = "dns-dkim", .name = selector + "._domainkey." + domain};
    const DnsAnswer answer = dns.txt(verdict.name);
    verdict.records = answer.values;
    if (answer.unknown()) {
        verdict.tell_unknown("the DKIM key at `" + verdict.name + "`", answer);
    } else if (answer.values.empty()) {
        verdict.remark("there is no DKIM key at `" + verdict.name + "`", kPublish);
    } else if (answer.values.size() > 1) {
        verdict.remark("there are " + std::to_string(answer.values.size()) + " TXT records at `" +
                           verdict.name + "`, and receivers may take any of them",
                       "leave the one that is the key");
    } else {
        auto parsed = parse_dkim_record(answer.values.front());
        if (auto* fault = std::get_if<std::string>(&parsed)) {
            verdict.remark("the record at `" + verdict.name + "` is no DKIM key: " + *fault,
                           kPublish);
        } else {
            judge(std::get<DkimRecord>(parsed), own, verdict);
        }
    }
    return verdict;
}

}  // namespace tocsin

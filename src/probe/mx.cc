#include "probe/mx.h"

#include <algorithm>

namespace tocsin {
namespace {

constexpr char kHint[] = "publish an MX record there, or use an address that takes mail";

bool is_null(const std::string& host) {
    return host.empty() || host == ".";
}

void judge_address(Dns& dns, const std::string& subject, DnsVerdict& verdict) {
    const DnsAnswer address = dns.address(verdict.name);
    if (address.unknown()) {
        verdict.tell_unknown("the address of `" + verdict.name + "`, which has no MX record,",
                             address);
    } else if (!address.found()) {
        verdict.remark(subject + " has neither an MX record nor an address", kHint);
    } else {
        verdict.note = "no MX record; its own address counts";
    }
}

}  // namespace

DnsVerdict probe_mx(Dns& dns, const std::string& domain, const std::string& what) {
    DnsVerdict verdict{.rule = "dns-mx", .name = domain};
    const std::string subject = "`" + domain + "`, " + what + ",";
    const DnsAnswer answer = dns.mx(domain);
    verdict.records = answer.values;
    if (answer.unknown()) {
        verdict.tell_unknown("the MX records of `" + domain + "`", answer);
    } else if (answer.kind == DnsAnswer::Kind::kNoName) {
        verdict.remark(subject + " does not exist in the DNS", kHint);
    } else if (!answer.found()) {
        judge_address(dns, subject, verdict);
    } else if (std::ranges::all_of(answer.values, is_null)) {
        verdict.remark(subject + " says that it takes no mail (null MX)", kHint);
    }
    return verdict;
}

}  // namespace tocsin

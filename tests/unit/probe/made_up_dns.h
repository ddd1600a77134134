// A DNS of a test's own records.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "probe/dns.h"

namespace tocsin::test {

struct MadeUpDns : Dns {
    std::map<std::string, DnsAnswer> txts{}, mxs{}, addresses{};
    std::vector<std::string> asked{};

    static DnsAnswer found(std::vector<std::string> values) {
        return {DnsAnswer::Kind::kFound, std::move(values), ""};
    }
    static DnsAnswer silence() {
        return {DnsAnswer::Kind::kUnknown, {}, "no name server answered"};
    }

    DnsAnswer txt(const std::string& name) override { return look(txts, name); }
    DnsAnswer mx(const std::string& name) override { return look(mxs, name); }
    DnsAnswer address(const std::string& name) override { return look(addresses, name); }

  private:
    DnsAnswer look(const std::map<std::string, DnsAnswer>& records, const std::string& name) {
        asked.push_back(name);
        auto known = records.find(name);
        return known == records.end() ? DnsAnswer{DnsAnswer::Kind::kNoName, {}, ""} : known->second;
    }
};

// The remarks of a verdict, a line each.
inline std::string remarks(const DnsVerdict& verdict) {
    std::string text;
    for (const auto& remark : verdict.remarks) text += remark.message + "\n";
    return text;
}

}  // namespace tocsin::test

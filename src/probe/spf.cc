#include "probe/spf.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::string_view kVersion = "v=spf1";

bool is_spf(const std::string& text) {
    return ascii_lower(text.substr(0, kVersion.size())) == kVersion &&
           (text.size() == kVersion.size() || text[kVersion.size()] == ' ');
}

// One mechanism or modifier: "-include:relay.example" is '-', "include", "relay.example".
struct Term {
    char sign = '+';
    std::string name;
    std::string value;
    bool is_modifier = false;
};

Term parse_term(std::string_view text) {
    Term term;
    if (!text.empty() && std::string_view("+-~?").find(text.front()) != text.npos) {
        term.sign = text.front();
        text.remove_prefix(1);
    }
    const std::size_t end = text.find_first_of(":=/");
    term.name = ascii_lower(text.substr(0, end));
    if (end == text.npos) return term;
    term.is_modifier = text[end] == '=';
    term.value = text.substr(text[end] == '/' ? end : end + 1);
    return term;
}

std::vector<Term> terms_of(std::string_view record) {
    std::vector<Term> terms;
    record.remove_prefix(kVersion.size());
    while (!(record = trim(record)).empty()) {
        const std::size_t end = record.find(' ');
        terms.push_back(parse_term(record.substr(0, end)));
        record.remove_prefix(end == record.npos ? record.size() : end);
    }
    return terms;
}

template <std::size_t N>
bool is_one_of(const std::string& name, const std::string_view (&names)[N]) {
    return std::ranges::find(names, name) != std::end(names);
}

bool is_known(const Term& term) {
    constexpr std::string_view kMechanisms[] = {"all", "include", "a",   "mx",
                                                "ptr", "ip4",     "ip6", "exists"};
    return term.is_modifier || is_one_of(term.name, kMechanisms);
}

bool needs_lookup(const Term& term) {
    constexpr std::string_view kAsking[] = {"include", "a", "mx", "ptr", "exists"};
    return term.is_modifier ? term.name == "redirect" : is_one_of(term.name, kAsking);
}

// Another record that is a part of this one.
bool goes_on(const Term& term) {
    const bool leads = term.name == (term.is_modifier ? "redirect" : "include");
    return leads && term.value.find('%') == std::string::npos;  // macros depend on the mail
}

class Probe {
  public:
    Probe(Dns& dns, const std::string& domain) : dns_(dns), domain_(domain) {
        verdict_.rule = "dns-spf";
        verdict_.name = domain;
    }

    DnsVerdict run() {
        const DnsAnswer answer = dns_.txt(domain_);
        if (answer.unknown()) {
            verdict_.tell_unknown("the SPF record of `" + domain_ + "`", answer);
            return std::move(verdict_);
        }
        std::ranges::copy_if(answer.values, std::back_inserter(verdict_.records), is_spf);
        if (verdict_.records.size() == 1) {
            walk(domain_, verdict_.records.front());
            tell_lookups();
        } else {
            tell_count();
        }
        return std::move(verdict_);
    }

  private:
    void tell_count() {
        if (verdict_.records.empty()) {
            verdict_.remark("`" + domain_ + "` has no SPF record",
                            "publish a TXT record there that names your servers, such as `v=spf1 "
                            "include:RELAY ~all`");
        } else {
            verdict_.remark("`" + domain_ + "` has " + std::to_string(verdict_.records.size()) +
                                " SPF records, and receivers then count none",
                            "put them together into one");
        }
    }

    void tell_lookups() {
        if (lookups_ <= kMostSpfLookups) return;
        verdict_.remark(
            "the SPF record of `" + domain_ +
                "` needs more than 10 look-ups, and receivers then count it for nothing",
            "take out the `include:` of services that no longer send for you");
    }

    void walk(const std::string& at, const std::string& record) {
        for (const Term& term : terms_of(record)) {
            judge(at, term);
            if (!needs_lookup(term)) continue;
            if (++lookups_ > kMostSpfLookups) return;
            if (goes_on(term)) follow(at, term);
        }
    }

    void judge(const std::string& at, const Term& term) {
        if (!is_known(term)) {
            verdict_.remark("the SPF record of `" + at + "` has a `" + printable(term.name) +
                                "`, which SPF does not know: receivers then count it for nothing",
                            "correct it");
        }
        // Behind an `include`, what is said of everybody else has no effect.
        if (at == domain_ && term.name == "all" && term.sign == '+') {
            verdict_.remark("the SPF record of `" + domain_ + "` lets everybody send (`+all`)",
                            "end it with `~all` or `-all`");
        }
    }

    void follow(const std::string& at, const Term& term) {
        const DnsAnswer answer = dns_.txt(term.value);
        if (answer.unknown()) {
            verdict_.tell_unknown(
                "the SPF record of `" + term.value + "`, which that of `" + at + "` includes,",
                answer);
            return;
        }
        auto record = std::ranges::find_if(answer.values, is_spf);
        if (record != answer.values.end()) return walk(term.value, *record);
        verdict_.remark("the SPF record of `" + at + "` includes that of `" +
                            printable(term.value) +
                            "`, which has none: receivers then count it for nothing",
                        "correct the name, or take it out");
    }

    Dns& dns_;
    const std::string& domain_;
    DnsVerdict verdict_;
    int lookups_ = 0;
};

}  // namespace

DnsVerdict probe_spf(Dns& dns, const std::string& domain) {
    return Probe(dns, domain).run();
}

}  // namespace tocsin

// What name servers and a spam filter answer: whatever it is, a verdict comes of it that can be
// shown on a terminal. The first line is the record of the domain that is asked about, each other
// that of the next domain that is asked for.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/text.h"
#include "probe/dkim_key.h"
#include "probe/dmarc.h"
#include "probe/mx.h"
#include "probe/spam_filter.h"
#include "probe/spf.h"

using namespace tocsin;

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

class Answers : public Dns {
  public:
    explicit Answers(std::string_view text) : text_(text) {}

    DnsAnswer txt(const std::string&) override { return next(); }
    DnsAnswer mx(const std::string&) override { return next(); }
    DnsAnswer address(const std::string&) override { return next(); }

    int asked() const { return asked_; }

  private:
    DnsAnswer next() {
        ++asked_;
        if (text_.empty()) return {};
        const std::size_t end = std::min(text_.find('\n'), text_.size());
        std::string record(text_.substr(0, end));
        text_.remove_prefix(std::min(end + 1, text_.size()));
        return {DnsAnswer::Kind::kFound, {std::move(record)}, ""};
    }

    std::string_view text_;
    int asked_ = 0;
};

void check(const DnsVerdict& verdict) {
    for (const auto& remark : verdict.remarks) {
        demand(!remark.message.empty() && !has_control(remark.message));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    Answers spf(text), dkim(text), dmarc(text), mx(text);
    check(probe_spf(spf, "harbour.example"));
    demand(spf.asked() <= 1 + kMostSpfLookups);
    check(probe_dkim(dkim, "harbour.example", "s1", nullptr));
    check(probe_dmarc(dmarc, {"harbour.example", "b.harbour.example", {}, false}));
    check(probe_mx(mx, "harbour.example", "the domain of `from`"));
    if (auto verdict = parse_spam_report(std::string(text))) {
        for (const SpamRule& rule : verdict->rules) {
            demand(!has_control(rule.name) && !has_control(rule.description));
        }
    }
    return 0;
}

#include "delivery/duration.h"

#include "base/text.h"
#include "delivery/rates/warm_up_limiter.h"
#include "delivery/slots.h"
#include "model/content.h"

namespace tocsin {
namespace {

using std::chrono::days;
using std::chrono::seconds;

Microseconds with_warm_up(const Slots& limits, const std::optional<WarmUp>& warm_up,
                          std::int64_t mails, WallTime begin) {
    WallTime now = begin;
    for (; warm_up; now = std::chrono::floor<days>(now) + days(1)) {
        auto step = step_of(*warm_up, std::chrono::floor<days>(now));
        if (!step) break;
        WallTime midnight = std::chrono::floor<days>(now) + days(1);
        std::int64_t today = limits.within(midnight - now, std::min(*step, mails));
        if (today == mails) break;
        mails -= today;
    }
    return now - begin + limits.last(mails);
}

bool has_limits(const RunRates& rates, const DomainGroups& groups, const MailsByGroup& mails) {
    bool in_groups = std::any_of(mails.begin(), mails.end(), [&](const auto& entry) {
        return !groups.rates(entry.first).empty();
    });
    return in_groups || !rates.limits.rates.empty() || !rates.rates.empty() || rates.limits.warm_up;
}

// Everybody who is still to be mailed. Walks the rows only where a group has rates of its own.
MailsByGroup mails_left(const DomainGroups& groups, const MailingKey& mailing, Ledger& ledger) {
    MailsByGroup mails;
    bool by_group = false;
    for (GroupId id = 0; id < groups.size(); ++id) by_group |= !groups.rates(id).empty();
    if (!by_group) {
        Counts counts = ledger.counts(mailing);
        mails[kEverybodyElse] =
            static_cast<std::int64_t>(counts.of(State::kPlanned) + counts.of(State::kDeferred));
        return mails;
    }
    ledger.for_each_row(mailing, [&](const std::string& key, State state) {
        if (state != State::kPlanned && state != State::kDeferred) return;
        ++mails[groups.of(std::string_view(key).substr(key.rfind('@') + 1))];
    });
    return mails;
}

}  // namespace

std::optional<seconds> duration(const RunRates& rates, const DomainGroups& groups,
                                const MailsByGroup& mails, WallTime begin) {
    if (!has_limits(rates, groups, mails)) return std::nullopt;
    std::int64_t all = 0;
    Microseconds longest{0};
    for (const auto& [group, count] : mails) {
        if (count == 0) continue;
        all += count;
        longest = std::max(longest, Slots(groups.rates(group)).last(count));
    }
    if (all > 0) {
        longest = std::max(longest, with_warm_up(Slots(rates), rates.limits.warm_up, all, begin));
    }
    return std::chrono::ceil<seconds>(longest);
}

std::optional<seconds> duration(const Workspace& workspace, const PlanInfo& plan, Ledger& ledger,
                                WallTime now) {
    Content content = parse_content(plan.content);
    const std::string& name =
        content.transport.empty() ? workspace.default_transport : content.transport;
    auto transport = workspace.transports.find(name);
    if (transport == workspace.transports.end()) return std::nullopt;
    RunRates rates{name, transport->second.limits, content.campaign, content.rates};
    DomainGroups groups(rates.limits.domains, 1);
    return duration(rates, groups, mails_left(groups, plan.mailing, ledger), now);
}

std::string shown_duration(seconds duration) {
    auto number = [](std::int64_t n) { return std::to_string(n); };
    std::int64_t all = duration.count();
    if (all < 100) return number(all) + " s";
    std::int64_t minutes = (all + 30) / 60;
    if (minutes < 100) return number(minutes) + " min";
    std::int64_t hours = minutes / 60;
    if (hours < 48) return number(hours) + " h " + number(minutes % 60) + " min";
    return grouped(static_cast<std::size_t>(hours / 24)) + " days " + number(hours % 24) + " h";
}

}  // namespace tocsin

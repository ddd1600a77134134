#include "campaign/limits_reader.h"

#include <chrono>

#include "campaign/domain_name.h"
#include "campaign/duration_reader.h"
#include "campaign/quantity.h"
#include "campaign/quote.h"
#include "campaign/rate_reader.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;

constexpr NamedDuration kSoonest{1min, "1 minute"};
constexpr NamedDuration kLatest{30 * 24h, "30 days"};
constexpr int kMostMails = 1'000'000'000;
constexpr int kMostConnections = 100;

std::optional<std::chrono::sys_days> read_date(const Node& node) {
    auto written = node.line();
    if (!written) return std::nullopt;
    if (auto midnight = parse_iso8601(written->text + "T00:00:00Z")) {
        return std::chrono::floor<std::chrono::days>(*midnight);
    }
    node.error("bad-date", node.name() + " expects a day, found " + in_backquotes(written->text),
               "write it as `2026-12-01`");
    return std::nullopt;
}

std::vector<std::int64_t> read_steps(const Node& node) {
    std::vector<std::int64_t> steps;
    for (const Node& item : node.items_named("step")) {
        auto step = item.whole_number(1, kMostMails);
        if (!step) continue;
        if (!steps.empty() && *step < steps.back()) {
            item.warning("shrinking-step", item.name() + " is smaller than the one before it");
        }
        steps.push_back(*step);
    }
    return steps;
}

std::optional<WarmUp> read_warm_up(const Node& node) {
    auto map = Map::read(node, kWarmUpKeys);
    if (!map) return std::nullopt;
    map->need({"from", "steps"});
    auto from = map->find("from");
    auto steps = map->find("steps");
    auto day = from ? read_date(*from) : std::nullopt;
    auto budgets = steps ? read_steps(*steps) : std::vector<std::int64_t>{};
    if (!day || budgets.empty()) return std::nullopt;
    return WarmUp{*day, std::move(budgets)};
}

DomainLimits read_domain(const Node& node) {
    DomainLimits limits;
    auto map = Map::read(node, kDomainKeys);
    if (!map) return limits;
    if (auto rate = map->find("rate")) limits.rates = read_rates(*rate);
    if (auto connections = map->find("connections")) {
        limits.connections = connections->whole_number(1, kMostConnections);
    }
    if (node.yaml().members.empty()) {
        map->report_missing(node.name() + " needs the key `rate` or `connections`");
    }
    return limits;
}

std::map<std::string, DomainLimits> read_domains(const Node& node) {
    std::map<std::string, DomainLimits> domains;
    for (const auto& [written, member] : node.members()) {
        auto domain = check_domain(member, member.key_place(), written);
        DomainLimits limits = read_domain(member);
        if (!domain) continue;
        if (!domains.emplace(*domain, std::move(limits)).second) {
            member.error_at(member.key_place(), "duplicate-key",
                            in_backquotes(written) + " is the domain " + in_backquotes(*domain) +
                                ", which stands here already",
                            "keep one of them");
        }
    }
    return domains;
}

std::optional<int> read_percent(const Node& node) {
    auto written = node.line();
    if (!written) return std::nullopt;
    std::string_view text = written->text;
    bool has_sign = text.ends_with('%');
    if (has_sign) text.remove_suffix(1);
    auto number = plain_number(text);
    if (!number || !has_sign) {
        node.error("bad-percent",
                   node.name() + " expects whole percent, found " + in_backquotes(written->text),
                   "write `" + (number ? std::string(text) : "10") + "%`");
        return std::nullopt;
    }
    if (*number >= 1 && *number <= 100) return static_cast<int>(*number);
    node.error("out-of-range", node.name() + " must be between 1% and 100%");
    return std::nullopt;
}

}  // namespace

TransportLimits read_limits(const Map& transport) {
    TransportLimits limits;
    if (auto rate = transport.find("rate")) limits.rates = read_rates(*rate);
    if (auto warm_up = transport.find("warm_up")) limits.warm_up = read_warm_up(*warm_up);
    if (auto node = transport.find("give_up_after")) {
        limits.give_up_after =
            read_duration(*node, kSoonest, kLatest).value_or(limits.give_up_after);
    }
    if (auto domains = transport.find("domains")) limits.domains = read_domains(*domains);
    return limits;
}

Breaker read_breaker(const Node& node) {
    Breaker breaker;
    auto map = Map::read(node, kBreakerKeys);
    if (!map) return breaker;
    if (auto rejected = map->find("rejected")) {
        breaker.percent = read_percent(*rejected).value_or(breaker.percent);
    }
    if (auto after = map->find("after")) {
        breaker.after = after->whole_number(1, kMostMails).value_or(breaker.after);
    }
    return breaker;
}

}  // namespace tocsin

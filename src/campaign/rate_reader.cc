#include "campaign/rate_reader.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/text.h"
#include "campaign/quantity.h"
#include "campaign/quote.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;

constexpr std::array<TimeUnit, 4> kPeriods{{{"s", 1s}, {"min", 1min}, {"h", 1h}, {"day", 24h}}};
constexpr std::int64_t kMostMails = 1'000'000'000;

struct Halves {
    std::string_view number;
    std::string_view period;
};

Halves split(std::string_view text) {
    auto slash = std::min(text.find('/'), text.size());
    return {text.substr(0, slash), text.substr(std::min(slash + 1, text.size()))};
}

// "write `20/s`" for what was meant by `20/sec`, else all forms with the number that is there.
std::string right_form(std::string_view text) {
    auto [number, period] = split(text);
    number = trim(number);
    std::string count(plain_number(number) ? number : "20");
    if (const TimeUnit* meant = unit_meant(kPeriods, period); meant && plain_number(number)) {
        return "write `" + count + "/" + std::string(meant->name) + "`";
    }
    std::vector<std::string> forms;
    for (const TimeUnit& unit : kPeriods) forms.push_back(count + "/" + std::string(unit.name));
    return "write " + listed(forms);
}

std::optional<Rate> read_rate(const Node& node) {
    auto written = node.line();
    if (!written) return std::nullopt;
    auto [number, period] = split(written->text);
    auto count = plain_number(number);
    const TimeUnit* unit = unit_called(kPeriods, period);
    if (!count || !unit) {
        node.error("bad-rate",
                   node.name() + " expects a number and a period, such as `20/s`, found " +
                       in_backquotes(written->text),
                   right_form(written->text));
        return std::nullopt;
    }
    if (*count >= 1 && *count <= kMostMails) return Rate{*count, unit->length};
    node.error("out-of-range",
               node.name() + " must allow between 1 and " + grouped(kMostMails) + " mails",
               *count == 0 ? "to keep a campaign from going out, use `tocsin hold`" : "");
    return std::nullopt;
}

void add_rate(const Node& item, const std::string& owner, Rates& rates) {
    auto rate = read_rate(item);
    if (!rate) return;
    if (std::ranges::count(rates, rate->period, &Rate::period) == 0) {
        rates.push_back(*rate);
    } else {
        item.error("repeated-rate", owner + " has two rates for the same period",
                   "keep one of them");
    }
}

}  // namespace

Rates read_rates(const Node& node) {
    Rates rates;
    if (node.is_text()) {
        add_rate(node, node.name(), rates);
        return rates;
    }
    for (const Node& item : node.items_named("rate")) add_rate(item, node.name(), rates);
    return rates;
}

}  // namespace tocsin

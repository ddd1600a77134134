#include "transport/smtp/capabilities.h"

#include <charconv>

#include "base/text.h"

namespace tocsin {
namespace {

template <class Number>
std::optional<Number> number(std::string_view text) {
    Number value{};
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool whole = error == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(value) : std::nullopt;
}

// "MAILMAX=50 RCPTMAX=100"
std::optional<int> mail_max(std::string_view limits) {
    constexpr std::string_view kName = "MAILMAX=";
    while (!limits.empty()) {
        std::string_view word = limits.substr(0, limits.find(' '));
        limits.remove_prefix(std::min(limits.size(), word.size() + 1));
        if (word.size() <= kName.size() || !ascii_iequals(word.substr(0, kName.size()), kName)) {
            continue;
        }
        auto most = number<int>(word.substr(kName.size()));
        if (most && *most > 0) return most;
    }
    return std::nullopt;
}

void take(std::string_view keyword, std::string_view parameters, Capabilities& found) {
    auto is = [keyword](std::string_view name) { return ascii_iequals(keyword, name); };
    if (is("SIZE")) {
        found.size = true;
        found.most_bytes = number<std::uint64_t>(parameters).value_or(0);
    }
    if (is("PIPELINING")) found.pipelining = true;
    if (is("DSN")) found.dsn = true;
    if (is("8BITMIME")) found.eight_bit_mime = true;
    if (is("SMTPUTF8")) found.smtputf8 = true;
    if (is("AUTH")) found.auth = true;
    if (is("LIMITS")) found.most_messages = mail_max(parameters);
}

}  // namespace

Capabilities read_capabilities(std::span<const std::string> lines) {
    Capabilities found;
    for (const std::string& line : lines.subspan(lines.empty() ? 0 : 1)) {
        // Old servers write "AUTH=LOGIN".
        std::string_view text = line;
        std::string_view keyword = text.substr(0, text.find_first_of(" ="));
        take(keyword, trim(text.substr(std::min(text.size(), keyword.size() + 1))), found);
    }
    return found;
}

}  // namespace tocsin

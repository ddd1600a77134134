#include "unsubscribe/pull_protocol.h"

#include <charconv>

#include "base/random.h"
#include "mail/digest.h"

namespace tocsin::pull {
namespace {

constexpr std::string_view kMagic = "tocsin-pull\t1\t";

// The purpose first and a line end between the parts, which hold none but for the last: what one
// means, another cannot.
std::string mac(const KeyRing::Keys& keys, std::initializer_list<std::string_view> parts) {
    std::string text;
    for (std::string_view part : parts) {
        if (!text.empty()) text += '\n';
        text += part;
    }
    return to_hex(hmac_sha256(keys.remote, text));
}

}  // namespace

std::string request_mac(const KeyRing::Keys& keys, std::string_view method, std::string_view after,
                        std::string_view time, std::string_view nonce) {
    return mac(keys, {"pull request", method, after, time, nonce});
}

std::string answer_mac(const KeyRing::Keys& keys, std::string_view nonce, std::string_view body) {
    return mac(keys, {"pull answer", nonce, body});
}

std::string clock_mac(const KeyRing::Keys& keys, std::string_view nonce, std::string_view time) {
    return mac(keys, {"pull clock", nonce, time});
}

std::string write_head(const Head& head) {
    return std::string(kMagic) + head.id + "\t" + std::to_string(head.last) + "\t" + head.sum +
           "\n";
}

std::optional<Head> parse_head(std::string_view line) {
    if (!line.starts_with(kMagic)) return std::nullopt;
    line.remove_prefix(kMagic.size());
    auto tab = line.find('\t');
    auto second = tab == line.npos ? tab : line.find('\t', tab + 1);
    if (second == line.npos || tab == 0) return std::nullopt;
    auto last = parse_number(line.substr(tab + 1, second - tab - 1));
    if (!last) return std::nullopt;
    return Head{std::string(line.substr(0, tab)), *last, std::string(line.substr(second + 1))};
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t number = 0;
    auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    bool whole = fault == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(number) : std::nullopt;
}

}  // namespace tocsin::pull

#include <algorithm>

#include "base/text.h"
#include "inbound/recognise/addresses.h"
#include "inbound/recognise/diagnosis.h"
#include "inbound/recognise/leaving_words.h"
#include "inbound/recognise/recognisers.h"
#include "inbound/recognise/signs.h"

namespace tocsin {
namespace {

constexpr std::size_t kToken = 52;

bool in_alphabet(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7');
}
bool is_word(char c) {
    return in_alphabet(c) || (c >= '0' && c <= '9');
}

bool asks_to_leave(std::string_view text) {
    std::string words = comparable(trim(text));
    while (!words.empty() &&
           std::string_view(" .!,;:\"'*<>").find(words.back()) != std::string_view::npos) {
        words.pop_back();
    }
    const std::span<const std::string_view> rows = leaving_words();
    return std::find(rows.begin(), rows.end(), words) != rows.end();
}

// The first line that says something.
std::string_view first_words(std::string_view text) {
    while (!text.empty()) {
        std::string_view line = trim(take_line(text));
        if (!line.empty()) return line;
    }
    return {};
}

Report unsubscribe(const ParsedMail& mail) {
    Report report;
    report.kind = FeedbackKind::kUnsubscribe;
    report.text = "asked by mail";
    if (auto from = addresses_in(mail.header.first("from"), 1); !from.empty()) {
        report.recipient = from.front();
    }
    return report;
}

}  // namespace

std::vector<std::string> tokens_in(std::string_view text) {
    std::vector<std::string> found;
    for (std::size_t i = 0; i < text.size() && found.size() < 10;) {
        std::size_t end = i;
        while (end < text.size() && is_word(text[end])) ++end;
        const std::string_view run = text.substr(i, end - i);
        if (run.size() == kToken && std::all_of(run.begin(), run.end(), in_alphabet)) {
            found.push_back(ascii_lower(run));
        }
        i = end + 1;
    }
    return found;
}

std::optional<Report> as_unsubscribe(const ParsedMail& mail, const Notice&) {
    for (std::string_view name : {"to", "delivered-to", "x-original-to", "envelope-to", "cc"}) {
        for (std::string_view value : mail.header.all(name)) {
            for (const std::string& address : addresses_in(value, 20)) {
                const std::string_view local =
                    std::string_view(address).substr(0, address.find('@'));
                const std::size_t plus = local.rfind('+');
                if (plus == local.npos) continue;
                if (local.size() - plus - 1 == kToken &&
                    !tokens_in(local.substr(plus + 1)).empty()) {
                    return unsubscribe(mail);
                }
            }
        }
    }
    return std::nullopt;
}

std::optional<Report> as_unsubscribe_request(const ParsedMail& mail, const Notice& notice) {
    if (is_of_list(mail) || from_mail_system(mail, notice) >= 2) return std::nullopt;
    if (asks_to_leave(mail.header.first("subject"))) return unsubscribe(mail);
    const bool answer = is_answer(mail.header.first("subject")) || mail.header.has("in-reply-to");
    if (answer && asks_to_leave(first_words(notice.text))) return unsubscribe(mail);
    return std::nullopt;
}

}  // namespace tocsin

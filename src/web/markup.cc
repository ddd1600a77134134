#include "web/markup.h"

#include "base/random.h"
#include "unsubscribe/choice.h"

namespace tocsin {
namespace {

bool stands_in_mailto(char c) {
    constexpr std::string_view kOthers = "-._~+!$*";
    bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return is_letter || (c >= '0' && c <= '9') || kOthers.find(c) != kOthers.npos;
}

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (char c : text) {
        out += stands_in_mailto(c) ? std::string(1, c) : "%" + to_hex(std::string(1, c));
    }
    return out;
}

}  // namespace

std::string radio(Choice choice, const std::string& html, bool is_checked) {
    return "<label><input type=\"radio\" name=\"choice\" value=\"" + std::string(name(choice)) +
           "\"" + (is_checked ? " checked" : "") + "> <span>" + html + "</span></label>\n";
}

std::string undo_form(const Wording& words) {
    return "<form method=\"post\">\n<p><button class=\"quiet\" type=\"submit\" name=\"choice\" "
           "value=\"" +
           std::string(name(Choice::kUndo)) + "\">" + words.html("undo") +
           "</button></p>\n</form>\n";
}

std::string folded(const std::string& html_summary, const std::string& html) {
    return "<details>\n<summary>" + html_summary + "</summary>\n" + html + "</details>\n";
}

std::string mailto_link(const Mailbox& mailbox, std::string_view token) {
    std::string link = "mailto:" + percent_encoded(mailbox.local());
    if (!token.empty()) link += "+" + std::string(token);
    return link + "@" + percent_encoded(mailbox.domain()) + "?subject=unsubscribe";
}

}  // namespace tocsin

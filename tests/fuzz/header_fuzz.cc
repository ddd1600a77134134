// Whatever merge data and campaigns put into a message: either the builder refuses it, or the
// message has exactly the header fields that it was told to have.
//
// The input is up to nine fields, separated by the control character RS: subject, From name, a
// header's name and value, an unstructured value, Message-ID, attachment name, text, HTML.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/text.h"
#include "mail/mime.h"

using namespace tocsin;

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

std::string take_field(std::string_view& rest, std::string_view fallback) {
    auto end = rest.find('\x1e');
    std::string field(rest.substr(0, end));
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    return field.empty() ? std::string(fallback) : field;
}

// Splits at CR LF; no other CR or LF may occur, and no line may be too long.
std::vector<std::string_view> lines_of(std::string_view message) {
    std::vector<std::string_view> lines;
    demand(message.ends_with("\r\n"));
    while (!message.empty()) {
        auto end = message.find("\r\n");
        lines.push_back(message.substr(0, end));
        demand(lines.back().find_first_of(std::string_view("\r\n\0", 3)) == message.npos);
        demand(lines.back().size() <= 998);
        message.remove_prefix(end + 2);
    }
    return lines;
}

// The names of the fields before the first empty line; every other line continues a field.
std::vector<std::string> header_names(const std::vector<std::string_view>& lines) {
    std::vector<std::string> names;
    for (auto line : lines) {
        if (line.empty()) return names;
        if (line.front() == ' ') {
            demand(!names.empty() && line.find_first_not_of(" \t") != line.npos);
            continue;
        }
        auto colon = line.find(':');
        demand(colon != line.npos && colon > 0 && line.substr(0, colon).find(' ') == line.npos);
        names.emplace_back(line.substr(0, colon));
    }
    std::abort();  // no empty line ended the header
}

void check_message(const std::string& message, const Draft& draft) {
    demand(std::all_of(message.begin(), message.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
    auto lines = lines_of(message);
    std::vector<std::string> expected = {"Date",    "From",       "To",
                                         "Subject", "Message-ID", "MIME-Version"};
    for (const auto& field : draft.headers) expected.push_back(field.name);
    expected.emplace_back("Content-Type");
    bool is_single = draft.attachments.empty() && (draft.text.empty() || draft.html.empty());
    if (is_single) expected.emplace_back("Content-Transfer-Encoding");
    demand(header_names(lines) == expected);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    Draft draft{.from = {"", Mailbox::from("campaigns@harbour.example")},
                .reply_to = std::nullopt,
                .to = Mailbox::from("jo@harbour.example"),
                .subject = take_field(rest, ""),
                .message_id = "",
                .date = {},
                .headers = {},
                .text = "",
                .html = "",
                .attachments = {}};
    draft.from.name = take_field(rest, "");
    std::string name = take_field(rest, "X-Name");
    draft.headers = {{name, take_field(rest, "a")}, {"X-Note", take_field(rest, ""), false}};
    draft.message_id = take_field(rest, "id@harbour.example");
    std::string attachment = take_field(rest, "");
    draft.text = take_field(rest, "");
    draft.html = take_field(rest, "");
    if (!attachment.empty()) draft.attachments = {{attachment, "text/plain", draft.html}};
    try {
        std::string message = build_message(draft);
        check_message(message, draft);
        demand(message == build_message(draft));
    } catch (const std::invalid_argument&) {
        return 0;
    }
    return 0;
}

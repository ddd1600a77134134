#include "mail/mime.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/text.h"
#include "mail/encoded_word.h"
#include "mail/header.h"
#include "mail/mime_body.h"
#include "mail/rfc5322_date.h"

namespace tocsin {
namespace {

// A second one would make the message invalid, or let data say who sent it.
bool is_ours(std::string_view name) {
    constexpr std::array<std::string_view, 9> kOurs = {
        "Date", "From", "Sender", "To", "Cc", "Bcc", "Reply-To", "Subject", "Message-ID"};
    auto same = [&](std::string_view ours) { return ascii_iequals(ours, name); };
    return std::any_of(kOurs.begin(), kOurs.end(), same) || same("MIME-Version") ||
           ascii_lower(name).starts_with("content-");
}

void append_text_header(std::string& out, std::string_view name, std::string_view text) {
    check_header_text(name, text);
    append_header(out, name, encode_unstructured(trim(text), name.size() + 2));
}

void append_address_header(std::string& out, std::string_view name, const NamedMailbox& mailbox,
                           HeaderCharset charset) {
    check_header_text(name, mailbox.name);
    std::string_view display_name = trim(mailbox.name);
    std::string value = mailbox.address.wire();
    if (!display_name.empty()) {
        value = encode_phrase(display_name, name.size() + 2) + " <" + value + ">";
    }
    append_header(out, name, value, charset);
}

std::string bracketed(const std::string& message_id) {
    if (message_id.empty() || message_id.find_first_of("<> ") != std::string::npos) {
        throw std::invalid_argument("the Message-ID is empty, or holds a bracket or a blank");
    }
    return "<" + message_id + ">";
}

void append_further_header(std::string& out, const HeaderField& field) {
    if (is_ours(field.name)) {
        throw std::invalid_argument("header " + printable(field.name) + " is written already");
    }
    if (field.structured) {
        append_header(out, field.name, field.value);
    } else {
        append_text_header(out, field.name, field.value);
    }
}

}  // namespace

std::string build_message(const Draft& draft) {
    // RFC 6532: raw UTF-8 only where the server must announce SMTPUTF8 for this recipient anyway.
    auto charset = draft.to.needs_smtputf8() ? HeaderCharset::kUtf8 : HeaderCharset::kAscii;
    std::string out;
    std::size_t files = 0;
    for (const auto& file : draft.attachments) files += 1024 + file.bytes.size() * 3 / 2;
    out.reserve(2048 + (draft.text.size() + draft.html.size()) * 9 / 8 + files);
    append_header(out, "Date", rfc5322_date(draft.date));
    append_address_header(out, "From", draft.from, charset);
    append_header(out, "To", draft.to.wire(), charset);
    if (draft.reply_to) append_address_header(out, "Reply-To", *draft.reply_to, charset);
    append_text_header(out, "Subject", draft.subject);
    append_header(out, "Message-ID", bracketed(draft.message_id));
    append_header(out, "MIME-Version", "1.0");
    for (const auto& field : draft.headers) append_further_header(out, field);
    append_body(out, draft);
    return out;
}

}  // namespace tocsin

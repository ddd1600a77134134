#include "inbound/recognise/evidence.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "inbound/recognise/addresses.h"
#include "inbound/recognise/recognisers.h"

namespace tocsin {
namespace {

constexpr std::size_t kMost = 20;

void add(std::vector<std::string>& list, const std::string& value) {
    if (list.size() >= kMost || invalid_utf8(value) || has_control(value)) return;
    if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

void add_all(std::vector<std::string>& list, const std::vector<std::string>& values) {
    for (const std::string& value : values) add(list, value);
}

// Addresses that this mail was sent to: a bounce goes to the return path.
void add_receivers(const Fields& header, Report& report) {
    for (std::string_view name : {"delivered-to", "x-original-to", "envelope-to", "x-envelope-to",
                                  "x-delivered-to", "to", "cc"}) {
        for (std::string_view value : header.all(name)) {
            add_all(report.return_paths, addresses_in(value, kMost));
            add_all(report.tokens, tokens_in(value));
        }
    }
}

// From the header of the mail that came back.
void add_returned(const Fields& header, Report& report) {
    for (std::string_view name : {"message-id", "original-message-id", "x-original-message-id"}) {
        for (std::string_view value : header.all(name)) {
            add_all(report.message_ids, message_ids_in(value, kMost));
        }
    }
    for (std::string_view name :
         {"return-path", "x-return-path", "x-envelope-from", "cfbl-address"}) {
        for (std::string_view value : header.all(name)) {
            add_all(report.return_paths, addresses_in(value, kMost));
        }
    }
    for (std::string_view value : header.all("list-unsubscribe")) {
        add_all(report.tokens, tokens_in(value));
    }
}

// The same from fields that stand anywhere in a text, be they of a report or of a header that was
// pasted into it.
void add_fields_in(std::string_view text, Report& report) {
    Fields fields;
    while (!text.empty()) {
        std::string_view line = take_line(text);
        while (line.starts_with('>') || line.starts_with(' ')) line.remove_prefix(1);
        const std::string name = ascii_lower(field_line(line).name);
        const bool wanted = name == "message-id" || name == "original-message-id" ||
                            name == "return-path" || name == "list-unsubscribe";
        if (!wanted) continue;
        fields.add(name, field_line(line).value);
        while (text.starts_with(' ') || text.starts_with('\t')) fields.extend(take_line(text));
    }
    add_returned(fields, report);
}

void add_status_fields(const MailPart& part, Report& report) {
    const Fields fields = read_fields(part.text);
    add_all(report.message_ids, message_ids_in(fields.first("original-message-id"), kMost));
    add_all(report.return_paths, addresses_in(fields.first("original-mail-from"), kMost));
}

// Whoever writes themselves; a feedback report may say the same of a mail that it returns.
bool is_asked_by_mail(const ParsedMail& mail, const Report& report) {
    const bool is_feedback =
        std::any_of(mail.parts.begin(), mail.parts.end(), [](const MailPart& part) {
            return part.type == "message/feedback-report" || part.report_type == "feedback-report";
        });
    return report.kind == FeedbackKind::kUnsubscribe && !is_feedback;
}

void add_returned_mail(const ParsedMail& mail, const Notice& notice, Report& report) {
    // Where Microsoft reports a mail as it was, it is the report's own header.
    if (mail.header.has("x-hmxmroriginalrecipient")) add_returned(mail.header, report);
    for (const MailPart& part : mail.parts) {
        if (part.inside > 0) continue;
        add_returned(part.message, report);
        if (part.type.starts_with("message/")) add_status_fields(part, report);
    }
    add_fields_in(notice.returned, report);
    if (report.kind != FeedbackKind::kOther) add_fields_in(notice.text, report);
    // MIME that is broken hides the mail that it returns.
    const bool hidden = report.message_ids.empty() && report.tokens.empty();
    if (hidden && report.kind != FeedbackKind::kOther) add_fields_in(mail.body, report);
}

}  // namespace

void add_evidence(const ParsedMail& mail, const Notice& notice, Report& report) {
    for (auto* list :
         {&report.return_paths, &report.message_ids, &report.replied_ids, &report.tokens}) {
        add_all(*list,
                std::exchange(*list, {}));  // what a recogniser found is checked like the rest
    }
    add_receivers(mail.header, report);
    if (!is_asked_by_mail(mail, report)) add_returned_mail(mail, notice, report);
    for (std::string_view name : {"in-reply-to", "references", "x-original-message-id"}) {
        add_all(report.replied_ids, message_ids_in(mail.header.first(name), kMost));
    }
}

}  // namespace tocsin

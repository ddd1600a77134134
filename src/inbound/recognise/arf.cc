#include <algorithm>
#include <array>

#include "base/text.h"
#include "inbound/recognise/addresses.h"
#include "inbound/recognise/diagnosis.h"
#include "inbound/recognise/recognisers.h"
#include "inbound/recognise/signs.h"

namespace tocsin {
namespace {

// The registered types that are complaints of a person; auth-failure, not-spam and whatever comes
// to be registered are none.
FeedbackKind kind_of(std::string_view type) {
    for (std::string_view abuse :
         {"", "abuse", "fraud", "virus", "complaint", "spam", "miscellaneous"}) {
        if (type == abuse) return FeedbackKind::kComplaint;
    }
    if (type.starts_with("opt-out")) return FeedbackKind::kUnsubscribe;
    return FeedbackKind::kOther;
}

std::string first_address(std::string_view text) {
    std::vector<std::string> found = addresses_in(text, 1);
    return found.empty() ? "" : found.front();
}

Report from_fields(const Fields& fields) {
    Report report;
    const std::string type = ascii_lower(fields.first("feedback-type"));
    report.kind = kind_of(type);
    report.text = "feedback type " + (type.empty() ? "not told" : type);
    for (std::string_view name : {"original-rcpt-to", "removal-recipient", "original-recipient"}) {
        if (report.recipient.empty()) report.recipient = first_address(fields.first(name));
    }
    return report;
}

// The fields may follow a blank line that does not belong there.
std::optional<Report> feedback_report(const ParsedMail& mail) {
    for (const MailPart& part : mail.parts) {
        if (part.inside > 0) continue;
        if (part.type == "message/feedback-report") return from_fields(read_fields(part.text));
        if (!part.in_report || part.text.empty()) continue;
        const Fields fields = read_fields(part.text);
        if (fields.has("feedback-type")) return from_fields(fields);
    }
    return std::nullopt;
}

// "Report-Type: spam" in YAML, `"ReportType": "Spam"` in JSON.
bool says_spam(std::string_view text) {
    const std::string words = comparable(text);
    for (std::string_view spam :
         {"report-type: spam", "report-type: 'spam'", "report-type: \"spam\"", "category: abuse",
          "\"reporttype\": \"spam\"", "\"reporttype\":\"spam\"", "\"type\":\"spam\"",
          "\"type\": \"spam\"", "\"reportclass\": \"messaging\""}) {
        if (words.find(spam) != words.npos) return true;
    }
    return false;
}

std::optional<Report> x_arf(const ParsedMail& mail) {
    if (!mail.header.has("x-arf") && !mail.header.has("x-xarf")) return std::nullopt;
    for (const MailPart& part : mail.parts) {
        if (part.inside > 0 || !says_spam(part.text)) continue;
        Report report;
        report.kind = FeedbackKind::kComplaint;
        report.text = "X-ARF report of spam";
        return report;
    }
    return Report{};
}

Report reported_as_junk(std::string_view complainer) {
    Report report;
    report.kind = FeedbackKind::kComplaint;
    report.text = "reported as junk";
    report.recipient = first_address(complainer);
    return report;
}

// Microsoft's Junk Mail Reporting: the mail as it was, with a field that names who complained.
std::optional<Report> junk_mail_report(const ParsedMail& mail) {
    const std::string subject = comparable(mail.header.first("subject"));
    const std::string_view whole = mail.header.first("x-hmxmroriginalrecipient");
    if (!whole.empty()) return reported_as_junk(whole);
    for (const MailPart& part : mail.parts) {
        if (part.inside > 0 || part.message.empty()) continue;
        const std::string_view complainer = part.message.first("x-hmxmroriginalrecipient");
        const bool told = subject.starts_with("complaint about message from");
        if (complainer.empty() && !told) continue;
        if (is_answer(subject)) continue;
        return reported_as_junk(complainer);
    }
    return std::nullopt;
}

// Reports in words, with the mail attached.
std::optional<Report> report_in_words(const ParsedMail& mail, const Notice& notice) {
    const bool attached =
        std::any_of(mail.parts.begin(), mail.parts.end(),
                    [](const MailPart& part) { return part.inside == 0 && !part.message.empty(); });
    if (!attached || is_answer(mail.header.first("subject"))) return std::nullopt;
    const std::string words = comparable(notice.text);
    for (std::string_view phrase :
         {"email abuse report for an email message", "spam complaint", "user has complained",
          "reported as spam", "marked as spam by"}) {
        if (words.find(phrase) == words.npos) continue;
        Report report;
        report.kind = FeedbackKind::kComplaint;
        report.text = "reported as spam";
        return report;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Report> as_complaint(const ParsedMail& mail, const Notice& notice) {
    if (auto report = feedback_report(mail)) return report;
    if (auto report = x_arf(mail)) return report;
    if (auto report = junk_mail_report(mail)) return report;
    return report_in_words(mail, notice);
}

}  // namespace tocsin

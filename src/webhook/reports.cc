#include "webhook/reports.h"

#include "base/random.h"
#include "base/text.h"
#include "inbound/recognise/diagnosis.h"
#include "mail/digest.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostText = 1'000;

Report report_of(FeedbackKind kind, const std::string& text = "") {
    Report report;
    report.kind = kind;
    report.text = one_line(text);
    return report;
}

bool is_status(std::string_view text) {
    return text.size() >= 5 && text.size() <= 9 && text[1] == '.' &&
           text.find_first_not_of("0123456789.") == text.npos;
}

}  // namespace

std::string one_line(std::string_view text) {
    std::string line;
    for (char c : text) line += c == '\n' || c == '\r' ? ' ' : c;
    line = printable(trim(line));
    if (line.size() > kMostText) {
        line.resize(kMostText);
        if (auto cut = invalid_utf8(line)) line.resize(*cut);
    }
    return line;
}

Report bounced(BounceClass claimed, const std::string& status, const std::string& text) {
    Report report = report_of(FeedbackKind::kBounce, text);
    const std::string told = is_status(status) ? status : "";
    const Diagnosis diagnosis = diagnose(told, report.text);
    report.status = diagnosis.status.empty() ? told : diagnosis.status;
    report.bounce = diagnosis.ground == Ground::kClear ? diagnosis.bounce : claimed;
    return report;
}

Report not_sent(const std::string& text) {
    Report report = report_of(FeedbackKind::kBounce, text);
    report.bounce = BounceClass::kPolicy;
    return report;
}

Report known_to_bounce(const std::string& text) {
    Report report = report_of(FeedbackKind::kBounce, text);
    report.bounce = BounceClass::kHard;
    return report;
}

Report delayed(const std::string& status, const std::string& text) {
    Report report = report_of(FeedbackKind::kDelay, text);
    const Diagnosis diagnosis = diagnose(is_status(status) ? status : "", report.text);
    report.bounce = diagnosis.bounce;
    report.status = diagnosis.status;
    return report;
}

Report delivered() {
    return report_of(FeedbackKind::kDelivery);
}

Report complained(const std::string& text) {
    return report_of(FeedbackKind::kComplaint, text);
}

Report unsubscribed() {
    return report_of(FeedbackKind::kUnsubscribe);
}

WebhookEvent ignored() {
    return {};
}

WebhookEvent unknown() {
    WebhookEvent event;
    event.is_known = false;
    return event;
}

std::string reference_in(const Json& metadata) {
    if (metadata.is_string()) {
        auto inner = read_json(metadata.get<std::string>());
        return inner ? text_in(*inner, "tocsin") : "";
    }
    return text_in(metadata, "tocsin");
}

WebhookEvent event_of(std::string id, Report report, const std::string& recipient,
                      const std::string& reference) {
    report.recipient = recipient;
    if (!reference.empty()) report.references.push_back(reference);
    return {std::move(id), std::move(report)};
}

std::string id_or_hash(const std::string& id, const Json& event) {
    if (!id.empty()) return id;
    return to_hex(sha256(event.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

bool is_one_of(std::string_view word, std::string_view words) {
    while (!words.empty()) {
        const std::string_view one = words.substr(0, words.find(' '));
        if (one == word) return true;
        words.remove_prefix(std::min(one.size() + 1, words.size()));
    }
    return false;
}

}  // namespace tocsin

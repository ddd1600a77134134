#include <algorithm>

#include "base/text.h"
#include "inbound/recognise/addresses.h"
#include "inbound/recognise/diagnosis.h"
#include "inbound/recognise/recognisers.h"

namespace tocsin {
namespace {

// JSON in a mail, wrapped at any place, or JSON in a text in JSON: without the line ends and
// without the escapes. What texts for people lose by that does not matter.
std::string joined(std::string_view text) {
    std::string json;
    while (!text.empty() && json.size() < (64 << 10)) {
        std::string_view line = take_line(text);
        if (!json.empty() && line.starts_with(' ')) line.remove_prefix(1);
        for (char c : line) {
            if (c != '\\') json += c;
        }
    }
    return json;
}

// The text of the first member of that name, or empty. Not a reader of JSON: the names are few, and
// nothing is lost where a hostile mail confuses it.
std::string member(std::string_view json, std::string_view name) {
    const std::string key = '"' + std::string(name) + '"';
    std::size_t at = json.find(key);
    if (at == json.npos) return {};
    at = json.find_first_not_of(" :", at + key.size());
    if (at == json.npos || json[at] != '"') return {};
    const std::size_t end = std::min(json.find('"', at + 1), at + 2000);
    return std::string(json.substr(at + 1, end - at - 1));
}

BounceClass class_of(const std::string& type, const Diagnosis& told) {
    if (told.ground == Ground::kClear) return told.bounce;
    return type == "Permanent" ? BounceClass::kHard : BounceClass::kSoft;
}

Report bounce_in(const std::string& json) {
    Report report;
    report.kind = FeedbackKind::kBounce;
    report.text = member(json, "diagnosticCode");
    const Diagnosis told = diagnose(member(json, "status"), report.text);
    report.status = told.status;
    report.bounce = class_of(member(json, "bounceType"), told);
    if (report.text.empty()) report.text = member(json, "bounceSubType");
    return report;
}

Report complaint_in(const std::string& json) {
    Report report;
    const std::string type = member(json, "complaintFeedbackType");
    report.kind = type == "not-spam" ? FeedbackKind::kOther : FeedbackKind::kComplaint;
    report.text = "feedback type " + (type.empty() ? "not told" : type);
    return report;
}

}  // namespace

std::optional<Report> as_ses_notification(const ParsedMail& mail, const Notice& notice) {
    if (mail.header.first("from").find("@sns.amazonaws.com") == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string json = joined(notice.text);
    std::string type = member(json, "notificationType");
    if (type.empty()) type = member(json, "eventType");
    Report report;
    if (type == "Bounce") report = bounce_in(json);
    if (type == "Complaint") report = complaint_in(json);
    report.recipient = member(json, "emailAddress");
    for (const std::string& source : addresses_in(member(json, "source"), 1)) {
        report.return_paths.push_back(source);
    }
    report.message_ids = message_ids_in(json, 20);
    report.tokens = tokens_in(json);
    return report;
}

}  // namespace tocsin

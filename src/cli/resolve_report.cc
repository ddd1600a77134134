#include "cli/resolve_report.h"

#include "base/text.h"
#include "cli/json.h"

namespace tocsin {
namespace {

using nlohmann::ordered_json;

std::string said(const Attempt& attempt) {
    return attempt.reply ? attempt.reply->line() : attempt.error;
}

std::string outcome(Resolution resolution) {
    switch (resolution) {
        case Resolution::kAccept:
            return "accepted";
        case Resolution::kResend:
            return "is sent again";
        case Resolution::kReject:
            return "rejected";
        case Resolution::kHold:
            return "held";
    }
    return {};
}

std::string text_of(const Resolved& resolved) {
    std::string because = resolved.evidence.empty() ? "" : ": " + printable(resolved.evidence);
    return "  " + printable(resolved.address) + "  " + outcome(resolved.resolution) + because +
           "\n";
}

std::string logs_text(const RelayTrace& trace) {
    if (trace.ambiguous) return "several mails fit, and OpenSMTPD logs no Message-IDs";
    if (trace.covered) return "cover the time and do not have it";
    return "do not have it, and do not cover the time";
}

std::string text_of(const Doubt& doubt, bool searched) {
    const AttemptRecord& last = doubt.last();
    std::string by = last.transport.empty() ? "" : " by " + last.transport;
    std::string text = "  " + printable(doubt.row.address) + "\n    attempt     " +
                       iso8601(last.attempt.started) + by + ": " + printable(said(last.attempt)) +
                       "\n";
    for (const std::string& id : doubt.message_ids) text += "    Message-ID  <" + id + ">\n";
    if (searched) text += "    logs        " + logs_text(doubt.trace) + "\n";
    return text;
}

std::string text_of(const ResolveReport& report) {
    std::string text;
    for (const Resolved& resolved : report.resolved) text += text_of(resolved);
    for (const Doubt& doubt : report.left) text += text_of(doubt, report.searched);
    std::string summary =
        report.left.empty() ? "nobody is in doubt" : grouped(report.left.size()) + " in doubt";
    return report.mailing.shown() + ": " + summary + "\n" + text;
}

std::string advice(const ResolveReport& report) {
    if (report.left.empty()) return "";
    std::string look =
        report.searched
            ? ""
            : "a provider's own log knows them, and --relay-log FILE looks into a relay's; ";
    return "  hint: " + look +
           "--in-doubt accept counts them as mailed, --in-doubt resend mails them again: someone "
           "may "
           "then get it twice\n";
}

ordered_json json_of(const Resolved& resolved) {
    return {{"address", resolved.address},
            {"resolution", name(resolved.resolution)},
            {"evidence", resolved.evidence}};
}

ordered_json json_of(const Doubt& doubt) {
    const AttemptRecord& last = doubt.last();
    return {{"address", doubt.row.address},      {"started", iso8601(last.attempt.started)},
            {"transport", last.transport},       {"error", said(last.attempt)},
            {"message_ids", doubt.message_ids},  {"logs_cover", doubt.trace.covered},
            {"ambiguous", doubt.trace.ambiguous}};
}

ordered_json json_of(const ResolveReport& report) {
    ordered_json out = tocsin::json_of(report.mailing);
    out["resolved"] = out["in_doubt"] = ordered_json::array();
    for (const Resolved& resolved : report.resolved) out["resolved"].push_back(json_of(resolved));
    for (const Doubt& doubt : report.left) out["in_doubt"].push_back(json_of(doubt));
    return out;
}

}  // namespace

ExitCode report_resolve(Invocation& invocation, const ResolveReport& report) {
    Console& console = invocation.console;
    if (invocation.globals.json) {
        console.out(one_line(json_of(report)));
    } else {
        console.out(text_of(report));
        if (!console.quiet()) console.err(advice(report));
    }
    return report.left.empty() ? ExitCode::kOk : ExitCode::kInDoubt;
}

}  // namespace tocsin

#include "cli/send_report.h"

#include "base/text.h"
#include "cli/json.h"

namespace tocsin {
namespace {

std::string joined(const std::vector<std::pair<std::size_t, const char*>>& counts) {
    std::string text;
    for (const auto& [count, what] : counts) {
        if (count == 0) continue;
        if (!text.empty()) text += ", ";
        text += grouped(count) + " " + what;
    }
    return text;
}

std::string outcome(const RunResult& result) {
    std::string text = joined({{result.accepted, "accepted"},
                               {result.rejected, "rejected"},
                               {result.deferred, "deferred"},
                               {result.in_doubt, "in doubt"},
                               {result.expired, "expired"}});
    return text.empty() ? "nothing sent" : text;
}

std::size_t left(const Counts& counts) {
    return counts.of(State::kPlanned) + counts.of(State::kSending) + counts.of(State::kDeferred);
}

ExitCode finished_code(const Counts& counts) {
    if (!counts.finished()) return ExitCode::kNotFinished;
    return counts.of(State::kInDoubt) > 0 ? ExitCode::kInDoubt : ExitCode::kOk;
}

ExitCode code_of(const RunResult& result, const Counts& counts) {
    switch (result.end) {
        case RunEnd::kNothingLeft:
        case RunEnd::kLimit:
            return finished_code(counts);
        case RunEnd::kNothingDue:
        case RunEnd::kStopped:
            return ExitCode::kNotFinished;
        case RunEnd::kHeld:
        case RunEnd::kCancelled:
        case RunEnd::kBreaker:
            return ExitCode::kRefused;
        case RunEnd::kUnusable:
            return ExitCode::kUnavailable;
        case RunEnd::kBlocked:
            return ExitCode::kNotFinished;
    }
    return ExitCode::kSoftware;
}

// Why the run ended before everything was final, for stderr; empty where it did not.
std::string why_ended(const std::string& id, const RunResult& result) {
    std::string hint = result.hint.empty() ? "" : "  hint: " + result.hint + "\n";
    std::string because = result.message.empty() ? "" : ": " + result.message;
    switch (result.end) {
        case RunEnd::kNothingLeft:
            return "";
        case RunEnd::kNothingDue:
            return id +
                   (result.rate_spent ? ": the rate lets the next mail go at "
                                      : ": the next retry is due at ") +
                   iso8601(*result.next_due) + "; run send again then, or with --wait\n";
        case RunEnd::kLimit:
            return "";
        case RunEnd::kStopped:
            return id + ": stopped; run send again to go on\n";
        case RunEnd::kHeld:
            return id + " is held" + because + "\n  hint: `tocsin release " + id +
                   "` lets it go on\n";
        case RunEnd::kCancelled:
            return id + " is cancelled" + because + "\n";
        case RunEnd::kBreaker:
            return id + " is held" + because +
                   "\n  hint: see with `tocsin explain` what the server said; `tocsin release " +
                   id + "` lets it go on\n";
        case RunEnd::kBlocked:
            return id + ": what is left is not wanted now" + because + "\n";
        case RunEnd::kUnusable:
            return "tocsin: cannot send by `" + result.transport + "`" + because + "\n" + hint;
    }
    return "";
}

// Who is in doubt, by address: the organiser asks them, or looks into the relay's log.
std::string doubt(const MailingKey& mailing, Ledger& ledger, const Counts& counts) {
    constexpr std::size_t kMostNamed = 50;
    std::size_t in_doubt = counts.of(State::kInDoubt);
    if (in_doubt == 0) return "";
    std::string text =
        mailing.campaign + ": " + grouped(in_doubt) +
        " in doubt: their mail may have arrived, so they are held; `tocsin resolve " +
        mailing.campaign + "` tells what is known, and decides\n";
    for (const RowReport& row : ledger.rows(mailing, State::kInDoubt, kMostNamed)) {
        text += "  " + printable(row.address) + "\n";
    }
    if (in_doubt > kMostNamed) text += "  … and " + grouped(in_doubt - kMostNamed) + " more\n";
    return text;
}

std::string one_and_others(const std::vector<std::string>& texts) {
    if (texts.empty()) return "";
    if (texts.size() == 1) return texts.front();
    return texts.front() + " and " + grouped(texts.size() - 1) + " more";
}

}  // namespace

ProgressCounts progress_of(const RunResult& result, std::size_t planned) {
    return {.total = planned,
            .settled = result.accepted + result.rejected + result.in_doubt + result.expired,
            .deferred = result.deferred,
            .rejected = result.rejected,
            .in_doubt = result.in_doubt,
            .slowed = one_and_others(result.slowed)};
}

ExitCode report_run(Invocation& invocation, const MailingKey& mailing, const RunResult& result,
                    Ledger& ledger) {
    const Counts counts = ledger.counts(mailing);
    Console& console = invocation.console;
    const std::string& id = mailing.campaign;
    if (invocation.globals.json) {
        nlohmann::ordered_json out = {{"campaign", id}};
        out.update(json_of(counts));
        console.out(one_line(out));
    } else if (!console.quiet()) {
        console.out(id + ": " + outcome(result) + "; " + grouped(left(counts)) + " left\n");
    }
    console.err(why_ended(id, result) + doubt(mailing, ledger, counts));
    return code_of(result, counts);
}

ExitCode report_nothing_to_do(Invocation& invocation, const MailingKey& mailing, Ledger& ledger) {
    const Counts counts = ledger.counts(mailing);
    RunResult nothing;
    if (!invocation.globals.json && !invocation.console.quiet()) {
        invocation.console.out(mailing.campaign + ": nothing to send; " +
                               grouped(counts.of(State::kAccepted)) + " of " +
                               grouped(counts.total) + " accepted\n");
        invocation.console.err(doubt(mailing, ledger, counts));
        return finished_code(counts);
    }
    return report_run(invocation, mailing, nothing, ledger);
}

}  // namespace tocsin

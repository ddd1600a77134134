#include "cli/send_report.h"

#include "base/text.h"
#include "cli/json.h"
#include "delivery/control.h"

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

std::string one_and_others(const std::vector<std::string>& texts) {
    if (texts.empty()) return "";
    if (texts.size() == 1) return texts.front();
    return texts.front() + " and " + grouped(texts.size() - 1) + " more";
}

// The series may be what is held.
std::string held(Ledger& ledger, const MailingKey& mailing, const std::string& because) {
    const MailingControl control = control_of(ledger, mailing);
    const bool is_held = control.state.control == Control::kHeld;
    const std::string name = is_held ? control.by.shown() : mailing.shown();
    return name + " is held" + because + "\n  hint: `tocsin release " + name + "` lets it go on\n";
}

}  // namespace

ExitCode exit_code_of(const RunResult& result, const Counts& counts) {
    switch (result.end) {
        case RunEnd::kNothingLeft:
        case RunEnd::kLimit:
            return finished_code(counts);
        case RunEnd::kNothingDue:
        case RunEnd::kStopped:
        case RunEnd::kTimeUp:
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

std::string why_ended(Ledger& ledger, const MailingKey& mailing, const RunResult& result) {
    const std::string id = mailing.shown();
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
        case RunEnd::kTimeUp:
            return "";
        case RunEnd::kStopped:
            return id + ": stopped; run send again to go on\n";
        case RunEnd::kHeld:
            return held(ledger, mailing, because);
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

std::string doubt_text(const MailingKey& mailing, Ledger& ledger, const Counts& counts) {
    constexpr std::size_t kMostNamed = 50;
    std::size_t in_doubt = counts.of(State::kInDoubt);
    if (in_doubt == 0) return "";
    std::string text =
        mailing.shown() + ": " + grouped(in_doubt) +
        " in doubt: their mail may have arrived, so they are held; `tocsin resolve " +
        mailing.shown() + "` tells what is known, and decides\n";
    for (const RowReport& row : ledger.rows(mailing, State::kInDoubt, kMostNamed)) {
        text += "  " + printable(row.address) + "\n";
    }
    if (in_doubt > kMostNamed) text += "  … and " + grouped(in_doubt - kMostNamed) + " more\n";
    return text;
}

std::string run_line(const MailingKey& mailing, const RunResult& result, const Counts& counts) {
    return mailing.shown() + ": " + outcome(result) + "; " + grouped(left(counts)) + " left\n";
}

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
    const std::string id = mailing.shown();
    if (invocation.globals.json) {
        nlohmann::ordered_json out = json_of(mailing);
        out.update(json_of(counts));
        console.out(one_line(out));
    } else if (!console.quiet()) {
        console.out(run_line(mailing, result, counts));
    }
    console.err(why_ended(ledger, mailing, result) + doubt_text(mailing, ledger, counts));
    return exit_code_of(result, counts);
}

ExitCode report_nothing_to_do(Invocation& invocation, const MailingKey& mailing, Ledger& ledger) {
    const Counts counts = ledger.counts(mailing);
    RunResult nothing;
    if (!invocation.globals.json && !invocation.console.quiet()) {
        invocation.console.out(mailing.shown() + ": nothing to send; " +
                               grouped(counts.of(State::kAccepted)) + " of " +
                               grouped(counts.total) + " accepted\n");
        invocation.console.err(doubt_text(mailing, ledger, counts));
        return finished_code(counts);
    }
    return report_run(invocation, mailing, nothing, ledger);
}

}  // namespace tocsin

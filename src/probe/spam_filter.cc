#include "probe/spam_filter.h"

#include <algorithm>
#include <charconv>

#include "base/log.h"
#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::string_view kScore = "X-Spam-Score: ";
constexpr std::string_view kReport = "X-Spam-Report:";
constexpr char kHint[] = "run `spamassassin --lint`, which shows what is wrong with it";

// Its report goes into headers that we name, and the mail stays as it is.
std::vector<std::string> words_of(const std::string& program) {
    return {program,
            "--local",
            "--test-mode",
            "--nocreate-prefs",
            "--cf=report_safe 0",
            "--cf=clear_headers",
            "--cf=add_header all Score _SCORE_ _REQD_",
            "--cf=add_header all Report _REPORT_"};
}

// Takes the number off the beginning of `text`, which may have blanks before it.
std::optional<double> take_number(std::string_view& text) {
    text = trim(text);
    double value = 0;
    auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

// " 2.8 DRUG_ED_CAPS BODY: Mentions an E.D. drug"; without a number it goes on with the rule
// before.
void add_rule(std::string_view line, std::vector<SpamRule>& rules) {
    const auto score = take_number(line);
    line = trim(line);
    const std::size_t end = std::min(line.find(' '), line.size());
    if (score) {
        rules.push_back(
            {printable(line.substr(0, end)), *score, printable(trim(line.substr(end)))});
    } else if (!rules.empty() && !line.empty()) {
        rules.back().description += " " + printable(line);
    }
}

std::vector<std::string_view> header_lines(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) break;
        lines.push_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

bool take_score(std::string_view line, SpamVerdict& verdict) {
    line.remove_prefix(kScore.size());
    const auto score = take_number(line), threshold = take_number(line);
    verdict.score = score.value_or(0);
    verdict.threshold = threshold.value_or(0);
    return score && threshold;
}

SpamVerdict unknown(std::string trouble, std::string hint) {
    return {std::move(trouble), std::move(hint)};
}

std::string first_line(const std::string& text) {
    return redacted(printable(text.substr(0, text.find('\n'))));
}

SpamVerdict verdict_of(const ProgramRun& run) {
    using End = ProgramRun::End;
    if (run.end == End::kMissing) {
        return unknown("SpamAssassin is not installed, so nobody was asked about spam",
                       "`apt install spamassassin` on Debian and Ubuntu");
    }
    if (run.end == End::kTimeout) return unknown("SpamAssassin did not answer in time", kHint);
    if (run.end == End::kTooMuch) return unknown("SpamAssassin said too much", kHint);
    if (run.status != 0) {
        return unknown("SpamAssassin failed with exit code " + std::to_string(run.status) +
                           (run.said.empty() ? "" : ": " + first_line(run.said)),
                       kHint);
    }
    auto verdict = parse_spam_report(run.out);
    return verdict ? *verdict : unknown("SpamAssassin's answer cannot be understood", kHint);
}

}  // namespace

std::optional<SpamVerdict> parse_spam_report(const std::string& output) {
    SpamVerdict verdict;
    bool scored = false, in_report = false;
    for (std::string_view line : header_lines(output)) {
        if (!scored && line.starts_with(kScore)) scored = take_score(line, verdict);
        const bool goes_on = line.front() == ' ' || line.front() == '\t';
        in_report = goes_on ? in_report : line.starts_with(kReport);
        const std::string_view text = trim(line);
        if (in_report && goes_on && text.starts_with('*')) add_rule(text.substr(1), verdict.rules);
    }
    if (!scored) return std::nullopt;
    std::ranges::stable_sort(verdict.rules, std::greater<>(), &SpamRule::score);
    return verdict;
}

SpamVerdict ask_spam_filter(const std::string& mail, const ProgramLimits& limits,
                            const std::string& program) {
    return verdict_of(run_program(words_of(program), mail, limits));
}

}  // namespace tocsin

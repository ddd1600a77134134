#include "ledger/outcome_text.h"

#include <charconv>

#include "base/error.h"
#include "base/text.h"
#include "ledger/cells.h"
#include "ledger/rules.h"

namespace tocsin {
namespace {

constexpr std::size_t kFields = 15;

std::string number(std::int64_t value) {
    return std::to_string(value);
}

std::string number(WallTime time) {
    return number(time.time_since_epoch().count());
}

std::int64_t parse_number(const std::string& text) {
    std::int64_t value = -1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

WallTime parse_time(const std::string& text) {
    return WallTime(Milliseconds(parse_number(text)));
}

bool is_phase(std::int64_t number) {
    return number >= static_cast<std::int64_t>(Phase::kConnect) &&
           number <= static_cast<std::int64_t>(Phase::kEndOfData);
}

// At most `most` bytes, and no half of a character.
std::string beginning(const std::string& text, std::size_t most) {
    if (text.size() <= most) return text;
    std::string kept = text.substr(0, most);
    if (auto broken = invalid_utf8(kept)) kept.resize(*broken);
    return kept;
}

std::string packed(const RowOutcome& outcome, std::size_t most_said) {
    const Attempt& attempt = outcome.attempt;
    bool replied = attempt.reply.has_value();
    const std::string fields[kFields] = {
        number(outcome.id),
        number(static_cast<std::int64_t>(outcome.state)),
        outcome.not_before ? number(*outcome.not_before) : "",
        outcome.transport,
        number(static_cast<std::int64_t>(attempt.phase)),
        replied ? number(attempt.reply->code) : "",
        replied ? attempt.reply->enhanced : "",
        replied ? beginning(attempt.reply->text, most_said) : "",
        beginning(attempt.error, most_said),
        number(attempt.started),
        number(attempt.ended),
        beginning(outcome.decision, most_said),
        outcome.suppress ? outcome.suppress->scope : "",
        outcome.suppress ? outcome.suppress->reason : "",
        outcome.soft_bounce ? "1" : "",
    };
    return pack_texts(fields);
}

}  // namespace

std::string outcome_text(const RowOutcome& outcome, std::size_t most) {
    std::string text = packed(outcome, most / 3);
    return text.size() <= most ? text : packed(outcome, 0).substr(0, most);
}

std::optional<RowOutcome> parse_outcome(std::string_view text) try {
    auto fields = unpack_texts(text);
    if (fields.size() != kFields) return std::nullopt;
    RowOutcome outcome;
    outcome.id = parse_number(fields[0]);
    outcome.state = static_cast<State>(parse_number(fields[1]));
    if (!ends_attempt(outcome.state) || !is_phase(parse_number(fields[4]))) return std::nullopt;
    if (!fields[2].empty()) outcome.not_before = parse_time(fields[2]);
    outcome.transport = fields[3];
    outcome.attempt.phase = static_cast<Phase>(parse_number(fields[4]));
    if (!fields[5].empty()) {
        outcome.attempt.reply =
            SmtpReply{static_cast<int>(parse_number(fields[5])), fields[6], fields[7]};
    }
    outcome.attempt.error = fields[8];
    outcome.attempt.started = parse_time(fields[9]);
    outcome.attempt.ended = parse_time(fields[10]);
    outcome.decision = fields[11];
    if (!fields[12].empty()) {
        outcome.suppress.emplace();
        outcome.suppress->scope = fields[12];
        outcome.suppress->reason = fields[13];
    }
    outcome.soft_bounce = !fields[14].empty();
    return outcome;
} catch (const LedgerError&) {
    return std::nullopt;
}

}  // namespace tocsin

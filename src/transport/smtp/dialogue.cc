#include "transport/smtp/dialogue.h"

#include <algorithm>
#include <utility>

#include "base/failpoint.h"
#include "transport/smtp/commands.h"
#include "transport/smtp/dot_stuffing.h"

namespace tocsin {

Dialogue::Dialogue(const Clock& clock, Capabilities capabilities, int most_messages,
                   Departures& departures)
    : clock_(clock),
      capabilities_(capabilities),
      most_messages_(std::min(most_messages, capabilities.most_messages.value_or(most_messages))),
      departures_(departures) {
    touch();
}

std::size_t Dialogue::room() const {
    if (closed_ || retiring()) return 0;
    bool overlap = may_overlap_ != MayOverlap::kNo && can_overlap() && answers_quickly_;
    std::size_t most = overlap ? 2 : 1;
    return most - std::min(most, transactions_.size());
}

bool Dialogue::retiring() const {
    return quitting_ || messages_ >= most_messages_ || errors_ >= kMostErrors;
}

void Dialogue::begin(Job job) {
    if (job.started == WallTime{}) job.started = clock_.now();
    std::string missing = missing_extension(job.message, capabilities_);
    if (!missing.empty()) {
        WallTime now = clock_.now();
        events_.emplace_back(
            Finished{job.ticket, {Phase::kMail, std::nullopt, missing, job.started, now}});
        return;
    }
    transactions_.push_back({std::move(job)});
    ++messages_;
    advance();
}

Dialogue::Transaction* Dialogue::find(Ticket ticket) {
    auto found = std::find_if(transactions_.begin(), transactions_.end(),
                              [ticket](const auto& one) { return one.job.ticket == ticket; });
    return found == transactions_.end() ? nullptr : &*found;
}

void Dialogue::permit(Ticket ticket) {
    Transaction* one = find(ticket);
    if (one == nullptr) return;
    one->job.permitted = true;
    advance();
}

// The connection goes with it when the body's turn comes, not sooner: the message in front of it
// may wait for its answer.
void Dialogue::withdraw(Ticket ticket) {
    Transaction* one = find(ticket);
    if (one == nullptr || one->job.permitted) return;
    one->job.withdrawn = true;
    if (one == &transactions_.back()) recall();
    advance();
}

void Dialogue::recall() {
    if (transactions_.size() < 2 || transactions_.back().next != Command::kMail) return;
    events_.emplace_back(Returned{transactions_.back().job.ticket});
    transactions_.pop_back();
    --messages_;
}

void Dialogue::quit() {
    quitting_ = true;
    advance();
}

void Dialogue::advance() {
    if (closed_) return;
    if (transactions_.empty()) {
        if (retiring() && expected_.empty()) write(Command::kQuit, "QUIT\r\n");
        return;
    }
    capabilities_.pipelining ? advance_in_groups() : advance_one_command();
}

void Dialogue::advance_one_command() {
    if (!expected_.empty()) return;
    Transaction& current = transactions_.front();
    const Message& message = current.job.message;
    switch (current.next) {
        case Command::kMail:
            if (std::exchange(needs_reset_, false)) return write(Command::kReset, "RSET\r\n");
            return write(Command::kMail, mail_command(message, capabilities_));
        case Command::kRcpt:
            return write(Command::kRcpt, rcpt_command(message, capabilities_));
        case Command::kData:
            return write(Command::kData, "DATA\r\n");
        default:
            if (current.job.withdrawn) return close("");
            if (current.job.permitted) write_body(current);
    }
}

// Nothing may follow DATA before its reply (RFC 2920 section 3.1). After that the body leaves, and
// the group of the next message right behind its final dot.
void Dialogue::advance_in_groups() {
    if (awaits(Command::kData)) return;
    for (Transaction& one : transactions_) {
        if (one.next == Command::kMail) return write_group(one);
        if (one.next != Command::kBody || awaits(Command::kBody)) continue;
        if (one.job.withdrawn) return close("");
        if (!one.job.permitted) return;  // and nothing may follow before its body
        write_body(one);
    }
}

void Dialogue::write_group(Transaction& transaction) {
    const Message& message = transaction.job.message;
    if (std::exchange(needs_reset_, false)) write(Command::kReset, "RSET\r\n");
    write(Command::kMail, mail_command(message, capabilities_));
    write(Command::kRcpt, rcpt_command(message, capabilities_));
    write(Command::kData, "DATA\r\n");
    transaction.next = Command::kBody;
    transaction.overlaps = &transaction != &transactions_.front();
    group_began_ = clock_.since_boot();
}

// From here on the message is not sent again: its bytes are given away.
void Dialogue::write_body(Transaction& transaction) {
    Message& message = transaction.job.message;
    if (message.leading_dots || !message.bytes.ends_with("\r\n")) {
        append_dot_stuffed(output_, message.bytes);
    } else {
        output_.give(std::move(message.bytes));
    }
    departure_told_ = false;
    write(Command::kBody, kFinalDot);
}

void Dialogue::write(Command command, std::string_view bytes) {
    output_.append(bytes);
    expected_.push_back({command, output_.appended()});
    touch();
}

bool Dialogue::awaits(Command command) const {
    return std::any_of(expected_.begin(), expected_.end(),
                       [command](const Expected& one) { return one.command == command; });
}

void Dialogue::departing(std::size_t count) {
    if (departure_told_ || !final_dot_leaves_by(output_.taken() + count)) return;
    departure_told_ = true;
    departures_.departing(transactions_.front().job.ticket);
}

void Dialogue::written(std::size_t count) {
    bool before = final_dot_leaves_by(output_.taken());
    output_.take(count);
    touch();
    if (before || !final_dot_leaves_by(output_.taken())) return;
    dot_left_ = clock_.since_boot();
    failpoint("end-of-data-left");
}

bool Dialogue::may_be_answered() const {
    return !expected_.empty() && expected_.front().ends_at <= output_.taken();
}

// Whether a byte of the final dot is among the first `position` bytes of the stream.
bool Dialogue::final_dot_leaves_by(std::uint64_t position) const {
    if (expected_.empty() || expected_.front().command != Command::kBody) return false;
    return position + kFinalDot.size() > expected_.front().ends_at;
}

Stage Dialogue::stage() const {
    if (expected_.empty() && transactions_.empty()) return Stage::kIdle;
    switch (expected_.empty() ? transactions_.front().next : expected_.front().command) {
        case Command::kMail:
            return Stage::kMail;
        case Command::kRcpt:
            return Stage::kRcpt;
        case Command::kData:
            return Stage::kData;
        case Command::kBody:
            return final_dot_leaves_by(output_.taken()) ? Stage::kEndOfData : Stage::kBody;
        case Command::kLoneDot:
        case Command::kReset:
            return Stage::kReset;
        case Command::kQuit:
            return Stage::kQuit;
    }
    return Stage::kIdle;
}

void Dialogue::close(const std::string& why) {
    if (closed_) return;
    closed_ = true;
    why_closed_ = why;
    bool waits_behind = transactions_.size() == 2 && transactions_.back().overlaps;
    overlap_broke_ = overlap_broke_ || (!why.empty() && waits_behind);
    confirm_held();
    bool of_message = expected_.empty() || !expected_.front().orphan;
    Phase phase = of_message ? info(stage()).broken_at : Phase::kConnect;
    for (Transaction& one : std::exchange(transactions_, {})) {
        give_up(std::move(one), std::exchange(phase, Phase::kConnect), why);
    }
    expected_.clear();
    output_.clear();
}

void Dialogue::give_up(Transaction transaction, Phase phase, const std::string& why) {
    Job& job = transaction.job;
    if (job.withdrawn) {
        events_.emplace_back(Returned{job.ticket});
    } else if (phase == Phase::kConnect) {
        bool in_one_command = !capabilities_.pipelining && awaits(Command::kMail);
        bool begun = transaction.next != Command::kMail || in_one_command;
        if (begun) ++job.losses;
        events_.emplace_back(Lost{std::move(job), why});
    } else {
        events_.emplace_back(
            Finished{job.ticket, {phase, std::nullopt, why, job.started, clock_.now()}});
    }
}

std::optional<Milliseconds> Dialogue::deadline() const {
    auto time_out = info(stage()).time_out;
    if (closed_ || !time_out) return std::nullopt;
    return touched_ + *time_out;
}

void Dialogue::check_time() {
    auto last = deadline();
    if (!last || clock_.since_boot() < *last) return;
    const StageInfo& now = info(stage());
    close("timed out after " + std::to_string(now.time_out->count()) + " s " +
          std::string(now.activity));
}

std::vector<DialogueEvent> Dialogue::take_events() {
    return std::exchange(events_, {});
}

}  // namespace tocsin

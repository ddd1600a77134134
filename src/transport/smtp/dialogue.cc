#include "transport/smtp/dialogue.h"

#include <algorithm>
#include <utility>

#include "base/failpoint.h"
#include "base/log.h"
#include "transport/smtp/commands.h"
#include "transport/smtp/dot_stuffing.h"

namespace tocsin {
namespace {

constexpr std::string_view kFinalDot = ".\r\n";

bool refused(const SmtpReply& reply) {
    return reply.transient() || reply.permanent();
}

}  // namespace

Dialogue::Dialogue(const Clock& clock, Capabilities capabilities, int most_messages)
    : clock_(clock), capabilities_(capabilities), most_messages_(most_messages) {
    touch();
}

bool Dialogue::ready() const {
    return !closed_ && transactions_.empty() && expected_.empty() && !retiring();
}

bool Dialogue::carries(Ticket ticket) const {
    return std::any_of(transactions_.begin(), transactions_.end(),
                       [ticket](const Transaction& one) { return one.job.ticket == ticket; });
}

bool Dialogue::retiring() const {
    return quitting_ || messages_ >= most_messages_ || errors_ >= kMostErrors;
}

void Dialogue::begin(Job job) {
    if (job.started == WallTime{}) job.started = clock_.now();
    std::string missing = missing_extension(job.message, capabilities_);
    transactions_.push_back({std::move(job)});
    if (!missing.empty()) return finish(Phase::kMail, std::nullopt, missing);
    ++messages_;
    advance();
}

void Dialogue::permit(Ticket ticket) {
    for (Transaction& one : transactions_) {
        if (one.job.ticket == ticket) one.job.permitted = true;
    }
    advance();
}

void Dialogue::withdraw(Ticket ticket) {
    auto found =
        std::find_if(transactions_.begin(), transactions_.end(),
                     [ticket](const Transaction& one) { return one.job.ticket == ticket; });
    if (found == transactions_.end() || found->job.permitted) return;
    transactions_.erase(found);
    events_.emplace_back(Returned{ticket});
    close("");
}

void Dialogue::quit() {
    quitting_ = true;
    advance();
}

// Lock-step is this function: nothing leaves while a reply is awaited. Pipelining lets more than
// one command, and more than one transaction, be under way; replies are matched the same way.
void Dialogue::advance() {
    if (closed_ || !expected_.empty()) return;
    if (!transactions_.empty()) return advance(transactions_.front());
    if (retiring()) return write(Command::kQuit, "QUIT\r\n");
    if (std::exchange(needs_reset_, false)) write(Command::kReset, "RSET\r\n");
}

void Dialogue::advance(const Transaction& transaction) {
    const Message& message = transaction.job.message;
    switch (transaction.next) {
        case Command::kMail:
            return write(Command::kMail, mail_command(message, capabilities_));
        case Command::kRcpt:
            return write(Command::kRcpt, rcpt_command(message));
        case Command::kData:
            return write(Command::kData, "DATA\r\n");
        case Command::kBody:
            if (!transaction.job.permitted) return;
            return write(Command::kBody, dot_stuffed(message.bytes).append(kFinalDot));
        case Command::kReset:
        case Command::kQuit:
            return;
    }
}

void Dialogue::write(Command command, std::string_view bytes) {
    output_.append(bytes);
    expected_.push_back({command, output_.appended()});
    touch();
}

void Dialogue::written(std::size_t count) {
    bool before = final_dot_may_have_left();
    output_.take(count);
    touch();
    if (!before && final_dot_may_have_left()) failpoint("end-of-data-left");
}

bool Dialogue::may_be_answered() const {
    return !expected_.empty() && expected_.front().ends_at <= output_.taken();
}

bool Dialogue::final_dot_may_have_left() const {
    if (expected_.empty() || expected_.front().command != Command::kBody) return false;
    return output_.taken() + kFinalDot.size() > expected_.front().ends_at;
}

void Dialogue::receive(std::string_view bytes) {
    parser_.feed(bytes);
    while (!closed_) {
        auto reply = parser_.next();
        if (!reply) break;
        take_reply(*reply);
    }
    if (closed_) return;
    if (parser_.failed()) return close(parser_.fault());
    if (parser_.has_partial() && !may_be_answered()) {
        return close("the server spoke without being asked");
    }
    advance();
}

void Dialogue::take_reply(const SmtpReply& reply) {
    if (!may_be_answered()) {
        return close("the server spoke without being asked: " + redacted(reply.line()));
    }
    Command command = expected_.front().command;
    if (refused(reply)) ++errors_;
    touch();
    on_reply(command, reply);
    if (reply.code == 421) close("the server ended the session: " + redacted(reply.line()));
    if (!closed_) expected_.pop_front();
}

void Dialogue::on_reply(Command command, const SmtpReply& reply) {
    switch (command) {
        case Command::kMail:
            return on_mail(reply);
        case Command::kRcpt:
            return on_rcpt(reply);
        case Command::kData:
            return on_data(reply);
        case Command::kBody:
            return on_end_of_data(reply);
        case Command::kReset:
        case Command::kQuit:
            return on_session_end(command, reply);
    }
}

void Dialogue::on_mail(const SmtpReply& reply) {
    if (reply.code == 421) return;  // the connection's event, not the message's
    if (reply.intermediate()) return close_for_nonsense(reply);
    proved_ = true;
    if (refused(reply)) return finish(Phase::kMail, reply);
    transactions_.front().next = Command::kRcpt;
}

void Dialogue::on_rcpt(const SmtpReply& reply) {
    needs_reset_ = refused(reply);
    if (refused(reply)) return finish(Phase::kRcpt, reply);
    if (!reply.positive()) return close_for_nonsense(reply);
    transactions_.front().next = Command::kData;
}

void Dialogue::on_data(const SmtpReply& reply) {
    needs_reset_ = refused(reply);
    if (refused(reply)) return finish(Phase::kData, reply);
    if (reply.code != 354) return close_for_nonsense(reply);
    Transaction& current = transactions_.front();
    current.next = Command::kBody;
    if (!current.job.permitted) events_.emplace_back(NeedsPermit{current.job.ticket});
}

void Dialogue::on_end_of_data(const SmtpReply& reply) {
    if (reply.intermediate()) return close_for_nonsense(reply);
    finish(Phase::kEndOfData, reply);
}

void Dialogue::on_session_end(Command command, const SmtpReply& reply) {
    if (command == Command::kQuit) return close("");
    if (!reply.positive()) close_for_nonsense(reply);
}

void Dialogue::close_for_nonsense(const SmtpReply& reply) {
    close("the server's answer does not fit the command: " + redacted(reply.line()));
}

void Dialogue::finish(Phase phase, std::optional<SmtpReply> reply, std::string error) {
    const Job& job = transactions_.front().job;
    events_.emplace_back(Finished{
        job.ticket, {phase, std::move(reply), std::move(error), job.started, clock_.now()}});
    transactions_.pop_front();
}

Stage Dialogue::stage() const {
    if (expected_.empty() && transactions_.empty()) return Stage::kIdle;
    bool waiting = !expected_.empty();
    switch (waiting ? expected_.front().command : transactions_.front().next) {
        case Command::kMail:
            return Stage::kMail;
        case Command::kRcpt:
            return Stage::kRcpt;
        case Command::kData:
            return Stage::kData;
        case Command::kBody:
            if (!waiting) return Stage::kPermit;
            return final_dot_may_have_left() ? Stage::kEndOfData : Stage::kBody;
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
    Phase phase = info(stage()).broken_at;
    for (Transaction& one : std::exchange(transactions_, {})) {
        give_up(std::move(one), std::exchange(phase, Phase::kConnect), why);
    }
    expected_.clear();
    output_.clear();
}

void Dialogue::give_up(Transaction transaction, Phase phase, const std::string& why) {
    Job& job = transaction.job;
    if (phase == Phase::kConnect) {
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

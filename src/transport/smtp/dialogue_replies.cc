// The half of the dialogue that takes replies.
#include <utility>

#include "base/log.h"
#include "transport/smtp/dialogue.h"

namespace tocsin {
namespace {

bool refused(const SmtpReply& reply) {
    return reply.transient() || reply.permanent();
}

}  // namespace

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
        if (refuses_body(reply)) refuse(Phase::kBody, reply);
        return close("the server spoke without being asked: " + redacted(reply.line()));
    }
    if (refused(reply)) ++errors_;
    touch();
    on_reply(expected_.front(), reply);
    if (reply.code == 421) close("the server ended the session: " + redacted(reply.line()));
    if (!closed_) expected_.pop_front();
}

// A server that has seen enough need not wait for the end of data. The rest cannot be taken back,
// so that the connection is of no more use.
bool Dialogue::refuses_body(const SmtpReply& reply) const {
    return stage() == Stage::kBody && refused(reply);
}

void Dialogue::on_reply(const Expected& expected, const SmtpReply& reply) {
    if (expected.orphan) return on_orphan(expected.command, reply);
    switch (expected.command) {
        case Command::kMail:
            return on_mail(reply);
        case Command::kRcpt:
            return on_rcpt(reply);
        case Command::kData:
            return on_data(reply);
        case Command::kBody:
            return on_end_of_data(reply);
        case Command::kLoneDot:
            return on_orphan(expected.command, reply);
        case Command::kReset:
        case Command::kQuit:
            return on_session_end(expected.command, reply);
    }
}

void Dialogue::on_mail(const SmtpReply& reply) {
    if (reply.code == 421) return;  // the connection's event, not the message's
    if (reply.intermediate()) return close_for_nonsense(reply);
    proved_ = true;
    if (refused(reply)) return refuse(Phase::kMail, reply);
    if (!capabilities_.pipelining) transactions_.front().next = Command::kRcpt;
}

void Dialogue::on_rcpt(const SmtpReply& reply) {
    if (refused(reply)) return refuse(Phase::kRcpt, reply);
    if (!reply.positive()) return close_for_nonsense(reply);
    if (!capabilities_.pipelining) transactions_.front().next = Command::kData;
}

void Dialogue::on_data(const SmtpReply& reply) {
    if (refused(reply)) return refuse(Phase::kData, reply);
    if (reply.code != 354) return close_for_nonsense(reply);
    Transaction& current = transactions_.front();
    current.next = Command::kBody;
    if (!current.overlaps) group_took_ = clock_.since_boot() - group_began_;
    confirm_held();
}

// The rest of a group whose message was refused. A server that wants its data all the same gets
// none (RFC 2920 section 3.1): what it then says of the lone dot is no acceptance.
void Dialogue::on_orphan(Command command, const SmtpReply& reply) {
    bool wants_data = command == Command::kData && reply.code == 354;
    if (wants_data) return write(Command::kLoneDot, kFinalDot);
    if (reply.intermediate()) close_for_nonsense(reply);
}

void Dialogue::on_end_of_data(const SmtpReply& reply) {
    if (reply.intermediate()) return close_for_nonsense(reply);
    overlap_proved_ = overlap_proved_ || transactions_.front().overlaps;
    judge_quickness();
    bool next_waits = transactions_.size() == 2 && transactions_.back().overlaps;
    finish(Phase::kEndOfData, reply);
    if (!next_waits || may_overlap_ != MayOverlap::kTry) return;
    held_ = std::get<Finished>(std::move(events_.back()));
    events_.pop_back();
}

// The clock counts milliseconds, and a loop may be late by some.
void Dialogue::judge_quickness() {
    constexpr Milliseconds kLoop{2};
    Milliseconds took = clock_.since_boot() - dot_left_;
    answers_quickly_ = took <= 4 * group_took_ + kLoop;
}

void Dialogue::confirm_held() {
    if (held_) events_.emplace_back(*std::exchange(held_, std::nullopt));
}

void Dialogue::on_session_end(Command command, const SmtpReply& reply) {
    if (command == Command::kQuit) return close("");
    if (!reply.positive()) close_for_nonsense(reply);
}

// Where an answer is held it may have been another's: the server may answer out of order.
void Dialogue::close_for_nonsense(const SmtpReply& reply) {
    if (held_) {
        overlap_broke_ = true;
        held_->attempt.error = "the server's answers come out of order";
        held_->attempt.reply.reset();
    }
    close("the server's answer does not fit the command: " + redacted(reply.line()));
}

// What the server has accepted of this message must be forgotten before the next one.
void Dialogue::refuse(Phase phase, const SmtpReply& reply) {
    confirm_held();
    needs_reset_ = phase != Phase::kMail;
    for (Expected& one : expected_) one.orphan = true;
    finish(phase, reply);
}

void Dialogue::finish(Phase phase, std::optional<SmtpReply> reply, std::string error) {
    const Job& job = transactions_.front().job;
    events_.emplace_back(Finished{
        job.ticket, {phase, std::move(reply), std::move(error), job.started, clock_.now()}});
    transactions_.pop_front();
    expected_.front().orphan = true;  // what breaks now is not the next message's fault
}

}  // namespace tocsin

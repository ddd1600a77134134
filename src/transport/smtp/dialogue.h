// The dialogue of one connection after EHLO and AUTH, message by message, as a state machine
// without I/O: bytes in, bytes and facts out.
//
// Where the server announces PIPELINING (RFC 2920), MAIL, RCPT and DATA of a message leave in one
// group. Where messages may overlap, too, the group of the next message leaves with the body of the
// one before it: a message costs one round trip. Without PIPELINING a command leaves when the reply
// to the one before it has come.
//
// Replies are matched in order with the commands that wait for one, and only with commands that
// have left entirely. Anything that does not fit (a reply nobody asked for, garbage, 421, a
// time-out, a broken link) closes the dialogue for good: nothing that comes later can be
// attributed.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "mail/smtp_reply.h"
#include "transport/smtp/capabilities.h"
#include "transport/smtp/job.h"
#include "transport/smtp/stage.h"
#include "transport/smtp/write_buffer.h"

namespace tocsin {

// The connection died before this message's MAIL was accepted: it may have another one.
struct Lost {
    Job job;
    std::string error;
};

using DialogueEvent = std::variant<Finished, Returned, Lost>;

class Dialogue {
  public:
    // Says QUIT after `most_messages`, and after `kMostErrors` refusals: servers drop a session
    // that collects them (Postfix: 20).
    static constexpr int kMostErrors = 15;
    static constexpr std::string_view kFinalDot = ".\r\n";
    Dialogue(const Clock& clock, Capabilities capabilities, int most_messages,
             Departures& departures);

    // How many messages can begin: one, and where messages may overlap one behind it.
    std::size_t room() const;
    // May messages overlap? Only the pool can tell (transport/smtp/overlap.h). While it is tried
    // the answer to an end of data counts when those to the next group have come, too: a server
    // that answers out of order is found out, and its mail in doubt and not taken for accepted.
    enum class MayOverlap { kNo, kTry, kYes };
    void let_overlap(MayOverlap may) { may_overlap_ = may; }
    bool can_overlap() const { return capabilities_.pipelining && capabilities_.overlap; }
    // A message that began before the one in front of it was answered has been accepted.
    bool overlap_proved() const { return overlap_proved_; }
    // The link broke while such a message waited for the one in front of it.
    bool overlap_broke() const { return overlap_broke_; }
    bool closed() const { return closed_; }
    // What went wrong, without addresses; empty if it was closed because we wanted it.
    const std::string& why_closed() const { return why_closed_; }
    bool busy() const { return !transactions_.empty(); }
    // How many messages it carries.
    std::size_t carried() const { return transactions_.size(); }
    // The server has judged the MAIL of a message: it is worth connecting to.
    bool proved() const { return proved_; }

    // Where the server cannot take the message (no SMTPUTF8 or 8BITMIME, too large), nothing is
    // sent and it ends as `Finished` in phase kMail without a reply: no other attempt ends like
    // that.
    void begin(Job job);
    // Nothing where it carries no such message.
    void permit(Ticket ticket);
    void withdraw(Ticket ticket);
    // Gives back a message that waits behind another one and of which nothing was written.
    void recall();
    void receive(std::string_view bytes);
    void lose(const std::string& why) { close(why); }
    // Says QUIT as soon as no message is under way.
    void quit();

    // What is to be written; keeps its address until it is written (transport/smtp/write_buffer.h).
    std::string_view output() { return output_.front(); }
    // The first `count` bytes of `output` are about to be handed to the link: tells the departures
    // if a final dot is among them.
    void departing(std::size_t count);
    void written(std::size_t count);

    // Answers are still to come, and nothing is to be written before them.
    bool only_waits() const { return !expected_.empty() && output_.empty(); }

    // When `check_time` will close the dialogue, in time since boot.
    std::optional<Milliseconds> deadline() const;
    void check_time();

    std::vector<DialogueEvent> take_events();
    Stage stage() const;

  private:
    enum class Command { kMail, kRcpt, kData, kBody, kLoneDot, kReset, kQuit };
    struct Transaction {
        Job job;
        Command next = Command::kMail;  // to be written; after the body, nothing more is
        bool overlaps = false;          // began before the one in front of it was answered
    };
    struct Expected {
        Command command;
        std::uint64_t ends_at;  // where it ends in the stream of output
        bool orphan = false;    // its message has ended already
    };

    void advance();
    void advance_one_command();
    void advance_in_groups();
    Transaction* find(Ticket ticket);
    void write_group(Transaction& transaction);
    void write_body(Transaction& transaction);
    void write(Command command, std::string_view bytes);
    bool awaits(Command command) const;
    bool may_be_answered() const;
    bool final_dot_leaves_by(std::uint64_t position) const;
    bool retiring() const;
    void take_reply(const SmtpReply& reply);
    bool refuses_body(const SmtpReply& reply) const;
    void on_reply(const Expected& expected, const SmtpReply& reply);
    void on_mail(const SmtpReply& reply);
    void on_rcpt(const SmtpReply& reply);
    void on_data(const SmtpReply& reply);
    void on_orphan(Command command, const SmtpReply& reply);
    void on_end_of_data(const SmtpReply& reply);
    void on_session_end(Command command, const SmtpReply& reply);
    void judge_quickness();
    void confirm_held();
    void close_for_nonsense(const SmtpReply& reply);
    void refuse(Phase phase, const SmtpReply& reply);
    void finish(Phase phase, std::optional<SmtpReply> reply, std::string error = "");
    void give_up(Transaction transaction, Phase phase, const std::string& why);
    void close(const std::string& why);
    void touch() { touched_ = clock_.since_boot(); }

    const Clock& clock_;
    Capabilities capabilities_;
    int most_messages_;
    Departures& departures_;
    int messages_ = 0;
    int errors_ = 0;
    bool proved_ = false;
    MayOverlap may_overlap_ = MayOverlap::kNo;
    // Where the answer to an end of data takes much longer than a round trip there is nothing to
    // be gained. Not known before the first one.
    bool answers_quickly_ = false;
    Milliseconds group_began_{}, group_took_{}, dot_left_{};
    std::optional<Finished> held_;  // see MayOverlap
    bool overlap_proved_ = false;
    bool overlap_broke_ = false;
    bool quitting_ = false;
    bool needs_reset_ = false;
    bool departure_told_ = false;  // of the body that is being written
    bool closed_ = false;
    std::string why_closed_;
    Milliseconds touched_{};  // when something last moved
    SmtpReplyParser parser_;
    WriteBuffer output_;
    std::deque<Transaction> transactions_;  // at most two
    std::deque<Expected> expected_;
    std::vector<DialogueEvent> events_;
};

}  // namespace tocsin

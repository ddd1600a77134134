// What the ledger in memory holds: plain containers, searched from end to end. It is the model that
// stored forms are compared with, so it is written to be obviously right and nothing else.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/ledger.h"

namespace tocsin::memory {

struct Row {
    RowId id = 0;
    std::string key;
    PlanRow planned;
    State state = State::kPlanned;
    SkipReason skip = SkipReason::kNone;
    std::string detail;
    std::optional<WallTime> not_before;
    std::optional<WallTime> first_attempt;
    std::vector<AttemptRecord> attempts;
    std::vector<ResolutionRecord> resolutions;
    WallTime since{};  // when it became kSending
    // What the sender told of a row that is kSending.
    bool departed = false;
    std::optional<RowOutcome> answer;

    int attempts_made() const { return static_cast<int>(attempts.size()); }
    bool waits() const { return state == State::kPlanned || state == State::kDeferred; }
};

struct Plan {
    PlanInfo info;
    std::vector<Row> rows;
    std::size_t duplicates = 0;
    bool begun = false;
    std::int64_t order = 0;
    std::map<std::string, WallTime> postponed;  // zones, and until when

    Row* find(RowId id);
    bool has(const std::string& key) const;
    // Some zone, or this one: of who was planned.
    bool has_zones() const;
    bool has_zone(const std::string& name) const;
    // Of a row that is planned or deferred: nothing where it may go at once.
    std::optional<WallTime> not_before(const Row& row) const;
    // A row has left kPlanned and kSkipped, or was attempted.
    bool mailed_anybody() const;
};

struct Mailing {
    std::optional<Plan> plan;
    ControlState control;
    std::string holder;      // who plans or sends it, or empty
    std::int64_t sends = 0;  // begun so far
    std::vector<SuppressionEvent> provisional;
    std::vector<Approval> approvals;
    std::string approved_people;
};

struct SoftBounce {
    std::optional<MailingKey> cleared;  // whose acceptance made it count no more
    bool reported = false;              // by a mail that came back, not by a reply alone
};

struct World {
    // A session may be used by the thread that writes while others look and hold: the one freedom
    // that this form has and the stored ones lack.
    std::recursive_mutex mutex;
    std::map<MailingKey, Mailing> mailings;
    std::vector<std::string> campaigns, lists;  // numbered from 1
    std::map<std::pair<std::string, std::string>, Suppression> suppressions;
    std::map<std::string, std::string> paces, notes;
    std::vector<SuppressionEvent> history;
    // By address: in which mailings.
    std::map<std::string, std::map<MailingKey, SoftBounce>> soft_bounces;
    std::vector<Feedback> feedback;
    std::shared_ptr<const AddressNames> names = std::make_shared<AddressNames>();
    RowId last_row = 0;
    std::int64_t last_plan = 0;

    const Suppression* suppression_for(const std::string& key, const std::string& list,
                                       WallTime now) const;
    // Whether it was new.
    bool suppress(const Suppression& entry, std::int64_t run = 0);
    void renew(Suppression& standing, const Suppression& entry, std::int64_t run);
    void lift_just(Suppression entry, const Feedback& feedback);
    // What an outcome says about its address.
    void note_reply(const MailingKey& mailing, const std::string& key, const RowOutcome& outcome);
    std::size_t settle(const MailingKey& mailing, bool keep, WallTime now);
    std::size_t untold_entries() const;
    bool has_names(const std::string& prefix) const;
    std::size_t undo(const ReplyFilter& filter, const std::string& source, WallTime now);
    std::size_t lift(const SuppressionFilter& filter, const std::string& source, WallTime now);
    void for_each_suppression(const SuppressionFilter& filter,
                              const std::function<void(const Suppression&)>& visit) const;

    void accepted(const MailingKey& mailing, const std::string& key);
    // In how many mailings the address has bounced softly now.
    std::size_t count_soft_bounce(const MailingKey& mailing, const std::string& key, bool reported);
    const Row* find(RowId id, MailingKey& mailing) const;
    bool note_feedback(const FeedbackNote& note);
    FeedbackCounts feedback_counts(const MailingKey& mailing) const;

  private:
    void bounced_softly(const MailingKey& mailing, const Feedback& noted);
    void record(Suppression entry, SuppressionChange change, std::int64_t run);
    void note(const MailingKey& mailing, const Suppression& entry);
};

// The right to plan or send a mailing, given back at its end.
class Hold {
  public:
    // Throws Busy where another has it.
    Hold(std::shared_ptr<World> world, const MailingKey& key, const std::string& owner);
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    ~Hold() { release(); }
    void release();
    bool released() const { return world_ == nullptr; }

  private:
    std::shared_ptr<World> world_;
    MailingKey key_;
};

void skip(Row& row, SkipReason reason, const std::string& detail);
// Ends the sending of a row without an attempt.
void rest(Row& row, Control control);
// Ends it with one.
void conclude(Row& row, const RowOutcome& outcome, Control control);
// Whether it was new.
bool approve(Mailing& mailing, const Approval& approval, const std::string& people);

// What begin_send and a cancellation make of what a dead sender left.
Recovery recover(World& world, const MailingKey& mailing, WallTime now);

std::size_t resolve(const std::shared_ptr<World>& world, const MailingKey& mailing,
                    std::span<const Verdict> verdicts, const std::string& source, WallTime now);

std::unique_ptr<PlanWriter> make_plan_writer(std::shared_ptr<World> world, const PlanHeader& header,
                                             PlanKind kind);
std::unique_ptr<SendSession> begin_send(std::shared_ptr<World> world, const MailingKey& mailing,
                                        const std::string& owner, WallTime now);

}  // namespace tocsin::memory

#include "ledger/sqlite/recovery.h"

#include <vector>

#include "ledger/rules.h"
#include "ledger/sqlite/mailing_lock.h"
#include "ledger/sqlite/rows.h"
#include "ledger/sqlite/tally.h"

namespace tocsin::sqlite {
namespace {

struct Left {
    RowId id = 0;
    std::string key;
    State state = State::kPlanned;
    int attempts = 0;
    std::int64_t epoch = 0;
    WallTime since{};
};

std::vector<Left> left_behind(Connection& connection, const Plan& plan) {
    std::vector<Left> left;
    Query rows = connection.query(
        "SELECT id, key, state, attempts, claim, since FROM recipient INDEXED BY in_flight "
        "WHERE claim IS NOT NULL AND id BETWEEN ? AND ?",
        plan.first(), plan.last());
    while (rows.step()) {
        left.push_back({rows.integer(0), rows.text(1), static_cast<State>(rows.integer(2)),
                        static_cast<int>(rows.integer(3)), rows.integer(4), rows.time(5)});
    }
    return left;
}

class Recoverer {
  public:
    Recoverer(Connection& connection, const Run& run, Control control,
              const std::optional<FlightRecord>& record, WallTime now)
        : connection_(connection),
          notes_(connection, run),
          control_(control),
          record_(record),
          now_(now) {}

    void recover(const Left& row) {
        bool told = record_ && record_->epoch == row.epoch;
        auto flight = told ? record_->flights.find(row.id) : decltype(record_->flights.end()){};
        bool departed = told && flight != record_->flights.end();
        if (row.state != State::kSending) return rest(row);
        if (departed && flight->second.outcome) return answered(row, *flight->second.outcome);
        if (told && !departed && record_->complete) {
            ++recovery.not_sent;
            return rest(row);
        }
        doubt_row(connection_, row.id, row.attempts + 1, row.epoch,
                  abandoned_attempt(row.since, now_));
        tally.move(row.state, State::kInDoubt);
        ++recovery.in_doubt;
    }

    Recovery recovery;
    TallyChange tally;

  private:
    void rest(const Left& row) {
        State state = resting_state(row.attempts, control_);
        rest_row(connection_, row.id, row.epoch, state);
        tally.move(row.state, state, reason_of(state));
    }

    void answered(const Left& row, const RowOutcome& outcome) {
        State state = recorded_state(outcome, control_);
        RowOutcome known = outcome;
        known.id = row.id;
        known.not_before = due(outcome);
        record_row(connection_, known, row.attempts + 1, row.since, row.epoch, state);
        notes_.take(row.key, known);
        tally.move(row.state, state, reason_of(state));
        ++recovery.answered;
        if (state == State::kInDoubt) ++recovery.in_doubt;
    }

    Connection& connection_;
    ReplyNotes notes_;
    Control control_;
    const std::optional<FlightRecord>& record_;
    WallTime now_;
};

}  // namespace

Recovery recover(Connection& connection, const Run& run, const Plan& plan, Control control,
                 const std::optional<FlightRecord>& record, WallTime now) {
    Recoverer recoverer(connection, run, control, record, now);
    for (const Left& row : left_behind(connection, plan)) recoverer.recover(row);
    recoverer.tally.apply(connection, plan.number);
    if (recoverer.recovery.not_sent > 0) unmark_begun(connection, plan);
    return recoverer.recovery;
}

Recovery recover_dead_send(Connection& connection, const std::filesystem::path& ledger,
                           const MailingKey& key, const Plan& plan, WallTime now) {
    Mailing mailing = find_mailing(connection, key).value();
    Run run{key, mailing.number, mailing_epoch(connection, mailing.number)};
    auto record = read_flight_record(flight_path(ledger, key), boot_id());
    return recover(connection, run, plan, mailing.control.control, record, now);
}

}  // namespace tocsin::sqlite

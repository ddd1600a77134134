#include "ledger/sqlite/open.h"

#include <utility>

#include "ledger/sqlite/approvals.h"
#include "ledger/sqlite/connection.h"
#include "ledger/sqlite/control.h"
#include "ledger/sqlite/fault.h"
#include "ledger/sqlite/feedback.h"
#include "ledger/sqlite/mailings.h"
#include "ledger/sqlite/notes.h"
#include "ledger/sqlite/place.h"
#include "ledger/sqlite/plan_writer.h"
#include "ledger/sqlite/provisional.h"
#include "ledger/sqlite/reports.h"
#include "ledger/sqlite/resolutions.h"
#include "ledger/sqlite/row_names.h"
#include "ledger/sqlite/schema.h"
#include "ledger/sqlite/send_session.h"
#include "ledger/sqlite/suppression_list.h"
#include "ledger/sqlite/suppressions.h"
#include "ledger/sqlite/zones.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

constexpr char kCannotRead[] = "cannot read the ledger";

// Hands every call to the file of this folder that does it.
class SqliteLedger : public Ledger {
  public:
    SqliteLedger(fs::path file, std::shared_ptr<sqlite::Connection> connection)
        : file_(std::move(file)),
          connection_(std::move(connection)),
          id_(sqlite::ledger_id(*connection_)) {}

    std::string id() const override { return id_; }

    std::unique_ptr<PlanWriter> write_plan(const PlanHeader& header, PlanKind kind) override {
        return sqlite::make_plan_writer(connection_, file_, header, kind);
    }
    std::optional<PlanInfo> plan(const MailingKey& mailing) override {
        return sqlite::guarded(kCannotRead, [&] { return plan_info(*connection_, mailing); });
    }
    std::vector<MailingKey> mailings() override {
        return sqlite::guarded(kCannotRead, [&] { return planned_mailings(*connection_); });
    }
    void for_each_row(
        const MailingKey& mailing,
        const std::function<void(const std::string& key, State state)>& visit) override {
        sqlite::for_each_row(*connection_, mailing, visit);
    }

    std::unique_ptr<SendSession> begin_send(const MailingKey& mailing, const std::string& owner,
                                            WallTime now) override {
        return sqlite::begin_send(connection_, file_, mailing, owner, now);
    }
    ControlState control(const MailingKey& mailing) override {
        return sqlite::guarded(kCannotRead, [&] { return read_control(*connection_, mailing); });
    }
    void set_control(const MailingKey& mailing, Control control, const std::string& reason,
                     WallTime now) override {
        sqlite::write_control(*connection_, file_, mailing, {control, reason, now});
    }

    bool approve(const MailingKey& mailing, const Approval& approval,
                 const std::string& people) override {
        return sqlite::approve(*connection_, mailing, approval, people);
    }
    std::vector<Approval> approvals(const MailingKey& mailing) override {
        return sqlite::approvals(*connection_, mailing);
    }
    std::string approved_people(const MailingKey& mailing) override {
        return sqlite::approved_people(*connection_, mailing);
    }

    Counts counts(const MailingKey& mailing) override {
        return sqlite::count_rows(*connection_, mailing);
    }
    std::optional<RowReport> explain(const MailingKey& mailing, const std::string& key) override {
        return sqlite::explain(*connection_, mailing, key);
    }
    std::vector<RowReport> rows(const MailingKey& mailing, State state, std::size_t most) override {
        return sqlite::rows_in_state(*connection_, mailing, state, most);
    }

    void for_each_result(const MailingKey& mailing,
                         const std::function<void(const RowResult&)>& visit) override {
        sqlite::for_each_result(*connection_, mailing, visit);
    }

    Recovery recover(const MailingKey& mailing, const std::string& owner, WallTime now) override {
        return sqlite::recover_unheld(*connection_, file_, mailing, owner, now);
    }
    void in_doubt(const MailingKey& mailing,
                  const std::function<void(const DoubtfulRow&)>& visit) override {
        sqlite::for_each_in_doubt(*connection_, mailing, visit);
    }
    std::size_t resolve(const MailingKey& mailing, std::span<const Verdict> verdicts,
                        const std::string& source, WallTime now) override {
        return sqlite::resolve(*connection_, file_, mailing, verdicts, source, now);
    }

    void use_names(std::shared_ptr<const AddressNames> names) override {
        connection_->use_names(std::move(names));
    }
    std::size_t untold_entries() override { return sqlite::untold_entries(*connection_); }
    bool has_names(const std::string& prefix) override {
        return sqlite::guarded(kCannotRead,
                               [&] { return sqlite::has_names(*connection_, prefix); });
    }
    std::size_t suppress(std::span<const Suppression> entries) override {
        return sqlite::suppress(*connection_, entries);
    }
    std::size_t unsuppress(const SuppressionFilter& filter, const std::string& source,
                           WallTime now) override {
        return sqlite::unsuppress(*connection_, filter, source, now);
    }
    std::size_t undo_suppressions(const ReplyFilter& filter, const std::string& source,
                                  WallTime now) override {
        return sqlite::undo(*connection_, filter, source, now);
    }
    bool is_suppressed(const std::string& key, const std::string& list, WallTime now) override {
        return sqlite::guarded(kCannotRead, [&] {
            return sqlite::SuppressionLookup(*connection_, list, now).find(key).has_value();
        });
    }
    void skip_suppressed(std::span<PlanRow> rows, const std::string& list, WallTime now) override {
        sqlite::skip_suppressed(*connection_, rows, list, now);
    }
    void for_each_suppression(const SuppressionFilter& filter,
                              const std::function<void(const Suppression&)>& visit) override {
        sqlite::for_each_suppression(*connection_, filter, visit);
    }
    std::vector<SuppressionEvent> suppression_history(const std::string& key) override {
        return sqlite::suppression_history(*connection_, key);
    }

    std::optional<RowName> row_name(RowId row) override {
        return sqlite::guarded(kCannotRead, [&] { return sqlite::row_name(*connection_, row); });
    }
    std::optional<std::string> list_name(std::uint64_t number) override {
        return sqlite::guarded(kCannotRead,
                               [&] { return sqlite::list_name(*connection_, number); });
    }
    std::optional<std::string> campaign_name(std::uint64_t number) override {
        return sqlite::guarded(kCannotRead,
                               [&] { return sqlite::campaign_name(*connection_, number); });
    }

    std::size_t note_feedback(std::span<const FeedbackNote> notes) override {
        return sqlite::note_feedback(*connection_, notes);
    }
    void for_each_feedback(const FeedbackFilter& filter,
                           const std::function<void(const Feedback&)>& visit) override {
        sqlite::for_each_feedback(*connection_, filter, visit);
    }
    FeedbackCounts feedback_counts(const MailingKey& mailing) override {
        return sqlite::feedback_counts(*connection_, mailing);
    }

    std::string note(const std::string& subject) override {
        return sqlite::note(*connection_, subject);
    }
    bool set_note(const std::string& subject, const std::string& value) override {
        return sqlite::set_note(*connection_, subject, value);
    }
    std::int64_t advance_note(const std::string& subject) override {
        return sqlite::advance_note(*connection_, subject);
    }
    std::vector<std::pair<std::string, std::string>> notes(const std::string& prefix) override {
        return sqlite::notes(*connection_, prefix);
    }

    std::vector<MailingKey> unfinished(const std::string& campaign) override {
        return sqlite::guarded(kCannotRead,
                               [&] { return unfinished_mailings(*connection_, campaign); });
    }
    std::optional<WallTime> next_due(const MailingKey& mailing) override {
        return sqlite::next_due(*connection_, mailing);
    }
    std::vector<ZoneRows> zones(const MailingKey& mailing) override {
        return sqlite::zone_rows(*connection_, mailing);
    }

  private:
    fs::path file_;
    std::shared_ptr<sqlite::Connection> connection_;
    std::string id_;
};

void build(const fs::path& file) {
    sqlite::Connection connection(file);
    create_schema(connection);
}

void configure(sqlite::Connection& connection) {
    auto& database = connection.database();
    database.exec("PRAGMA journal_mode=WAL");
    database.exec("PRAGMA foreign_keys=ON");
    database.exec("PRAGMA synchronous=FULL");
    database.exec("PRAGMA cache_size=-16000");
    database.exec("PRAGMA wal_autocheckpoint=4000");
}

}  // namespace

std::unique_ptr<Ledger> open_sqlite_ledger(const fs::path& file, OpenMode mode) {
    std::string what = "cannot open the ledger " + file.string();
    return sqlite::guarded(what.c_str(), [&] {
        std::error_code unknown;
        bool missing = !fs::exists(file, unknown) && !unknown;
        if (missing && mode == OpenMode::kCreate) sqlite::create_in_one_step(file, build);
        sqlite::check_place(file);
        auto connection = std::make_shared<sqlite::Connection>(file);
        check_schema(*connection, file.string());
        configure(*connection);
        upgrade_schema(*connection, file, SystemClock().now());
        return std::make_unique<SqliteLedger>(file, std::move(connection));
    });
}

}  // namespace tocsin

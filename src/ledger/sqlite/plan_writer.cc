#include "ledger/sqlite/plan_writer.h"

#include <exception>
#include <span>
#include <stdexcept>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/failpoint.h"
#include "base/file.h"
#include "base/log.h"
#include "ledger/cells.h"
#include "ledger/rules.h"
#include "ledger/sqlite/fault.h"
#include "ledger/sqlite/key_set.h"
#include "ledger/sqlite/mailing_lock.h"
#include "ledger/sqlite/mailings.h"
#include "ledger/sqlite/plan_store.h"
#include "ledger/sqlite/row_store.h"
#include "ledger/sqlite/schema.h"
#include "ledger/sqlite/tally.h"
#include "ledger/sqlite/zone_numbers.h"

namespace tocsin::sqlite {
namespace {

constexpr std::size_t kRowsStoredAtOnce = 1'000;
constexpr std::size_t kBytesStoredAtOnce = 1 << 20;
constexpr char kCannotWrite[] = "cannot write the plan into the ledger";

class SqlitePlanWriter : public PlanWriter {
  public:
    SqlitePlanWriter(std::shared_ptr<Connection> connection, const std::filesystem::path& ledger,
                     const PlanHeader& header, PlanKind kind)
        : connection_(std::move(connection)),
          header_(header),
          kind_(kind),
          lock_(lock_mailing(ledger, header.mailing,
                             "pid " + std::to_string(::getpid()) + ", which writes its plan,",
                             header.created)) {
        remove_remains(*connection_, header_.mailing);
        store_.emplace(*connection_);
        if (kind_ == PlanKind::kTopUp)
            begin_top_up();
        else
            begin_new();
    }
    SqlitePlanWriter(const SqlitePlanWriter&) = delete;
    SqlitePlanWriter& operator=(const SqlitePlanWriter&) = delete;
    ~SqlitePlanWriter() override;

    bool add(const PlanRow& row) override;
    void commit(const PlanEnd& end) override;

  private:
    void begin_new();
    void begin_top_up();
    void load_keys(const Plan& plan);
    bool is_key_of(RowId id, const std::string& key);
    void append(const PlanRow& row, RowId id);
    void store_pending();
    void make_ready(const PlanEnd& end);
    void remove_quietly(const std::function<void()>& removal);

    std::shared_ptr<Connection> connection_;
    PlanHeader header_;  // without content once that is stored
    PlanKind kind_;
    std::optional<FileLock> lock_;  // gone once committed
    std::int64_t plan_ = 0;
    std::int64_t replaced_ = 0;  // the plan that this one takes the place of
    std::int64_t shown_ = 0;     // rows that were ready before
    std::int64_t rows_ = 0;
    KeySet keys_;
    ZoneNumbers zones_;
    std::optional<RowStore> store_;   // until the commit
    std::vector<StoredRow> pending_;  // the first `pending_rows_`; the others lend their memory
    std::size_t pending_rows_ = 0;
    std::size_t pending_bytes_ = 0;
    TallyChange tally_;
};

void SqlitePlanWriter::begin_new() {
    Transaction transaction(*connection_);
    Mailing mailing = require_mailing(*connection_, header_.mailing);
    refuse_cancelled(header_.mailing, mailing.control);
    auto present = ready_plan(*connection_, header_.mailing);
    if (present && kind_ == PlanKind::kFirst) refuse_second_plan(header_.mailing);
    if (present && present->begun) refuse_replanning(header_.mailing);
    connection_->run(
        "INSERT INTO plan(mailing, list, content, content_hash, inputs, columns, created) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        mailing.number, require_list(*connection_, header_.list), Blob{header_.content},
        header_.content_hash, Blob{header_.inputs}, Blob{pack_texts(header_.columns)},
        header_.created);
    plan_ = connection_->last_id();
    if (plan_ > kMostPlans) throw LedgerError("the ledger has no numbers left for another plan");
    keys_ = KeySet(plan_);
    transaction.commit();
    replaced_ = mailing.plan;
    header_.content.clear();
}

void SqlitePlanWriter::begin_top_up() {
    auto info = plan_info(*connection_, header_.mailing);
    auto present = ready_plan(*connection_, header_.mailing);
    check_top_up(header_, info);
    refuse_cancelled(header_.mailing, find_mailing(*connection_, header_.mailing)->control);
    plan_ = present->number;
    shown_ = rows_ = present->rows;
    keys_ = KeySet(plan_);
    load_keys(*present);
    zones_ = ZoneNumbers(read_zones(*connection_, *present), rows_);
    header_.content.clear();
}

void SqlitePlanWriter::load_keys(const Plan& plan) {
    Query rows = connection_->query("SELECT key, id FROM recipient WHERE id BETWEEN ? AND ?",
                                    plan.first(), plan.last());
    auto never = [](RowId) { return false; };
    while (rows.step()) keys_.add(rows.text(0), rows.integer(1), never);
}

bool SqlitePlanWriter::is_key_of(RowId id, const std::string& key) {
    RowId first_pending = row_id(plan_, rows_ + 1) - static_cast<RowId>(pending_rows_);
    if (id >= first_pending) {
        return pending_[static_cast<std::size_t>(id - first_pending)].key == key;
    }
    Query row = connection_->query("SELECT key FROM recipient WHERE id = ?", id);
    return row.step() && row.text(0) == key;
}

bool SqlitePlanWriter::add(const PlanRow& row) {
    if (!lock_) throw std::logic_error("a row was added to a plan that is committed");
    check_cells(row, header_.columns.size());
    return guarded(kCannotWrite, [&] {
        RowId id = row_id(plan_, rows_ + 1);
        bool is_new = keys_.add(row.key, id, [&](RowId of) { return is_key_of(of, row.key); });
        if (!is_new) return false;
        if (rows_ == kMostRows) throw LedgerError("a plan cannot hold more than 16,777,215 rows");
        ++rows_;
        tally_.add(row.skip == SkipReason::kNone ? State::kPlanned : State::kSkipped, row.skip);
        append(row, id);
        bool full = pending_rows_ == kRowsStoredAtOnce || pending_bytes_ >= kBytesStoredAtOnce;
        if (full) store_pending();
        return true;
    });
}

void SqlitePlanWriter::append(const PlanRow& row, RowId id) {
    if (pending_rows_ == pending_.size()) pending_.emplace_back();
    StoredRow& stored = pending_[pending_rows_++];
    stored.id = id;
    stored.key = row.key;
    stored.address = row.address;
    stored.cells.clear();
    append_texts(stored.cells, row.cells);
    stored.skip = row.skip;
    stored.detail = row.detail;
    stored.zone = zones_.number_of(row);
    pending_bytes_ += stored.cells.size() + stored.key.size() + stored.detail.size();
}

void SqlitePlanWriter::store_pending() {
    store_->store(std::span(pending_).first(pending_rows_));
    // Memory that few large rows have left behind is not kept for the next.
    if (pending_bytes_ >= kBytesStoredAtOnce) pending_.clear();
    pending_rows_ = pending_bytes_ = 0;
    failpoint("w0-rows");
}

void SqlitePlanWriter::commit(const PlanEnd& end) {
    if (!lock_) throw std::logic_error("a plan was committed twice");
    guarded(kCannotWrite, [&] {
        store_pending();
        store_.reset();
        zones_.number_rest(*connection_, plan_);
        failpoint("w0-before-ready");
        make_ready(end);
    });
    failpoint("w0-after-ready");
    if (replaced_ != 0) remove_quietly([&] { remove_plan(*connection_, replaced_); });
    lock_.reset();
}

void SqlitePlanWriter::make_ready(const PlanEnd& end) {
    Transaction transaction(*connection_);
    Mailing mailing = require_mailing(*connection_, header_.mailing);
    refuse_cancelled(header_.mailing, mailing.control);
    connection_->run(
        "UPDATE plan SET rows = ?, duplicates = ?, audience_hash = ?, inputs = ?, settings = ? "
        "WHERE number = ?",
        rows_, end.duplicates, end.audience_hash, Blob{header_.inputs}, Blob{header_.settings},
        plan_);
    tally_.apply(*connection_, plan_);
    zones_.write(*connection_, plan_);
    connection_->run("UPDATE mailing SET plan = ? WHERE number = ?", plan_, mailing.number);
    transaction.commit();
}

// What stays behind is invisible and goes when the mailing is planned next.
void SqlitePlanWriter::remove_quietly(const std::function<void()>& removal) {
    try {
        removal();
    } catch (const std::exception& fault) {
        log_debug(std::string("rows of an unused plan stay in the ledger: ") + fault.what());
    }
}

SqlitePlanWriter::~SqlitePlanWriter() {
    if (!lock_) return;
    remove_quietly([&] {
        if (kind_ == PlanKind::kTopUp)
            remove_rows(*connection_, row_id(plan_, shown_ + 1), row_id(plan_, kMostRows));
        else
            remove_plan(*connection_, plan_);
    });
}

}  // namespace

std::unique_ptr<PlanWriter> make_plan_writer(std::shared_ptr<Connection> connection,
                                             const std::filesystem::path& ledger,
                                             const PlanHeader& header, PlanKind kind) {
    return guarded(kCannotWrite, [&] {
        return std::make_unique<SqlitePlanWriter>(std::move(connection), ledger, header, kind);
    });
}

}  // namespace tocsin::sqlite

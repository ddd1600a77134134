#include "ledger/memory.h"

#include <algorithm>
#include <tuple>

#include "base/random.h"
#include "ledger/memory_reports.h"
#include "ledger/memory_state.h"
#include "ledger/rules.h"

namespace tocsin {
namespace {

using memory::Mailing;
using memory::Plan;
using memory::Row;
using memory::World;

void cancel(Plan& plan, const std::string& reason) {
    for (Row& row : plan.rows) {
        if (row.waits()) skip(row, SkipReason::kCancelled, reason);
    }
}

class MemoryLedger : public Ledger {
  public:
    std::string id() const override { return id_; }

    std::unique_ptr<PlanWriter> write_plan(const PlanHeader& header, PlanKind kind) override {
        return memory::make_plan_writer(world_, header, kind);
    }

    std::optional<PlanInfo> plan(const MailingKey& mailing) override {
        const Plan* plan = find(mailing);
        if (plan == nullptr) return std::nullopt;
        PlanInfo info = plan->info;
        info.started = info.started || plan->begun;
        return info;
    }

    std::vector<MailingKey> mailings() override {
        std::vector<std::tuple<WallTime, std::int64_t, MailingKey>> planned;
        for (const auto& [key, mailing] : world_->mailings) {
            if (mailing.plan) {
                planned.emplace_back(mailing.plan->info.created, mailing.plan->order, key);
            }
        }
        std::sort(planned.begin(), planned.end());
        std::vector<MailingKey> keys;
        for (const auto& entry : planned) keys.push_back(std::get<MailingKey>(entry));
        return keys;
    }

    void for_each_row(
        const MailingKey& mailing,
        const std::function<void(const std::string& key, State state)>& visit) override {
        const Plan* plan = find(mailing);
        if (plan == nullptr) return;
        for (const Row& row : plan->rows) visit(row.key, row.state);
    }

    std::string note(const std::string& subject) override { return world_->notes[subject]; }
    bool set_note(const std::string& subject, const std::string& value) override {
        std::string& present = world_->notes[subject];
        return std::exchange(present, value) != value;
    }
    std::int64_t advance_note(const std::string& subject) override {
        std::string& present = world_->notes[subject];
        std::int64_t sum = std::strtoll(present.c_str(), nullptr, 10) + 1;
        present = std::to_string(sum);
        return sum;
    }
    std::vector<std::pair<std::string, std::string>> notes(const std::string& prefix) override {
        std::vector<std::pair<std::string, std::string>> found;
        for (const auto& one : world_->notes) {
            if (one.first.starts_with(prefix) && !one.second.empty()) found.push_back(one);
        }
        return found;
    }
    std::vector<MailingKey> unfinished(const std::string& campaign) override {
        return memory::unfinished(*world_, campaign);
    }
    std::optional<WallTime> next_due(const MailingKey& mailing) override {
        const Plan* plan = find(mailing);
        return plan != nullptr ? memory::next_due(*plan) : std::nullopt;
    }
    std::vector<ZoneRows> zones(const MailingKey& mailing) override {
        const Plan* plan = find(mailing);
        return plan != nullptr ? memory::zones(*plan) : std::vector<ZoneRows>{};
    }

    std::unique_ptr<SendSession> begin_send(const MailingKey& mailing, const std::string& owner,
                                            WallTime now) override {
        return memory::begin_send(world_, mailing, owner, now);
    }

    ControlState control(const MailingKey& mailing) override {
        return world_->mailings[mailing].control;
    }

    void set_control(const MailingKey& key, Control control, const std::string& reason,
                     WallTime now) override {
        std::lock_guard lock(world_->mutex);
        Mailing& mailing = world_->mailings[key];
        refuse_cancelled(key, mailing.control);
        mailing.control = {control, reason, now};
        if (control != Control::kCancelled || !mailing.plan) return;
        if (mailing.holder.empty()) memory::recover(*world_, key, now);
        cancel(*mailing.plan, reason);
    }

    bool approve(const MailingKey& mailing, const Approval& approval,
                 const std::string& people) override {
        return memory::approve(world_->mailings[mailing], approval, people);
    }
    std::vector<Approval> approvals(const MailingKey& mailing) override {
        return world_->mailings[mailing].approvals;
    }
    std::string approved_people(const MailingKey& mailing) override {
        return world_->mailings[mailing].approved_people;
    }

    Counts counts(const MailingKey& mailing) override {
        const Plan* plan = find(mailing);
        return plan != nullptr ? memory::count(*plan) : Counts{};
    }
    std::optional<RowReport> explain(const MailingKey& mailing, const std::string& key) override {
        const Plan* plan = find(mailing);
        auto report = plan != nullptr ? memory::explain(*plan, key) : std::nullopt;
        if (!report) return report;
        for_each_feedback({mailing.campaign, key},
                          [&](const Feedback& one) { report->feedback.push_back(one); });
        return report;
    }
    std::vector<RowReport> rows(const MailingKey& mailing, State state, std::size_t most) override {
        const Plan* plan = find(mailing);
        return plan != nullptr ? memory::rows_in_state(*plan, state, most)
                               : std::vector<RowReport>{};
    }
    void for_each_result(const MailingKey& mailing,
                         const std::function<void(const RowResult&)>& visit) override {
        if (const Plan* plan = find(mailing)) memory::for_each_result(*plan, visit);
    }

    Recovery recover(const MailingKey& key, const std::string&, WallTime now) override {
        Mailing& mailing = world_->mailings[key];
        if (!mailing.plan || !mailing.holder.empty()) return {};
        return memory::recover(*world_, key, now);
    }

    void in_doubt(const MailingKey& mailing,
                  const std::function<void(const DoubtfulRow&)>& visit) override {
        if (const Plan* plan = find(mailing)) memory::for_each_in_doubt(*plan, visit);
    }

    std::size_t resolve(const MailingKey& mailing, std::span<const Verdict> verdicts,
                        const std::string& source, WallTime now) override {
        return memory::resolve(world_, mailing, verdicts, source, now);
    }

    std::size_t suppress(std::span<const Suppression> entries) override {
        std::lock_guard lock(world_->mutex);
        std::size_t added = 0;
        for (const Suppression& entry : entries) added += world_->suppress(entry) ? 1 : 0;
        return added;
    }

    std::size_t unsuppress(const SuppressionFilter& filter, const std::string& source,
                           WallTime now) override {
        check_lifts_one(filter);
        std::lock_guard lock(world_->mutex);
        return world_->lift(filter, source, now);
    }

    std::size_t undo_suppressions(const ReplyFilter& filter, const std::string& source,
                                  WallTime now) override {
        return world_->undo(filter, source, now);
    }

    void use_names(std::shared_ptr<const AddressNames> names) override {
        world_->names = std::move(names);
    }

    std::size_t untold_entries() override { return world_->untold_entries(); }
    bool has_names(const std::string& prefix) override { return world_->has_names(prefix); }

    bool is_suppressed(const std::string& key, const std::string& list, WallTime now) override {
        return world_->suppression_for(key, list, now) != nullptr;
    }

    void skip_suppressed(std::span<PlanRow> rows, const std::string& list, WallTime now) override {
        for (PlanRow& row : rows) {
            bool planned = row.skip == SkipReason::kNone;
            if (planned && is_suppressed(row.key, list, now)) row.skip = SkipReason::kSuppressed;
        }
    }

    void for_each_suppression(const SuppressionFilter& filter,
                              const std::function<void(const Suppression&)>& visit) override {
        world_->for_each_suppression(filter, visit);
    }

    std::vector<SuppressionEvent> suppression_history(const std::string& key) override {
        std::vector<SuppressionEvent> events;
        const auto names = world_->names->all(key);
        for (const SuppressionEvent& event : world_->history) {
            bool is_of = std::find(names.begin(), names.end(), event.entry.address) != names.end();
            if (is_of) events.push_back(event);
        }
        return events;
    }

    std::optional<RowName> row_name(RowId id) override {
        RowName found;
        const Row* row = world_->find(id, found.mailing);
        if (row == nullptr) return std::nullopt;
        const PlanInfo& plan = find(found.mailing)->info;
        found.address = row->key;
        found.list = plan.list;
        found.columns = plan.columns;
        found.cells = row->planned.cells;
        return found;
    }

    std::optional<std::string> list_name(std::uint64_t number) override {
        return named(world_->lists, number);
    }

    std::optional<std::string> campaign_name(std::uint64_t number) override {
        return named(world_->campaigns, number);
    }

    std::size_t note_feedback(std::span<const FeedbackNote> notes) override {
        std::lock_guard lock(world_->mutex);
        std::size_t noted = 0;
        for (const FeedbackNote& note : notes) noted += world_->note_feedback(note) ? 1 : 0;
        return noted;
    }

    void for_each_feedback(const FeedbackFilter& filter,
                           const std::function<void(const Feedback&)>& visit) override {
        const auto names = world_->names->all(filter.address);
        for (const Feedback& feedback : world_->feedback) {
            if (matches(filter, feedback, names)) visit(feedback);
        }
    }

    FeedbackCounts feedback_counts(const MailingKey& mailing) override {
        return world_->feedback_counts(mailing);
    }

  private:
    static std::optional<std::string> named(const std::vector<std::string>& names,
                                            std::uint64_t number) {
        if (number == 0 || number > names.size()) return std::nullopt;
        return names[number - 1];
    }

    const Plan* find(const MailingKey& key) const {
        auto found = world_->mailings.find(key);
        bool planned = found != world_->mailings.end() && found->second.plan;
        return planned ? &*found->second.plan : nullptr;
    }

    std::shared_ptr<World> world_ = std::make_shared<World>();
    std::string id_ = random_hex(16);
};

}  // namespace

std::unique_ptr<Ledger> make_memory_ledger() {
    return std::make_unique<MemoryLedger>();
}

}  // namespace tocsin

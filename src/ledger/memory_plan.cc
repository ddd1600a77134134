#include <algorithm>
#include <stdexcept>

#include "ledger/memory_state.h"
#include "ledger/rules.h"

namespace tocsin::memory {
namespace {

std::int64_t number_of(std::vector<std::string>& names, const std::string& name) {
    auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) found = names.insert(found, name);
    return found - names.begin() + 1;
}

Row make_row(RowId id, const PlanRow& planned) {
    Row row;
    row.id = id;
    row.key = planned.key;
    row.planned = planned;
    row.skip = planned.skip;
    row.state = planned.skip == SkipReason::kNone ? State::kPlanned : State::kSkipped;
    row.detail = planned.detail;
    return row;
}

class MemoryPlanWriter : public PlanWriter {
  public:
    MemoryPlanWriter(std::shared_ptr<World> world, const PlanHeader& header, PlanKind kind)
        : world_(std::move(world)), header_(header), hold_(world_, header.mailing, "a planner") {
        Mailing& mailing = world_->mailings[header.mailing];
        if (kind == PlanKind::kTopUp) {
            check_top_up(header, mailing.plan ? std::optional(mailing.plan->info) : std::nullopt);
            plan_ = *mailing.plan;
        }
        refuse_cancelled(header.mailing, mailing.control);
        if (kind == PlanKind::kFirst && mailing.plan) refuse_second_plan(header.mailing);
        if (kind != PlanKind::kTopUp) begin_new(mailing);
    }

    bool add(const PlanRow& row) override {
        if (hold_.released()) throw std::logic_error("a row was added to a plan that is committed");
        check_cells(row, header_.columns.size());
        if (plan_.has(row.key)) return false;
        plan_.rows.push_back(make_row(++world_->last_row, row));
        return true;
    }

    void commit(const PlanEnd& end) override {
        if (hold_.released()) throw std::logic_error("a plan was committed twice");
        Mailing& mailing = world_->mailings[header_.mailing];
        refuse_cancelled(header_.mailing, mailing.control);
        plan_.duplicates = end.duplicates;
        plan_.info.audience_hash = end.audience_hash;
        plan_.info.inputs = header_.inputs;
        plan_.info.settings = header_.settings;
        mailing.plan = std::move(plan_);
        hold_.release();
    }

  private:
    void begin_new(const Mailing& mailing) {
        if (mailing.plan && mailing.plan->begun) refuse_replanning(header_.mailing);
        PlanInfo& info = plan_.info;
        info.mailing = header_.mailing;
        info.campaign_number = number_of(world_->campaigns, header_.mailing.campaign);
        if (!header_.list.empty()) info.list_number = number_of(world_->lists, header_.list);
        info.list = header_.list;
        info.content = header_.content;
        info.content_hash = header_.content_hash;
        info.columns = header_.columns;
        info.created = header_.created;
        plan_.order = info.number = ++world_->last_plan;
    }

    std::shared_ptr<World> world_;
    PlanHeader header_;
    Hold hold_;
    Plan plan_;
};

}  // namespace

std::unique_ptr<PlanWriter> make_plan_writer(std::shared_ptr<World> world, const PlanHeader& header,
                                             PlanKind kind) {
    return std::make_unique<MemoryPlanWriter>(std::move(world), header, kind);
}

}  // namespace tocsin::memory

#include "ledger/memory_state.h"
#include "ledger/rules.h"

namespace tocsin::memory {
namespace {

bool resolve_row(World& world, const MailingKey& mailing, Row& row, const Verdict& verdict,
                 const std::string& source, WallTime now) {
    if (row.state != State::kInDoubt) return false;
    row.state = resolved_state(verdict.resolution);
    if (row.state == State::kDeferred) row.not_before = now;
    if (row.state == State::kAccepted) world.accepted(mailing, row.key);
    row.resolutions.push_back({verdict.resolution, source, verdict.evidence, now});
    return true;
}

}  // namespace

std::size_t resolve(const std::shared_ptr<World>& world, const MailingKey& key,
                    std::span<const Verdict> verdicts, const std::string& source, WallTime now) {
    Mailing& mailing = world->mailings[key];
    if (!mailing.plan) refuse_unplanned(key);
    std::optional<Hold> nobody_sends;
    if (resends(verdicts)) {
        nobody_sends.emplace(world, key, source);
        refuse_cancelled(key, mailing.control);
    }
    for (const Verdict& verdict : verdicts) {
        if (mailing.plan->find(verdict.id) == nullptr) refuse_stray_row();
    }
    std::size_t resolved = 0;
    for (const Verdict& verdict : verdicts) {
        Row& row = *mailing.plan->find(verdict.id);
        resolved += resolve_row(*world, key, row, verdict, source, now) ? 1 : 0;
    }
    return resolved;
}

}  // namespace tocsin::memory

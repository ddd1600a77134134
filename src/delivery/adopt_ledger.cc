#include "delivery/adopt_ledger.h"

#include "base/error.h"
#include "campaign/find.h"
#include "delivery/witness.h"
#include "ledger/sqlite/backup.h"

namespace tocsin {
namespace {

class Adopter {
  public:
    Adopter(const Workspace& workspace, Ledger& ledger, std::string owner, WallTime now)
        : workspace_(workspace), ledger_(ledger), owner_(std::move(owner)), now_(now) {}

    void hold_what_is_planned(Adoption& adoption) {
        for (const MailingKey& mailing : ledger_.mailings()) {
            hold(mailing);
            std::size_t in_doubt = ledger_.recover(mailing, owner_, now_).in_doubt;
            adoption.in_doubt += in_doubt;
            bool needs_look = in_doubt > 0 || !ledger_.counts(mailing).finished();
            bool is_held = control_of(mailing) == Control::kHeld;
            if (needs_look && is_held) adoption.held.push_back(mailing);
        }
    }
    void hold_what_is_not(Adoption& adoption) {
        for (const std::string& id : campaign_ids(workspace_)) {
            const MailingKey mailing{id, ""};
            if (ledger_.plan(mailing)) continue;
            hold(mailing);
            if (control_of(mailing) == Control::kHeld) adoption.unplanned.push_back(id);
        }
    }

  private:
    Control control_of(const MailingKey& mailing) { return ledger_.control(mailing).control; }
    bool is_planned_and_done(const MailingKey& mailing) {
        return ledger_.plan(mailing) && ledger_.counts(mailing).finished();
    }
    // What is held already keeps its reason, what is done or cancelled stays so.
    void hold(const MailingKey& mailing) {
        if (control_of(mailing) != Control::kOpen || is_planned_and_done(mailing)) return;
        ledger_.set_control(mailing, Control::kHeld,
                            "the ledger was adopted on " + iso8601(now_) +
                                ": look whether it was sent elsewhere before you release it",
                            now_);
    }

    const Workspace& workspace_;
    Ledger& ledger_;
    const std::string owner_;
    const WallTime now_;
};

}  // namespace

Adoption look_at_ledger(const Workspace& workspace, Ledger& ledger) {
    Adoption found;
    found.marks = read_marks(ledger);
    auto witness = open_witness(workspace);
    found.older = witness && may_be_older(*witness, ledger);
    return found;
}

Adoption adopt_ledger(const Workspace& workspace, Ledger& ledger, const std::string& owner,
                      WallTime now) {
    Adoption adoption = look_at_ledger(workspace, ledger);
    forget_flights(workspace.ledger, owner, now);
    Adopter adopter(workspace, ledger, owner, now);
    adopter.hold_what_is_planned(adoption);
    if (adoption.lacks()) {
        adopter.hold_what_is_not(adoption);
        ledger.set_note(kAdoptedNote, iso8601(now));
    }
    if (auto witness = open_witness(workspace)) start_anew(*witness, ledger, now);
    clear_marks(ledger);
    return adoption;
}

}  // namespace tocsin

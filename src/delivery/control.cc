#include "delivery/control.h"

#include "base/error.h"
#include "ledger/rules.h"

namespace tocsin {
namespace {

std::string because(const ControlState& control) {
    return control.reason.empty() ? "" : ": " + control.reason;
}

void refuse_cancelled(const MailingControl& control) {
    if (control.state.control != Control::kCancelled) return;
    const bool one_of_many = !control.by.occurrence.empty();
    throw Refused(control.by.shown() + " is cancelled" + because(control.state),
                  one_of_many ? "its other occurrences go out" : "a new id makes a new mailing");
}

}  // namespace

MailingControl control_of(Ledger& ledger, const MailingKey& mailing) {
    MailingControl own{ledger.control(mailing), mailing};
    if (mailing.occurrence.empty()) return own;
    MailingControl series{ledger.control(mailing.series()), mailing.series()};
    return is_stricter(series.state, own.state) ? series : own;
}

void demand_open(Ledger& ledger, const MailingKey& mailing) {
    const MailingControl control = control_of(ledger, mailing);
    refuse_cancelled(control);
    if (control.state.control != Control::kHeld) return;
    const std::string name = control.by.shown();
    throw Refused(name + " is held" + because(control.state),
                  "`tocsin release " + name + "` lets it go on");
}

void refuse_cancelled(Ledger& ledger, const MailingKey& mailing) {
    refuse_cancelled(control_of(ledger, mailing));
}

}  // namespace tocsin

#include "delivery/fault_tally.h"

#include <algorithm>

#include "base/text.h"

namespace tocsin {
namespace {

std::string hint_for(const Composer::Fault& fault) {
    if (fault.field.empty()) return "give it a wording for people without a name, say";
    const std::string& field = fault.field;
    return "wrap it in {{#" + field + "}}…{{/" + field + "}}, give `fallbacks: {" + field +
           ": …}`, or leave those people out with --skip-broken";
}

}  // namespace

void FaultTally::add(const Composer::Fault& fault, const Place& row) {
    auto known = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        return entry.fault.place == fault.place && entry.fault.id == fault.id;
    });
    if (known == entries_.end()) known = entries_.insert(known, {fault, row, 0});
    ++known->people;
}

void FaultTally::report(Severity severity, Findings& findings) const {
    for (const Entry& entry : entries_) {
        std::string people = entry.people == 1 ? "1 person" : grouped(entry.people) + " people";
        std::string first = entry.first.file + ":" + std::to_string(entry.first.line);
        findings.add({severity, entry.fault.id, entry.fault.place,
                      entry.fault.message + ": " + people + ", first " + first,
                      hint_for(entry.fault), entry.fault.excerpt});
    }
}

}  // namespace tocsin

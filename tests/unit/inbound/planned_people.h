// Ann and Bob, planned in two mailings, and mails about them.
#pragma once

#include <doctest/doctest.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "inbound/report.h"
#include "ledger/ledger.h"
#include "ledger/memory.h"
#include "mail/message_id.h"
#include "mail/return_path.h"
#include "mail/token.h"

namespace tocsin::test {

inline const KeyRing& keys() {
    static const KeyRing ring(std::vector<std::string>{"a secret of the tests"});
    return ring;
}

inline const KeyRing& foreign_keys() {
    static const KeyRing ring(std::vector<std::string>{"another secret"});
    return ring;
}

inline void plan(Ledger& ledger, const MailingKey& mailing, const std::vector<std::string>& keys) {
    PlanHeader header;
    header.mailing = mailing;
    header.list = "news";
    header.content_hash = "abcd";
    auto writer = ledger.write_plan(header, PlanKind::kNew);
    for (const std::string& key : keys) writer->add({key, key, {}, SkipReason::kNone, ""});
    writer->commit(0);
}

inline std::unique_ptr<Ledger> planned_ledger() {
    auto ledger = make_memory_ledger();
    plan(*ledger, {"first", ""}, {"ann@one.example", "bob@two.example"});
    plan(*ledger, {"second", ""}, {"ann@one.example", "bob@two.example"});
    return ledger;
}

// The row of an address in a mailing.
inline std::uint64_t row_of(Ledger& ledger, const MailingKey& mailing, const std::string& key) {
    auto session = ledger.begin_send(mailing, "test", WallTime{});
    for (const ClaimedRow& row : session->claim(10, WallTime{})) {
        if (row.address == key) return static_cast<std::uint64_t>(row.id);
    }
    FAIL("no such row");
    return 0;
}

inline std::string bounces_to(const KeyRing& ring, std::uint64_t row, const std::string& key) {
    return "bounces+" + encode_return_path(ring, row, key) + "@b.example";
}

inline Report bounce() {
    Report report;
    report.kind = FeedbackKind::kBounce;
    report.bounce = BounceClass::kHard;
    report.status = "5.1.1";
    return report;
}

}  // namespace tocsin::test

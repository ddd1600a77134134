// A ledger with a plan of people, and their tokens.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ledger/sqlite/open.h"
#include "mail/address_names.h"
#include "support/temporary_folder.h"
#include "unit/unsubscribe/support.h"
#include "unsubscribe/ledger_book.h"

namespace tocsin::test {

inline std::unique_ptr<Ledger> open_test_ledger(const std::filesystem::path& file,
                                                const KeyRing& keys) {
    auto ledger = open_sqlite_ledger(file, OpenMode::kCreate);
    ledger->use_names(std::make_shared<AddressNames>(keys));
    return ledger;
}

// Plans `addresses`; returns their tokens.
inline std::vector<std::string> plan_tokens(Ledger& ledger, const KeyRing& keys,
                                            const std::vector<std::string>& addresses,
                                            const std::string& campaign = "alert",
                                            const std::string& list = "news") {
    PlanHeader header;
    header.mailing = {campaign, ""};
    header.list = list;
    header.columns = {"first_name", "language"};
    auto writer = ledger.write_plan(header, PlanKind::kNew);
    for (const std::string& address : addresses) {
        writer->add({address, address, {"Ann", "de"}, SkipReason::kNone, ""});
    }
    writer->commit(0);
    auto plan = ledger.plan(header.mailing);
    auto session = ledger.begin_send(header.mailing, "test", kNoon);
    std::vector<std::string> tokens;
    for (const ClaimedRow& row : session->claim(addresses.size(), kNoon)) {
        tokens.push_back(encode_token(keys, static_cast<std::uint64_t>(plan->campaign_number),
                                      static_cast<std::uint64_t>(plan->list_number),
                                      static_cast<std::uint64_t>(row.id), row.address));
    }
    return tokens;
}

// "scope reason source" of each entry of one name, or of all.
inline std::vector<std::string> entries_of(Ledger& ledger, const std::string& name = "") {
    std::vector<std::string> entries;
    ledger.for_each_suppression({name}, [&](const Suppression& one) {
        entries.push_back(one.scope + " " + one.reason + " " + one.source);
    });
    return entries;
}

inline std::vector<Feedback> feedback_in(Ledger& ledger) {
    std::vector<Feedback> all;
    ledger.for_each_feedback({}, [&](const Feedback& one) { all.push_back(one); });
    return all;
}

}  // namespace tocsin::test

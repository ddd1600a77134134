// What every form of the ledger must do (src/ledger/ledger.h): the forms, and the steps that the
// contract's cases (*_contract_test.cc) are made of. A new form is added to FORMS and passes.
#pragma once

#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/error.h"
#include "ledger/ledger.h"
#include "ledger/memory.h"
#include "ledger/sqlite/open.h"

#define FORMS MemoryForm, SqliteForm

namespace tocsin::test {

// A fresh folder, removed with everything in it.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "ledger-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

struct MemoryForm {
    std::unique_ptr<Ledger> ledger = make_memory_ledger();
};

struct SqliteForm {
    TemporaryFolder folder;
    std::unique_ptr<Ledger> ledger =
        open_sqlite_ledger(folder.path() / "state" / "tocsin.db", OpenMode::kCreate);
};

inline WallTime at(int seconds) {
    return WallTime(std::chrono::seconds(1'800'000'000 + seconds));
}

inline const MailingKey kMailing{"alert", ""};

inline PlanHeader header(const MailingKey& mailing = kMailing, const std::string& list = "") {
    PlanHeader header;
    header.mailing = mailing;
    header.list = list;
    header.content = std::string("content\0with a NUL", 18);
    header.content_hash = "abcd";
    header.inputs = "inputs";
    header.columns = {"first_name", "country"};
    header.created = at(0);
    return header;
}

inline PlanRow person(const std::string& key) {
    return {key, key, {"Name of " + key, "GB"}, SkipReason::kNone, ""};
}

inline void write_plan(Ledger& ledger, const PlanHeader& head, const std::vector<PlanRow>& rows,
                       PlanKind kind = PlanKind::kNew, std::size_t duplicates = 0) {
    auto writer = ledger.write_plan(head, kind);
    for (const PlanRow& row : rows) writer->add(row);
    writer->commit(duplicates);
}

inline void plan_people(Ledger& ledger, const std::vector<std::string>& keys,
                        const std::string& list = "") {
    std::vector<PlanRow> rows;
    for (const auto& key : keys) rows.push_back(person(key));
    write_plan(ledger, header(kMailing, list), rows);
}

inline std::vector<std::string> keys_of(const std::vector<ClaimedRow>& rows) {
    std::vector<std::string> keys;
    for (const auto& row : rows) keys.push_back(row.address);
    return keys;
}

inline std::vector<RowId> ids_of(const std::vector<ClaimedRow>& rows) {
    std::vector<RowId> ids;
    for (const auto& row : rows) ids.push_back(row.id);
    return ids;
}

inline std::map<std::string, State> states(Ledger& ledger, const MailingKey& mailing = kMailing) {
    std::map<std::string, State> found;
    ledger.for_each_row(mailing, [&](const std::string& key, State state) { found[key] = state; });
    return found;
}

// The counts, after a check that they are those of the rows themselves.
inline Counts checked_counts(Ledger& ledger, const MailingKey& mailing = kMailing) {
    Counts counts = ledger.counts(mailing);
    CHECK(counts.adds_up());
    std::array<std::size_t, kStates> real{};
    for (const auto& [key, state] : states(ledger, mailing)) {
        ++real.at(static_cast<std::size_t>(state));
    }
    CHECK(counts.states == real);
    std::array<std::size_t, kSkipReasons> skipped{};
    for (const auto& row : ledger.rows(mailing, State::kSkipped, counts.total + 1)) {
        ++skipped.at(static_cast<std::size_t>(row.skip));
    }
    CHECK(counts.skipped == skipped);
    return counts;
}

inline RowOutcome outcome(RowId id, State state, int seconds = 10) {
    RowOutcome result;
    result.id = id;
    result.state = state;
    result.transport = "relay";
    result.attempt.phase = Phase::kEndOfData;
    result.attempt.started = at(seconds);
    result.attempt.ended = at(seconds + 1);
    if (state == State::kAccepted) result.attempt.reply = SmtpReply{250, "2.0.0", "queued"};
    if (state == State::kRejected) result.attempt.reply = SmtpReply{550, "5.1.1", "no such user"};
    if (state == State::kDeferred) {
        result.attempt.error = "connection reset";
        result.not_before = at(seconds + 100);
    }
    return result;
}

inline void record(SendSession& session, RowId id, State state, int seconds = 10) {
    RowOutcome one[] = {outcome(id, state, seconds)};
    session.record(one);
}

inline RowOutcome with_suppression(RowOutcome outcome, const std::string& scope = kEverything) {
    outcome.suppress = Suppression{"", scope, "bounce", "", {}, ""};
    return outcome;
}

inline RowOutcome soft_bounced(RowOutcome outcome) {
    outcome.soft_bounce = true;
    return outcome;
}

inline Suppression unsubscribe(const std::string& key, const std::string& scope = kEverything) {
    return {key, scope, "unsubscribe", "web", at(5), "alert"};
}

inline void suppress(Ledger& ledger, const std::string& key,
                     const std::string& scope = kEverything) {
    Suppression one[] = {unsubscribe(key, scope)};
    ledger.suppress(one);
}

}  // namespace tocsin::test

#include "ledger/sqlite/schema.h"

#include <array>
#include <unistd.h>

#include "base/error.h"
#include "base/failpoint.h"
#include "base/random.h"
#include "ledger/sqlite/mailing_lock.h"

namespace tocsin::sqlite {
namespace {

// Times are milliseconds since the epoch, states and reasons the numbers of model/state.h.
//
// `mailing.epoch` counts the sends of a mailing; a row's `claim` is the epoch that holds it, so a
// sender that was taken for dead cannot write any more. `send` remembers who each epoch was.
// Cells lie apart from `recipient`, which is scanned and rewritten all the time.
// `tally` holds the sum of every state, kept in the transactions that change states.
constexpr char kVersion1[] = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE campaign(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE list(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE mailing(
    number INTEGER PRIMARY KEY,
    campaign INTEGER NOT NULL REFERENCES campaign,
    occurrence TEXT NOT NULL,
    plan INTEGER REFERENCES plan,
    epoch INTEGER NOT NULL DEFAULT 0,
    control INTEGER NOT NULL DEFAULT 0,
    control_reason TEXT NOT NULL DEFAULT '',
    control_since INTEGER NOT NULL DEFAULT 0,
    UNIQUE(campaign, occurrence));
CREATE TABLE send(
    mailing INTEGER NOT NULL REFERENCES mailing,
    epoch INTEGER NOT NULL,
    owner TEXT NOT NULL,
    began INTEGER NOT NULL,
    PRIMARY KEY(mailing, epoch)) WITHOUT ROWID;
CREATE TABLE plan(
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    mailing INTEGER NOT NULL REFERENCES mailing,
    list INTEGER REFERENCES list,
    content BLOB NOT NULL,
    content_hash TEXT NOT NULL,
    inputs BLOB NOT NULL,
    columns BLOB NOT NULL,
    created INTEGER NOT NULL,
    rows INTEGER NOT NULL DEFAULT 0,
    duplicates INTEGER NOT NULL DEFAULT 0,
    claimed INTEGER NOT NULL DEFAULT 0,
    begun INTEGER NOT NULL DEFAULT 0);
CREATE INDEX plan_of_mailing ON plan(mailing);
CREATE TABLE recipient(
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    address TEXT,
    state INTEGER NOT NULL,
    skip INTEGER NOT NULL,
    detail TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    claim INTEGER,
    since INTEGER,
    not_before INTEGER,
    first_attempt INTEGER);
CREATE INDEX retry ON recipient(id >> 24, not_before) WHERE state = 4;
CREATE INDEX in_flight ON recipient(id) WHERE claim IS NOT NULL;
CREATE TABLE cells(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE tally(
    plan INTEGER NOT NULL REFERENCES plan,
    state INTEGER NOT NULL,
    skip INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY(plan, state, skip)) WITHOUT ROWID;
CREATE TABLE attempt(
    recipient INTEGER NOT NULL REFERENCES recipient,
    number INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    state INTEGER NOT NULL,
    transport TEXT NOT NULL,
    phase INTEGER NOT NULL,
    code INTEGER,
    enhanced TEXT,
    reply TEXT,
    error TEXT,
    started INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    PRIMARY KEY(recipient, number)) WITHOUT ROWID;
CREATE TABLE suppression(
    address TEXT NOT NULL,
    scope TEXT NOT NULL,
    reason TEXT NOT NULL,
    source TEXT NOT NULL,
    time INTEGER NOT NULL,
    campaign TEXT NOT NULL,
    PRIMARY KEY(address, scope)) WITHOUT ROWID;
CREATE TABLE suppression_event(
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    lifted INTEGER NOT NULL,
    address TEXT NOT NULL,
    scope TEXT NOT NULL,
    reason TEXT NOT NULL,
    source TEXT NOT NULL,
    time INTEGER NOT NULL,
    campaign TEXT NOT NULL);
CREATE INDEX suppression_event_of_address ON suppression_event(address);
)sql";

// `attempt.decision`: why the policy made of it what it did.
// `suppression_event.change` is a SuppressionChange, `run` the epoch of the send it came from.
// `provisional` holds what replies said about addresses until a send settles it, `soft_bounce` in
// which mailings an address bounced softly since it last took a mail.
// `resolution` only grows: what was decided about rows in doubt.
// `pace` is what is spent of the rates.
constexpr char kVersion2[] = R"sql(
ALTER TABLE attempt ADD COLUMN decision TEXT;
ALTER TABLE suppression_event RENAME COLUMN lifted TO change;
ALTER TABLE suppression_event ADD COLUMN run INTEGER;
CREATE TABLE provisional(
    mailing INTEGER NOT NULL REFERENCES mailing,
    address TEXT NOT NULL,
    scope TEXT NOT NULL,
    reason TEXT NOT NULL,
    source TEXT NOT NULL,
    time INTEGER NOT NULL,
    campaign TEXT NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY(mailing, address, scope)) WITHOUT ROWID;
CREATE TABLE soft_bounce(
    address TEXT NOT NULL,
    mailing INTEGER NOT NULL REFERENCES mailing,
    time INTEGER NOT NULL,
    PRIMARY KEY(address, mailing)) WITHOUT ROWID;
CREATE TABLE resolution(
    recipient INTEGER NOT NULL REFERENCES recipient,
    number INTEGER NOT NULL,
    resolution INTEGER NOT NULL,
    source TEXT NOT NULL,
    evidence TEXT NOT NULL,
    time INTEGER NOT NULL,
    PRIMARY KEY(recipient, number)) WITHOUT ROWID;
CREATE TABLE pace(scope TEXT PRIMARY KEY, state BLOB NOT NULL) WITHOUT ROWID;
)sql";

// `until`: the end of a pause. `address` of suppressions and their events may be a hashed name.
// `soft_bounce.cleared`: the mailing whose acceptance made it count no more; `reported`: by a mail
// that came back, not by a reply alone.
// `feedback` only grows; its `recipient` is 0 where no row is known.
constexpr char kVersion3[] = R"sql(
ALTER TABLE suppression ADD COLUMN until INTEGER;
ALTER TABLE suppression_event ADD COLUMN until INTEGER;
ALTER TABLE soft_bounce ADD COLUMN cleared INTEGER REFERENCES mailing;
ALTER TABLE soft_bounce ADD COLUMN reported INTEGER NOT NULL DEFAULT 0;
CREATE TABLE feedback(
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    recipient INTEGER NOT NULL,
    campaign TEXT NOT NULL,
    kind INTEGER NOT NULL,
    class INTEGER NOT NULL,
    status TEXT NOT NULL,
    said TEXT NOT NULL,
    source TEXT NOT NULL,
    time INTEGER NOT NULL);
CREATE INDEX feedback_of_address ON feedback(address);
CREATE INDEX feedback_of_campaign ON feedback(campaign);
CREATE INDEX feedback_of_recipient ON feedback(recipient);
)sql";

// `approval` only grows, but for `people`, which the latest of a mailing alone keeps.
constexpr char kVersion4[] = R"sql(
ALTER TABLE plan ADD COLUMN settings BLOB;
ALTER TABLE plan ADD COLUMN audience_hash TEXT;
CREATE TABLE approval(
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    mailing INTEGER NOT NULL REFERENCES mailing,
    content_hash TEXT NOT NULL,
    audience_hash TEXT NOT NULL,
    settings_hash TEXT NOT NULL,
    facts BLOB NOT NULL,
    people BLOB,
    name TEXT NOT NULL,
    time INTEGER NOT NULL);
CREATE INDEX approval_of_mailing ON approval(mailing);
)sql";

// `note` is what Notes keeps.
// `recipient.zone` is the number of one of its plan's zones, 0 that of who has none; NULL where the
// whole plan has none, and of who is skipped. A zone is postponed as one: `opens` is when its
// people may go, and their rows stay as they are. `waiting` finds those of one zone: the planned
// ones in plan order, then the deferred ones by their time. Rows without zone are in no index.
// `unfinished` and `unplanned`: what a recurring campaign has still to do, however long it has run.
constexpr char kVersion5[] = R"sql(
CREATE TABLE note(subject TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
ALTER TABLE recipient ADD COLUMN zone INTEGER;
CREATE TABLE zone(
    plan INTEGER NOT NULL REFERENCES plan,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    opens INTEGER,
    PRIMARY KEY(plan, number)) WITHOUT ROWID;
CREATE INDEX waiting ON recipient(id >> 24, zone, not_before)
    WHERE zone IS NOT NULL AND state IN (0, 4);
CREATE INDEX unfinished ON tally(plan) WHERE state IN (0, 2, 4) AND count > 0;
CREATE INDEX unplanned ON mailing(campaign) WHERE plan IS NULL AND control <> 2;
)sql";

// What makes version N + 1 of version N. An entry is never changed once it was released.
constexpr std::array<const char*, kSchemaVersion> kSteps = {kVersion1, kVersion2, kVersion3,
                                                            kVersion4, kVersion5};

constexpr char kRestore[] = "Do not delete it: it alone knows who got mail. Restore a backup.";

std::int64_t schema_version(Connection& connection) {
    return connection.integer(0,
                              "SELECT CAST(value AS INTEGER) FROM meta WHERE key='schema_version'");
}

}  // namespace

void create_schema(Connection& connection) {
    auto& database = connection.database();
    database.exec("PRAGMA journal_mode=WAL");
    database.exec("PRAGMA synchronous=FULL");
    Transaction transaction(connection);
    database.exec("PRAGMA application_id=" + std::to_string(kApplicationId));
    for (const char* step : kSteps) database.exec(step);
    connection.run("INSERT INTO meta VALUES ('schema_version', ?)", std::to_string(kSchemaVersion));
    connection.run("INSERT INTO meta VALUES ('ledger_id', ?)", random_hex(16));
    transaction.commit();
}

void check_schema(Connection& connection, const std::string& shown_path) {
    // Read first: a file that is no ledger must not be changed, not even its journal mode.
    if (connection.integer(0, "PRAGMA application_id") != kApplicationId) {
        throw LedgerError(shown_path + " is no ledger of tocsin",
                          "Restore a backup of the ledger, or correct `ledger:` in tocsin.yaml.");
    }
    auto version = schema_version(connection);
    if (version > kSchemaVersion) {
        throw LedgerError("the ledger " + shown_path + " was written by a newer version of tocsin",
                          "Install that version or a later one.");
    }
    if (version < 1) {
        throw LedgerError("the ledger " + shown_path + " does not say its version", kRestore);
    }
}

void upgrade_schema(Connection& connection, const std::filesystem::path& ledger, WallTime now) {
    if (schema_version(connection) == kSchemaVersion) return;
    auto nobody_writes = lock_all_mailings(
        ledger, "pid " + std::to_string(::getpid()) + ", which upgrades the ledger,", now);
    Transaction transaction(connection);
    // Read again: another process may have come first.
    auto version = static_cast<std::size_t>(schema_version(connection));
    for (; version < kSteps.size(); ++version) connection.database().exec(kSteps.at(version));
    connection.run("UPDATE meta SET value = ? WHERE key = 'schema_version'",
                   std::to_string(kSchemaVersion));
    failpoint("upgrade-before-commit");
    transaction.commit();
}

std::string ledger_id(Connection& connection) {
    Query found = connection.query("SELECT value FROM meta WHERE key='ledger_id'");
    if (!found.step()) throw LedgerError("the ledger has no id", kRestore);
    return found.text(0);
}

}  // namespace tocsin::sqlite

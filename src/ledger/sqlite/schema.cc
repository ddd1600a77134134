#include "ledger/sqlite/schema.h"

#include "base/error.h"
#include "base/random.h"

namespace tocsin::sqlite {
namespace {

// Times are milliseconds since the epoch, states and reasons the numbers of model/state.h.
//
// `mailing.epoch` counts the sends of a mailing; a row's `claim` is the epoch that holds it, so a
// sender that was taken for dead cannot write any more. `send` remembers who each epoch was.
// Cells lie apart from `recipient`, which is scanned and rewritten all the time.
// `tally` holds the sum of every state, kept in the transactions that change states.
constexpr char kTables[] = R"sql(
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

constexpr char kRestore[] = "Do not delete it: it alone knows who got mail. Restore a backup.";

}  // namespace

void create_schema(Connection& connection) {
    auto& database = connection.database();
    database.exec("PRAGMA journal_mode=WAL");
    database.exec("PRAGMA synchronous=FULL");
    Transaction transaction(connection);
    database.exec("PRAGMA application_id=" + std::to_string(kApplicationId));
    database.exec(kTables);
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
    auto version =
        connection.integer(0, "SELECT CAST(value AS INTEGER) FROM meta WHERE key='schema_version'");
    if (version > kSchemaVersion) {
        throw LedgerError("the ledger " + shown_path + " was written by a newer version of tocsin",
                          "Install that version or a later one.");
    }
    if (version != kSchemaVersion) {
        throw LedgerError("the ledger " + shown_path + " does not say its version", kRestore);
    }
}

std::string ledger_id(Connection& connection) {
    Query found = connection.query("SELECT value FROM meta WHERE key='ledger_id'");
    if (!found.step()) throw LedgerError("the ledger has no id", kRestore);
    return found.text(0);
}

}  // namespace tocsin::sqlite

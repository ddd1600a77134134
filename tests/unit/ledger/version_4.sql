-- A ledger of schema version 4 in the middle of a send: one accepted, one deferred, one whose sender died, one
-- to come.
PRAGMA application_id=1953457011;
PRAGMA journal_mode=WAL;
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

INSERT INTO meta VALUES ('schema_version', '2'), ('ledger_id', '00112233445566778899aabbccddeeff');
INSERT INTO campaign VALUES (1, 'alert');
INSERT INTO mailing VALUES (1, 1, '', NULL, 1, 0, '', 0);
INSERT INTO send VALUES (1, 1, 'process 1 on oldhost', 1800000001000);
INSERT INTO plan VALUES (1, 1, NULL, X'00', 'abcd', X'00', X'0a66697273745f6e616d6507636f756e747279', 1800000000000, 4, 0, 1, 1);
UPDATE mailing SET plan = 1;
INSERT INTO recipient VALUES
    (16777217, 'a@x.example', NULL, 3, 0, NULL, 1, NULL, NULL, NULL, 1800000001000),
    (16777218, 'b@x.example', NULL, 4, 0, NULL, 1, NULL, NULL, 1800000100000, 1800000001000),
    (16777219, 'c@x.example', NULL, 2, 0, NULL, 0, 1, 1800000002000, NULL, 1800000001000),
    (16777220, 'd@x.example', NULL, 0, 0, NULL, 0, NULL, NULL, NULL, NULL);
INSERT INTO cells VALUES (16777217, X'0141024742'), (16777218, X'0142024742'), (16777219, X'0143024742'),
    (16777220, X'0144024742');
INSERT INTO tally VALUES (1, 0, 0, 1), (1, 2, 0, 1), (1, 3, 0, 1), (1, 4, 0, 1);
INSERT INTO attempt(recipient, number, epoch, state, transport, phase, code, enhanced, reply, error, started,
    ended) VALUES
    (16777217, 1, 1, 3, 'relay', 5, 250, '2.0.0', 'queued', NULL, 1800000002000, 1800000003000),
    (16777218, 1, 1, 4, 'relay', 2, NULL, NULL, NULL, 'connection reset', 1800000002000, 1800000003000);
INSERT INTO suppression VALUES ('s@x.example', 'all', 'manual', 'command line', 1800000000000, '');
INSERT INTO suppression_event(number, change, address, scope, reason, source, time, campaign) VALUES
    (1, 0, 's@x.example', 'news', 'unsubscribe', 'web', 1799999999000, 'alert'),
    (2, 0, 's@x.example', 'all', 'manual', 'command line', 1800000000000, ''),
    (3, 1, 's@x.example', 'news', 'unsubscribe', 'command line', 1800000000000, 'alert');
INSERT INTO suppression_event(change, address, scope, reason, source, time, campaign, run) VALUES
    (2, 'b@x.example', 'all', 'bounce', 'reply', 1800000003000, 'alert', 1);
INSERT INTO provisional VALUES (1, 'b@x.example', 'all', 'bounce', 'reply', 1800000003000, 'alert', 1);
INSERT INTO soft_bounce VALUES ('d@x.example', 1, 1800000003000);
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
UPDATE meta SET value = '3' WHERE key = 'schema_version';
INSERT INTO feedback VALUES (1, 'one', 'a@x.example', 16777217, 'alert', 2, 0, '', '', 'test', 1800000004000);
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
UPDATE meta SET value = '4' WHERE key = 'schema_version';
INSERT INTO approval VALUES (1, 1, 'c', 'a', 's', 'facts', 'people', 'Ann', 1800000000500);

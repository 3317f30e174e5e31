-- Schema 5: an audit that proves and what rules need, in one step.
--
-- Tables whose constraints were too narrow are made anew and get the old name. Foreign
-- keys rest meanwhile: the rows that refer to them find the same ids afterwards.

-- Tokens. When a revoked one would have ended by itself; none = it had no end, or was
-- revoked before this was kept.
ALTER TABLE token_state ADD COLUMN planned_end INTEGER;

-- The texts by which a token is found, in the form in which they are compared, and the
-- form in which names that look alike are the same.
ALTER TABLE token ADD COLUMN folded TEXT NOT NULL DEFAULT '';
ALTER TABLE token ADD COLUMN skeleton TEXT NOT NULL DEFAULT '';
CREATE INDEX token_skeleton ON token (skeleton) WHERE deleted_at IS NULL;

CREATE TABLE token_label (
    token INTEGER NOT NULL REFERENCES token DEFERRABLE INITIALLY DEFERRED,
    label TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (token, label)
) STRICT, WITHOUT ROWID;

-- The networks from which a token may be used; none = any.
CREATE TABLE token_network (
    token   INTEGER NOT NULL REFERENCES token DEFERRABLE INITIALLY DEFERRED,
    network TEXT NOT NULL,
    PRIMARY KEY (token, network)
) STRICT, WITHOUT ROWID;

-- Values. When each was issued; those of before by the events that tell of them.
ALTER TABLE value ADD COLUMN issued_at INTEGER;

CREATE TABLE issue (guid BLOB PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO issue (guid, at)
    SELECT unhex(replace(detail.value ->> 'guid', '-', '')), min(event.at)
    FROM event JOIN json_each(event.details) AS detail
    WHERE detail.value ->> 'detail' = 'new_guid' GROUP BY 1;
UPDATE value SET issued_at = (SELECT at FROM issue WHERE issue.guid = value.guid);
DROP TABLE issue;

-- The last use of each value beside its token's, in the same batches, and where a gateway
-- said it came from.
CREATE TABLE value_use (
    guid  BLOB PRIMARY KEY REFERENCES value DEFERRABLE INITIALLY DEFERRED,
    at    INTEGER NOT NULL,
    batch INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX value_use_batch ON value_use (batch);

-- Uses of before are of the only value that can have had them. Where two pass they count
-- for the old one: nobody is to drop that because it looks idle.
INSERT INTO value_use (guid, at, batch)
    SELECT ifnull(s.previous_guid, s.guid), u.at, u.batch
    FROM last_use u JOIN token_state s ON s.token = u.token JOIN value v ON v.guid = s.guid
    WHERE s.previous_guid IS NOT NULL OR u.at >= ifnull(v.issued_at, 0);

CREATE TABLE value_address (
    guid    BLOB NOT NULL REFERENCES value DEFERRABLE INITIALLY DEFERRED,
    address TEXT NOT NULL,
    refused INTEGER NOT NULL CHECK (refused IN (0, 1)),
    at      INTEGER NOT NULL,
    PRIMARY KEY (guid, address, refused)
) STRICT, WITHOUT ROWID;

-- The catalogue.
ALTER TABLE user ADD COLUMN disabled_at INTEGER;
ALTER TABLE user ADD COLUMN skeleton TEXT NOT NULL DEFAULT '';

-- The rules of an account for its tokens.
ALTER TABLE account ADD COLUMN longest_days INTEGER CHECK (longest_days > 0);
ALTER TABLE account ADD COLUMN never_forbidden INTEGER NOT NULL DEFAULT 0
    CHECK (never_forbidden IN (0, 1));
ALTER TABLE account ADD COLUMN idle_days INTEGER CHECK (idle_days > 0);
ALTER TABLE account ADD COLUMN breach TEXT NOT NULL DEFAULT 'flag'
    CHECK (breach IN ('refuse', 'flag'));

-- What a removed entry was called. Its id is never given again.
CREATE TABLE tombstone (
    kind       TEXT NOT NULL,
    id         INTEGER NOT NULL,
    name       TEXT NOT NULL,
    login      TEXT,
    removed_at INTEGER NOT NULL,
    removed_by INTEGER,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- The accounts it was of: who reached one of them goes on knowing it. A group of none was
-- one of all accounts.
CREATE TABLE tombstone_account (
    kind    TEXT NOT NULL,
    id      INTEGER NOT NULL,
    account INTEGER NOT NULL,
    PRIMARY KEY (kind, id, account),
    FOREIGN KEY (kind, id) REFERENCES tombstone DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tombstone_no_update BEFORE UPDATE ON tombstone
BEGIN SELECT RAISE(ABORT, 'tombstones are never changed'); END;

CREATE TRIGGER tombstone_no_delete BEFORE DELETE ON tombstone
BEGIN SELECT RAISE(ABORT, 'tombstones are never removed'); END;

-- Operator credentials: a name, what they are good for, and a user and an end where they
-- have one. `made_with` is the credential with which it was made over the network.
CREATE TABLE operator_credential_5 (
    guid       BLOB PRIMARY KEY CHECK (length(guid) = 16),
    user       INTEGER,
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    name       TEXT,
    "right"    TEXT NOT NULL DEFAULT 'operator',
    made_with  BLOB CHECK (made_with IS NULL OR length(made_with) = 16),
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    expires_at INTEGER,
    revoked_at INTEGER,
    revoked_by INTEGER
) STRICT;

INSERT INTO operator_credential_5
    (guid, user, hash, created_at, created_by, expires_at, revoked_at, revoked_by)
    SELECT guid, user, hash, created_at, created_by, expires_at, revoked_at, revoked_by
    FROM operator_credential;
DROP TABLE operator_credential;
ALTER TABLE operator_credential_5 RENAME TO operator_credential;

CREATE INDEX operator_credential_user ON operator_credential (user);

CREATE TRIGGER operator_credential_no_update
BEFORE UPDATE OF guid, user, hash, name, "right", made_with, created_at, created_by, expires_at
ON operator_credential
BEGIN SELECT RAISE(ABORT, 'operator credentials are never changed but revoked'); END;

CREATE TRIGGER operator_credential_stays_revoked BEFORE UPDATE ON operator_credential
WHEN OLD.revoked_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a revoked operator credential stays revoked'); END;

CREATE TRIGGER operator_credential_no_delete BEFORE DELETE ON operator_credential
BEGIN SELECT RAISE(ABORT, 'operator credentials are never removed'); END;

-- Apart from its row, which is never changed: written in batches, and no event.
CREATE TABLE credential_use (
    guid BLOB PRIMARY KEY REFERENCES operator_credential DEFERRABLE INITIALLY DEFERRED,
    at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Jobs, whose kinds are open.
CREATE TABLE job_5 (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL,
    verb        TEXT NOT NULL,
    title       TEXT NOT NULL,
    made_by     INTEGER NOT NULL,
    made_at     INTEGER NOT NULL,
    stage       TEXT NOT NULL
                CHECK (stage IN ('staged', 'open', 'stopped', 'done', 'abandoned')),
    total       INTEGER NOT NULL,
    chunks      INTEGER NOT NULL,
    -- The first chunk that is not committed yet.
    next        INTEGER NOT NULL CHECK (next BETWEEN 0 AND chunks),
    done        INTEGER NOT NULL,
    skipped     INTEGER NOT NULL,
    failed      INTEGER NOT NULL,
    runner      BLOB CHECK (length(runner) = 16),
    lease_until INTEGER,
    file        TEXT,
    digest      BLOB NOT NULL CHECK (length(digest) = 32),
    ended_at    INTEGER,
    plan        BLOB CHECK (plan IS NULL OR length(plan) = 16),
    -- Why it is done, in the words of who started it.
    reason      TEXT,
    CHECK ((runner IS NULL) = (lease_until IS NULL)),
    CHECK ((ended_at IS NOT NULL) = (stage IN ('done', 'abandoned')))
) STRICT;

INSERT INTO job_5 (id, kind, verb, title, made_by, made_at, stage, total, chunks, next, done,
        skipped, failed, runner, lease_until, file, digest, ended_at, plan)
    SELECT id, kind, verb, title, made_by, made_at, stage, total, chunks, next, done,
        skipped, failed, runner, lease_until, file, digest, ended_at, plan
    FROM job;
DROP TABLE job;
ALTER TABLE job_5 RENAME TO job;

-- The few that are not over, however many there were before.
CREATE INDEX job_waiting ON job (id) WHERE ended_at IS NULL;
CREATE INDEX job_plan ON job (plan) WHERE plan IS NOT NULL;

CREATE TRIGGER job_no_delete BEFORE DELETE ON job
BEGIN SELECT RAISE(ABORT, 'job records are never removed'); END;

-- How calls with an Idempotency-Key ended, for repeats of them; never a value.
CREATE TABLE idempotency (
    user    INTEGER NOT NULL,
    key     TEXT NOT NULL,
    request BLOB NOT NULL CHECK (length(request) = 32),
    at      INTEGER NOT NULL,
    status  INTEGER NOT NULL,
    answer  TEXT NOT NULL,
    PRIMARY KEY (user, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX idempotency_age ON idempotency (at);

-- Notices that were given, each once for a token, its end and the span before it.
CREATE TABLE notice (
    hook  TEXT NOT NULL,
    token INTEGER NOT NULL REFERENCES token DEFERRABLE INITIALLY DEFERRED,
    "end" INTEGER NOT NULL,
    span  INTEGER NOT NULL,
    at    INTEGER NOT NULL,
    PRIMARY KEY (hook, token, "end", span)
) STRICT, WITHOUT ROWID;

-- The store's time, apart from its newest event's.
ALTER TABLE head ADD COLUMN clock_mark INTEGER;
UPDATE head SET clock_mark = at;

-- The log. What is proven of an event are its bytes, of any form; the hash covers them
-- and the hash before. All else in a row was copied out of them, to find it by, and is
-- compared with them at every check. Kinds and actions are open: a newer program may
-- write more. The events of before are copied, and the guards put up, behind this file.
DROP TRIGGER event_in_order;
DROP TRIGGER event_no_update;
DROP TRIGGER event_no_delete;
DROP INDEX event_subject;
DROP INDEX event_user;
ALTER TABLE event RENAME TO event_4;

CREATE TABLE event (
    sequence     INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    user         INTEGER,
    system_login TEXT,
    subject_kind TEXT NOT NULL,
    subject      TEXT NOT NULL,
    action       TEXT NOT NULL,
    details      TEXT NOT NULL,
    bytes        BLOB NOT NULL,
    hash         BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

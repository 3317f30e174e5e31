-- Schema 2. Bulk work: a job and its frozen plan, chunk by chunk, with the outcome
-- of each chunk once it is committed. What `plan` and `outcome` hold is the
-- caller's business; no value is in them.

CREATE TABLE job (
    id          INTEGER PRIMARY KEY,
    kind        TEXT NOT NULL CHECK (kind IN ('tokens', 'holders')),
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
    CHECK ((runner IS NULL) = (lease_until IS NULL)),
    CHECK ((ended_at IS NOT NULL) = (stage IN ('done', 'abandoned')))
) STRICT;

-- The few that are not over, however many there were before.
CREATE INDEX job_waiting ON job (id) WHERE ended_at IS NULL;

CREATE TABLE job_chunk (
    id      INTEGER PRIMARY KEY,
    job     INTEGER NOT NULL REFERENCES job DEFERRABLE INITIALLY DEFERRED,
    place   INTEGER NOT NULL,
    plan    TEXT NOT NULL,
    outcome TEXT,
    UNIQUE (job, place)
) STRICT;

-- Counts the commits that changed a job: jobs have no events of their own.
ALTER TABLE head ADD COLUMN jobs INTEGER NOT NULL DEFAULT 0;

-- The highest token id that was given out to an export. It may never become a record,
-- and is never given out again.
ALTER TABLE head ADD COLUMN tokens INTEGER NOT NULL DEFAULT 0;

CREATE INDEX token_owner ON token (owner) WHERE owner IS NOT NULL;

CREATE TRIGGER job_no_delete BEFORE DELETE ON job
BEGIN SELECT RAISE(ABORT, 'job records are never removed'); END;

CREATE TRIGGER job_chunk_frozen BEFORE UPDATE OF job, place, plan ON job_chunk
BEGIN SELECT RAISE(ABORT, 'a frozen plan is never changed'); END;

CREATE TRIGGER job_chunk_decided BEFORE UPDATE OF outcome ON job_chunk
WHEN OLD.outcome IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a chunk ends once'); END;

-- Schema 1. Times are milliseconds since 1970 in UTC; ids are the numbers of
-- TKN-..., ACC-... and so on.
--
-- A record outlives what it refers to: users, modules, scopes and groups may be
-- removed while an ended token or an old event still names them, so only what is
-- never removed (accounts, tokens) is a foreign key.

CREATE TABLE meta (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    store     BLOB NOT NULL CHECK (length(store) = 16),
    kind      TEXT NOT NULL CHECK (kind IN ('normal', 'example', 'trial')),
    prefix    TEXT NOT NULL CHECK (length(prefix) BETWEEN 2 AND 8 AND prefix NOT GLOB '*[^a-z]*'),
    retention TEXT NOT NULL CHECK (retention IN ('sealed', 'hash-only'))
) STRICT;

CREATE TABLE key_slot (
    id      INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL,
    wrapped BLOB NOT NULL
) STRICT;

-- The catalogue.

CREATE TABLE account (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    status   TEXT NOT NULL CHECK (status IN ('active', 'disabled')),
    endpoint TEXT
) STRICT;

CREATE TABLE user (
    id            INTEGER PRIMARY KEY,
    login         TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name          TEXT NOT NULL,
    email         TEXT,
    role          TEXT NOT NULL
                  CHECK (role IN ('superadmin', 'partner', 'admin', 'viewer', 'member')),
    manage_tokens INTEGER NOT NULL CHECK (manage_tokens IN (0, 1))
) STRICT;

CREATE TABLE user_account (
    user    INTEGER NOT NULL REFERENCES user ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    account INTEGER NOT NULL REFERENCES account DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (user, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE user_scope (
    user  INTEGER NOT NULL REFERENCES user ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    scope INTEGER NOT NULL,
    PRIMARY KEY (user, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE module (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE module_account (
    module  INTEGER NOT NULL REFERENCES module ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    account INTEGER NOT NULL REFERENCES account DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (module, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE module_path (
    module INTEGER NOT NULL REFERENCES module ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    place  INTEGER NOT NULL,
    path   TEXT NOT NULL,
    PRIMARY KEY (module, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE scope (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    account INTEGER NOT NULL REFERENCES account DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE grp (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    account INTEGER REFERENCES account DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE grp_access (
    grp    INTEGER NOT NULL REFERENCES grp ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    module INTEGER NOT NULL,
    level  TEXT NOT NULL CHECK (level IN ('read', 'full')),
    PRIMARY KEY (grp, module)
) STRICT, WITHOUT ROWID;

-- Tokens. What an edit or a delete changes stands here; what a revoke or a switch
-- changes stands in token_state, whose narrow rows are cheap to write in bulk.

CREATE TABLE token (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL,
    description TEXT NOT NULL,
    account     INTEGER REFERENCES account DEFERRABLE INITIALLY DEFERRED,
    owner       INTEGER,
    created_at  INTEGER NOT NULL,
    created_by  INTEGER,
    deleted_at  INTEGER,
    deleted_by  INTEGER
) STRICT;

-- The tokens of all accounts share names among themselves, as if they were an
-- account's: 0 is no account's number.
CREATE UNIQUE INDEX token_name ON token (ifnull(account, 0), name_key) WHERE deleted_at IS NULL;

CREATE TABLE token_access (
    token  INTEGER NOT NULL REFERENCES token DEFERRABLE INITIALLY DEFERRED,
    module INTEGER NOT NULL,
    level  TEXT NOT NULL CHECK (level IN ('read', 'full')),
    PRIMARY KEY (token, module)
) STRICT, WITHOUT ROWID;

CREATE TABLE token_group (
    token INTEGER NOT NULL REFERENCES token DEFERRABLE INITIALLY DEFERRED,
    grp   INTEGER NOT NULL,
    PRIMARY KEY (token, grp)
) STRICT, WITHOUT ROWID;

CREATE TABLE token_scope (
    token INTEGER NOT NULL REFERENCES token DEFERRABLE INITIALLY DEFERRED,
    scope INTEGER NOT NULL,
    PRIMARY KEY (token, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE token_state (
    token          INTEGER PRIMARY KEY REFERENCES token DEFERRABLE INITIALLY DEFERRED,
    version        INTEGER NOT NULL CHECK (version > 0),
    -- A digest of all that is kept of the token outside this row: where it is the
    -- same, nothing there need be written.
    rest           BLOB NOT NULL CHECK (length(rest) = 32),
    enabled        INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    valid_from     INTEGER,
    valid_to       INTEGER,
    guid           BLOB CHECK (length(guid) = 16),
    retained       INTEGER NOT NULL CHECK (retained IN (0, 1)),
    previous_guid  BLOB CHECK (length(previous_guid) = 16),
    previous_until INTEGER,
    updated_at     INTEGER NOT NULL,
    updated_by     INTEGER,
    accepted_at    INTEGER,
    accepted_by    INTEGER,
    revoked_at     INTEGER,
    revoked_by     INTEGER,
    CHECK ((previous_guid IS NULL) = (previous_until IS NULL))
) STRICT;

-- Every value there ever was. A row stays for good, so that a GUID is never used
-- twice and a leaked value is recognised after its end; only `sealed` is erased.
CREATE TABLE value (
    guid   BLOB PRIMARY KEY CHECK (length(guid) = 16),
    token  INTEGER NOT NULL REFERENCES token DEFERRABLE INITIALLY DEFERRED,
    hash   BLOB NOT NULL CHECK (length(hash) = 32),
    sealed BLOB
) STRICT;

CREATE INDEX value_of_token ON value (token);

-- The last use of each token, apart from its row: it is written in batches, is no
-- event and does not count as a change of the token.
CREATE TABLE last_use (
    token INTEGER PRIMARY KEY REFERENCES token DEFERRABLE INITIALLY DEFERRED,
    at    INTEGER NOT NULL,
    batch INTEGER NOT NULL
) STRICT;

CREATE INDEX last_use_batch ON last_use (batch);

-- The log. `hash` covers the row and the hash before it.

CREATE TABLE event (
    sequence     INTEGER PRIMARY KEY,
    at           INTEGER NOT NULL,
    user         INTEGER,
    system_login TEXT,
    subject_kind TEXT NOT NULL CHECK (subject_kind IN
                 ('token', 'user', 'account', 'module', 'scope', 'group', 'store')),
    subject      INTEGER NOT NULL,
    action       TEXT NOT NULL,
    details      TEXT NOT NULL,
    hash         BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX event_subject ON event (subject_kind, subject);
CREATE INDEX event_user ON event (user);

-- Where the log ends, and how many batches of last uses there were.
CREATE TABLE head (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    sequence INTEGER NOT NULL,
    at       INTEGER,
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    uses     INTEGER NOT NULL
) STRICT;

CREATE TRIGGER event_in_order BEFORE INSERT ON event
WHEN NEW.sequence <> (SELECT ifnull(max(sequence), 0) + 1 FROM event)
BEGIN SELECT RAISE(ABORT, 'events are appended in order'); END;

CREATE TRIGGER event_no_update BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

CREATE TRIGGER event_no_delete BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;

CREATE TRIGGER token_no_delete BEFORE DELETE ON token
BEGIN SELECT RAISE(ABORT, 'token records are never removed'); END;

CREATE TRIGGER value_no_update BEFORE UPDATE OF guid, token, hash ON value
BEGIN SELECT RAISE(ABORT, 'values are never changed'); END;

CREATE TRIGGER value_no_delete BEFORE DELETE ON value
BEGIN SELECT RAISE(ABORT, 'values are never removed'); END;

-- Schema 3: operator credentials, with which users sign in to a server.
--
-- Like values they are recognised by a hash and never told again, and like values
-- their rows stay, so that a leaked one is known for what it was. A user may be
-- removed while a credential still names them: it signs nobody in then.

CREATE TABLE operator_credential (
    guid       BLOB PRIMARY KEY CHECK (length(guid) = 16),
    user       INTEGER NOT NULL,
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    created_at INTEGER NOT NULL,
    created_by INTEGER,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    revoked_by INTEGER
) STRICT;

CREATE INDEX operator_credential_user ON operator_credential (user);

CREATE TRIGGER operator_credential_no_update
BEFORE UPDATE OF guid, user, hash, created_at, created_by, expires_at ON operator_credential
BEGIN SELECT RAISE(ABORT, 'operator credentials are never changed but revoked'); END;

CREATE TRIGGER operator_credential_stays_revoked BEFORE UPDATE ON operator_credential
WHEN OLD.revoked_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a revoked operator credential stays revoked'); END;

CREATE TRIGGER operator_credential_no_delete BEFORE DELETE ON operator_credential
BEGIN SELECT RAISE(ABORT, 'operator credentials are never removed'); END;

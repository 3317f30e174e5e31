//! What `SQLite` says, as a store says it. No text of a statement or of a row gets
//! into an error, so no secret does.

use std::path::{Path, PathBuf};

use rusqlite::{Error, ErrorCode, ffi};

use crate::domain::Refusal;
use crate::store::{CommitError, StoreError, space};

/// A failed operation of `SQLite` on the store at `path`.
pub(super) fn of(path: &Path, error: &Error) -> StoreError {
    let path = path.to_owned();
    let corrupt = |reason: String| StoreError::Corrupt { path: path.clone(), reason };
    match error {
        Error::SqliteFailure(failure, text) => match failure.code {
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::FileLockingProtocolFailed => StoreError::Busy(path),
            ErrorCode::DiskFull => StoreError::Full(path),
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => {
                let advice = "check that you may write to the file and its folder";
                let denied =
                    |path| StoreError::Denied { path, reason: format!("{failure}: {advice}") };
                space::refusal(&path).unwrap_or_else(|| denied(path))
            }
            ErrorCode::DatabaseCorrupt => corrupt(failure.to_string()),
            ErrorCode::NotADatabase => {
                StoreError::Foreign { path, reason: "it is not an SQLite database".to_owned() }
            }
            ErrorCode::SystemIoFailure => of_files(path, *failure),
            // A table or column of a store is missing.
            ErrorCode::Unknown => corrupt(text.clone().unwrap_or_else(|| failure.to_string())),
            _ => StoreError::Fault(text.clone().unwrap_or_else(|| failure.to_string())),
        },
        Error::FromSqlConversionFailure(..)
        | Error::IntegralValueOutOfRange(..)
        | Error::InvalidColumnType(..)
        | Error::Utf8Error(..) => corrupt(error.to_string()),
        Error::QueryReturnedNoRows => corrupt("a row is missing".to_owned()),
        _ => StoreError::Fault(error.to_string()),
    }
}

/// A failed call to the system. `SQLite` keeps to itself why it failed, so the system
/// is asked again where it may be for want of room.
fn of_files(path: PathBuf, failure: ffi::Error) -> StoreError {
    let other = |path| StoreError::Io { path, source: std::io::Error::other(failure.to_string()) };
    match failure.extended_code {
        // The index of the log could not grow: nothing else makes this fail.
        ffi::SQLITE_IOERR_SHMSIZE => StoreError::Full(path),
        ffi::SQLITE_IOERR_WRITE
        | ffi::SQLITE_IOERR_FSYNC
        | ffi::SQLITE_IOERR_DIR_FSYNC
        | ffi::SQLITE_IOERR_TRUNCATE
        | ffi::SQLITE_IOERR_SHMOPEN
        | ffi::SQLITE_IOERR_SHMMAP
        | ffi::SQLITE_IOERR_SHMLOCK
        | ffi::SQLITE_IOERR_DELETE
        | ffi::SQLITE_IOERR_CLOSE => space::refusal(&path).unwrap_or_else(|| other(path)),
        _ => other(path),
    }
}

/// Why a commit stopped, before it is known where.
#[derive(Debug)]
pub(super) enum Stop {
    /// The rules, or a name or GUID that is taken.
    Refused(Refusal),
    /// `SQLite`.
    Sql(Error),
    /// The caller asked for what no store may do.
    Fault(String),
    /// The caller's own reading failed.
    Store(StoreError),
}

impl Stop {
    /// The same, for the caller.
    pub(super) fn at(self, path: &Path) -> CommitError {
        match self {
            Self::Refused(refusal) => CommitError::Refused(refusal),
            Self::Sql(error) => CommitError::Store(of(path, &error)),
            Self::Fault(text) => CommitError::Store(StoreError::Fault(text)),
            Self::Store(error) => CommitError::Store(error),
        }
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Sql(error)
    }
}

impl From<CommitError> for Stop {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Refused(refusal) => Self::Refused(refusal),
            CommitError::Store(error) => Self::Store(error),
        }
    }
}

/// Turns a clash with a unique index into the refusal of a field.
pub(super) fn taken(error: Error, field: &str, message: &str) -> Stop {
    use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
    match &error {
        Error::SqliteFailure(failure, _)
            if matches!(
                failure.extended_code,
                SQLITE_CONSTRAINT_UNIQUE | SQLITE_CONSTRAINT_PRIMARYKEY
            ) =>
        {
            Stop::Refused(Refusal::field(field, message))
        }
        _ => Stop::Sql(error),
    }
}

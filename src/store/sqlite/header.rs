//! Looks at a file before `SQLite` does, so that one which is no store is told
//! apart with its bytes untouched. Knows the `SQLite` file format, section 1.3.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::connection::APPLICATION_ID;
use crate::store::{StoreError, private};

const MAGIC: &[u8; 16] = b"SQLite format 3\0";
const LEN: u64 = 100;

/// Refuses what is not a store of this user, without writing anything.
pub(super) fn check(path: &Path) -> Result<(), StoreError> {
    let foreign =
        |reason: &str| StoreError::Foreign { path: path.to_owned(), reason: reason.to_owned() };
    if std::fs::metadata(path).is_ok_and(|found| found.is_dir()) {
        return Err(foreign("it is a folder"));
    }
    let mut file = private::open_file(path)?;
    private::check_folder(private::folder_of(path))?;
    for ending in ["-wal", "-shm"] {
        let beside = private::beside(path, ending);
        if let Ok(found) = std::fs::symlink_metadata(&beside) {
            private::check_file(&beside, &found)?;
        }
    }
    let mut header = Vec::new();
    Read::by_ref(&mut file)
        .take(LEN)
        .read_to_end(&mut header)
        .map_err(|error| private::failure(path, error))?;
    if header.is_empty() {
        return Err(foreign("it is empty"));
    }
    if !header.starts_with(MAGIC) {
        return Err(foreign("it is not an SQLite database"));
    }
    let (Some(application), Some(pages), Some(size)) =
        (number(&header, 68), number(&header, 28), page_size(&header))
    else {
        return Err(foreign("its header is cut short"));
    };
    if application.cast_signed() != APPLICATION_ID {
        return Err(foreign("it is another program's database"));
    }
    check_length(path, &file, u64::from(pages) * size)
}

/// Refuses a file that is shorter than its header says. While a log lies beside
/// it, it may be: the log holds what is missing.
fn check_length(path: &Path, file: &File, expected: u64) -> Result<(), StoreError> {
    let log = std::fs::metadata(private::beside(path, "-wal"));
    if log.is_ok_and(|log| log.len() > 0) {
        return Ok(());
    }
    let length = file.metadata().map_err(|error| private::failure(path, error))?.len();
    if length < expected {
        let reason = format!("it is cut short: {length} of {expected} bytes");
        return Err(StoreError::Corrupt { path: path.to_owned(), reason });
    }
    Ok(())
}

fn number(header: &[u8], at: usize) -> Option<u32> {
    header.get(at..)?.first_chunk().copied().map(u32::from_be_bytes)
}

/// Bytes of a page; 1 stands for 65536, which does not fit in the field.
fn page_size(header: &[u8]) -> Option<u64> {
    let size = header.get(16..)?.first_chunk().copied().map(u16::from_be_bytes)?;
    Some(if size == 1 { 65_536 } else { u64::from(size) })
}

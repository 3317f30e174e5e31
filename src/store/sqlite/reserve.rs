//! A file beside the store that only keeps room: when the disk is full it is cut,
//! step by step, so that revoke and disable still have what a commit needs. Nothing
//! else may use that room, and nothing else is committed before the file is whole
//! again. That it was cut is told from that it never was: a file that is too short
//! is there.

use std::fs::{File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::store::beside::beside;
use crate::store::draft::FileDraft;
use crate::store::{StoreError, StorePlace, private, space};

/// Bytes of a whole reserve.
pub const RESERVE: u64 = 8 << 20;
/// Bytes that are given up at a time: what fills the disk takes the rest otherwise.
const STEP: u64 = 1 << 20;
/// Bytes written at a time.
const BLOCK: usize = 64 << 10;

/// How the reserve of a store is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum ReserveState {
    /// It is all there.
    Whole,
    /// It was used, and the disk had no room to fill it again since.
    Released {
        /// Bytes that are left of it.
        left: u64,
    },
    /// There never was one, or somebody removed it.
    Missing,
}

/// How large the disk of a store is taken to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// As large as it is.
    Real,
    /// So many bytes for the store's file and its reserve: for tests without a disk
    /// that they could fill.
    Of(u64),
}

/// The reserve of one store.
pub(super) struct Reserve {
    path: PathBuf,
    store: PathBuf,
    disk: Disk,
}

/// The reserve in the hands of one process, which may give room up and take it back:
/// nobody fills it again while what was given up is used.
pub(super) struct HeldReserve<'r> {
    reserve: &'r Reserve,
    file: File,
}

/// Where the reserve of a store lies: `a.db` has `a.db.reserve`.
pub fn path_for(store: &Path) -> PathBuf {
    beside(store, ".reserve")
}

/// Makes the reserve of a store that has none, where there is room for twice as much.
/// Says whether there is one now.
pub fn make(store: &StorePlace) -> Result<bool, StoreError> {
    Reserve::of(store.path(), Disk::Real).make()
}

impl Reserve {
    pub(super) fn of(store: &Path, disk: Disk) -> Self {
        Self { path: path_for(store), store: store.to_owned(), disk }
    }

    pub(super) fn state(&self) -> Result<ReserveState, StoreError> {
        match private::look(&self.path) {
            Ok(seen) if seen.len() < RESERVE => Ok(ReserveState::Released { left: seen.len() }),
            Ok(_) => Ok(ReserveState::Whole),
            Err(StoreError::Missing(_)) => Ok(ReserveState::Missing),
            Err(error) => Err(error),
        }
    }

    pub(super) fn make(&self) -> Result<bool, StoreError> {
        if self.state()? != ReserveState::Missing {
            return Ok(true);
        }
        // It is to be of use when the disk is full, and not what fills it.
        if self.free().is_some_and(|free| free < 2 * RESERVE) {
            return Ok(false);
        }
        let made = FileDraft::of(&self.path).and_then(|mut draft| {
            fill(draft.file(), RESERVE).map_err(|error| private::failure(&self.path, error))?;
            draft.publish(&self.path)
        });
        match made {
            // Another process made it at the same moment.
            Ok(()) | Err(StoreError::Exists(_)) => Ok(true),
            Err(StoreError::Full(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Refuses where the reserve was used and there is no room to fill it again.
    pub(super) fn must_be_whole(&self) -> Result<(), StoreError> {
        match self.state()? {
            ReserveState::Whole | ReserveState::Missing => Ok(()),
            ReserveState::Released { .. } => {
                let full = || StoreError::Full(self.store.clone());
                let mut file = self.open()?;
                // Who holds it is at the brake: this waits for no one.
                file.try_lock().map_err(|_| full())?;
                if self.refill(&mut file)? { Ok(()) } else { Err(full()) }
            }
        }
    }

    /// The reserve for this process alone; none where there is none.
    pub(super) fn hold(&self) -> Result<Option<HeldReserve<'_>>, StoreError> {
        if self.state()? == ReserveState::Missing {
            return Ok(None);
        }
        let file = self.open()?;
        // Without locks of files the worst is that somebody fills it too early.
        let _ = file.lock();
        Ok(Some(HeldReserve { reserve: self, file }))
    }

    /// The most pages that the store's file may have; none where the disk decides.
    pub(super) fn most_pages(&self, page: u64) -> Option<u64> {
        let Disk::Of(bytes) = self.disk else { return None };
        let kept = std::fs::metadata(&self.path).map_or(0, |found| found.len());
        Some(bytes.saturating_sub(kept) / page.max(1))
    }

    fn open(&self) -> Result<File, StoreError> {
        private::check_path(&self.path)?;
        OpenOptions::new()
            .append(true)
            .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed())
            .open(&self.path)
            .map_err(|error| private::failure(&self.path, error))
    }

    /// Fills it as far as there is room; true where it is whole.
    fn refill(&self, file: &mut File) -> Result<bool, StoreError> {
        let failed = |error| private::failure(&self.path, error);
        let room = match self.disk {
            Disk::Real => u64::MAX,
            Disk::Of(_) => self.free().unwrap_or(0),
        };
        let left = file.metadata().map_err(failed)?.len();
        match fill(file, RESERVE.min(left.saturating_add(room))) {
            Ok(()) => {}
            Err(error) => match failed(error) {
                // What was written of it is kept from whatever fills the disk.
                StoreError::Full(_) => drop(file.sync_all()),
                error => return Err(error),
            },
        }
        Ok(file.metadata().map_err(failed)?.len() >= RESERVE)
    }

    fn free(&self) -> Option<u64> {
        let len = |path: &Path| std::fs::metadata(path).map_or(0, |found| found.len());
        match self.disk {
            Disk::Real => space::free(&self.store),
            Disk::Of(bytes) => Some(bytes.saturating_sub(len(&self.store) + len(&self.path))),
        }
    }
}

impl HeldReserve<'_> {
    /// Gives a step of it up; false where nothing is left.
    pub(super) fn give(&mut self) -> Result<bool, StoreError> {
        let failed = |error| private::failure(&self.reserve.path, error);
        let left = self.file.metadata().map_err(failed)?.len();
        if left == 0 {
            return Ok(false);
        }
        let less = left.min(RESERVE).saturating_sub(STEP);
        self.file.set_len(less).and_then(|()| self.file.sync_all()).map_err(failed)?;
        Ok(true)
    }

    /// Takes back what there is room for. What is missing then, a later writer fills.
    pub(super) fn take_back(mut self) {
        let _ = self.reserve.refill(&mut self.file);
    }
}

/// Writes to the end of the file until it is so long, and makes it last. The bytes
/// are such as no file system makes smaller.
fn fill(file: &mut File, length: u64) -> io::Result<()> {
    let mut number = RandomState::new().hash_one(length);
    let mut at = file.metadata()?.len();
    let mut block = vec![0; BLOCK];
    while at < length {
        for word in block.chunks_mut(8) {
            // A step of splitmix64.
            number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut mixed = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            word.copy_from_slice(&(mixed ^ (mixed >> 31)).to_le_bytes());
        }
        let wanted = usize::try_from(length - at).unwrap_or(BLOCK).min(BLOCK);
        file.write_all(block.get(..wanted).unwrap_or(&block))?;
        at += wanted as u64;
    }
    file.sync_all()
}

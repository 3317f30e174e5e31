//! The key file beside a store: 32 random bytes that wrap its data key. It is no
//! part of the store, so that a stolen store or backup shows no value.

use std::fmt;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::cipher::{self, CipherKey};
use super::{DataKey, random};
use crate::store::beside::{beside, folder_of};
use crate::store::draft::FileDraft;
use crate::store::{KeySlot, StoreError, private};

/// The kind of a slot that a key file opens.
pub(super) const KIND: &str = "file";
const LABEL: &[u8] = b"tokendeck data key v1";

/// An open key file.
pub struct KeyFile {
    path: PathBuf,
    key: CipherKey,
}

impl KeyFile {
    /// Where the key file of a store lies: `a.db` has `a.key`.
    pub fn path_for(store: &Path) -> PathBuf {
        match store.extension() {
            Some(ending) if ending == "key" => beside(store, ".key"),
            _ => store.with_extension("key"),
        }
    }

    /// Reads a key file. Refuses one that others own or can read, and a symbolic
    /// link.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let mut file = private::open_file(path).map_err(|error| match error {
            StoreError::Missing(path) => lost(&path, "is missing"),
            error => error,
        })?;
        let failed = |error| private::failure(path, error);
        if file.metadata().map_err(failed)?.len() != 32 {
            return Err(lost(path, "is not a key file: it must hold 32 bytes"));
        }
        let mut key = Zeroizing::new([0; 32]);
        file.read_exact(&mut *key).map_err(failed)?;
        Ok(Self { path: path.to_owned(), key })
    }

    /// Reads the key file, or makes it and its folder where it is missing.
    pub fn open_or_create(path: &Path) -> Result<Self, StoreError> {
        let folder = folder_of(path);
        private::create_folder(folder)?;
        private::check_folder(folder)?;
        if std::fs::symlink_metadata(path).is_ok() {
            return Self::open(path);
        }
        match create(path) {
            Ok(()) | Err(StoreError::Exists(_)) => Self::open(path),
            Err(error) => Err(error),
        }
    }

    /// The slot that carries `data_key` under this file's key, for one store only.
    pub fn wrap(&self, store: &[u8; 16], data_key: &DataKey) -> Result<KeySlot, StoreError> {
        let wrapped = cipher::lock(&self.key, data_key.expose(), &bound(store))?;
        Ok(KeySlot { id: 1, kind: KIND.to_owned(), wrapped })
    }

    /// The data key out of a slot of that store.
    pub fn unwrap(&self, store: &[u8; 16], slot: &KeySlot) -> Result<DataKey, StoreError> {
        cipher::unlock(&self.key, &slot.wrapped, &bound(store))
            .and_then(|plain| DataKey::from_bytes(&plain))
            .ok_or_else(|| lost(&self.path, "is not the key of this store"))
    }
}

impl fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyFile({})", self.path.display())
    }
}

/// Writes a new key under another name first, so that whoever finds the file
/// finds all of it.
fn create(path: &Path) -> Result<(), StoreError> {
    let mut key = Zeroizing::new([0; 32]);
    random::fill(&mut *key)?;
    let mut draft = FileDraft::of(path)?;
    draft.file().write_all(&*key).map_err(|error| private::failure(path, error))?;
    draft.sync()?;
    draft.publish(path)
}

fn bound(store: &[u8; 16]) -> Vec<u8> {
    cipher::bound_to(&[LABEL, store, KIND.as_bytes()])
}

fn lost(path: &Path, how: &str) -> StoreError {
    StoreError::Key(format!(
        "the key file '{}' {how}: verify and all else still work, but stored values cannot be \
         shown. Put the right key file back, or regenerate the tokens whose values you need",
        path.display()
    ))
}

//! Makes a new store. It is made whole under another name and gets its own at the
//! end, so that a store either is there or is not, whoever else tries and whenever
//! the power fails.

use std::path::Path;

use rusqlite::{Connection, Result, params};

use super::connection::APPLICATION_ID;
use super::failure;
use super::migrate::STEPS;
use crate::store::beside::folder_of;
use crate::store::draft::{self, FileDraft};
use crate::store::{KeySlot, NewPlace, StoreError, private};
use crate::wire::{Retention, StoreKind};

/// What a store is made with. None of it changes later, except the slots.
#[derive(Clone)]
pub struct NewStore {
    /// Its id, drawn at random.
    pub id: [u8; 16],
    /// What it is for.
    pub kind: StoreKind,
    /// The prefix of its values.
    pub prefix: String,
    /// Whether it keeps values sealed.
    pub retention: Retention,
    /// The slots that wrap its data key.
    pub slots: Vec<KeySlot>,
}

/// Makes the store's file, which has yet to get its name.
pub(super) fn create(
    place: &NewPlace,
    new: &NewStore,
) -> std::result::Result<FileDraft, StoreError> {
    let path = place.path();
    let folder = folder_of(path);
    private::create_folder(folder)?;
    private::check_folder(folder)?;
    // What was killed in the middle of this before holds sealed values.
    draft::clear(folder);
    let draft = FileDraft::of(path)?;
    fill(draft.path(), new).map_err(|error| failure::of(path, &error))?;
    draft.sync()?;
    Ok(draft)
}

fn fill(path: &Path, new: &NewStore) -> Result<()> {
    let mut db = Connection::open(path)?;
    // No log beside the draft: it could not be renamed with it. Durability comes
    // from the sync before the file gets its name.
    db.pragma_update(None, "journal_mode", "MEMORY")?;
    db.pragma_update(None, "application_id", APPLICATION_ID)?;
    let make = db.transaction()?;
    for step in STEPS {
        step.make(&make)?;
    }
    make.execute(
        "INSERT INTO meta (id, store, kind, prefix, retention) VALUES (1, ?1, ?2, ?3, ?4)",
        params![new.id, new.kind.to_string(), new.prefix, new.retention.to_string()],
    )?;
    make.execute(
        "INSERT INTO head (id, sequence, at, hash, uses) VALUES (1, 0, NULL, ?1, 0)",
        [crate::domain::event::start(&new.id)],
    )?;
    for slot in &new.slots {
        make.execute(
            "INSERT INTO key_slot (id, kind, wrapped) VALUES (?1, ?2, ?3)",
            params![slot.id, slot.kind, slot.wrapped],
        )?;
    }
    make.commit()?;
    // The mode is kept in the file, so that it opens with a log from now on.
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.close().map_err(|(_, error)| error)
}

//! Adding, changing and removing one entry.

use crate::domain::{EntryDraft, EntryId, Refusal, Window};
use crate::store::{EventFilter, LogOrder};
use crate::wire::{EntryEdit, EntryView, Run};

use super::work::CatalogueWork;
use crate::authority::scene::Scene;
use crate::authority::{Authority, Caller, Ruling};

impl Authority {
    /// Adds an entry to the catalogue.
    pub fn add_entry(&self, caller: &Caller, draft: &EntryDraft, run: Run) -> Ruling<EntryView> {
        self.decide(caller, run, |scene| {
            let mut work = CatalogueWork::new(scene);
            let view = work.add(draft)?;
            Ok((work.done()?, view))
        })
    }

    /// Changes an entry that is still as it was read. An edit that changes nothing
    /// leaves no trace.
    pub fn edit_entry(
        &self,
        caller: &Caller,
        id: EntryId,
        edit: &EntryEdit,
        run: Run,
    ) -> Ruling<EntryView> {
        self.decide(caller, run, |scene| {
            let mut work = CatalogueWork::new(scene);
            let now = work.seen(id)?;
            if edit.seen.as_ref().is_some_and(|seen| *seen != now) {
                return Err(stale(scene, id)?.into());
            }
            let view = work.edit(id, &edit.draft)?;
            let same = || EntryView { id, entry: now, look_alikes: vec![] };
            Ok((work.done()?, view.unwrap_or_else(same)))
        })
    }

    /// Removes an entry that nothing uses.
    pub fn remove_entry(&self, caller: &Caller, id: EntryId, run: Run) -> Ruling<()> {
        self.decide(caller, run, |scene| {
            let mut work = CatalogueWork::new(scene);
            work.remove(id)?;
            Ok((work.done()?, ()))
        })
    }
}

/// Who changed the entry last, and when.
fn stale(scene: &Scene, id: EntryId) -> Ruling<Refusal> {
    let filter = EventFilter { subject: Some(id.subject()), ..EventFilter::default() };
    let newest = Window { offset: 0, limit: 1 };
    let event = scene.state.events(&filter, LogOrder::Descending, newest)?.pop();
    Ok(match event {
        Some(event) => {
            let by = event.by.user.map(|user| scene.user(user)).or(event.by.system_login);
            let by = by.unwrap_or_else(|| "the store".to_owned());
            Refusal::StaleVersion { by, at: event.at }
        }
        None => Refusal::StaleVersion { by: "the store".to_owned(), at: scene.now },
    })
}

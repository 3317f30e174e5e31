//! Users out of service and back: who leaves is closed off at once, and stays on record.

use crate::authority::{Authority, Caller, Ruling};
use crate::domain::{Switch, UserId};
use crate::wire::{EntryView, Run};

use super::work::CatalogueWork;

impl Authority {
    /// Takes a user out of service, or brings them back. Their credentials and tokens
    /// pass as long as they are in service; nothing of theirs is changed by it.
    pub fn switch_user(
        &self,
        caller: &Caller,
        user: UserId,
        switch: Switch,
        run: Run,
    ) -> Ruling<EntryView> {
        self.decide(caller, run, |scene| {
            let mut work = CatalogueWork::new(scene);
            let view = work.switch(user, switch)?;
            Ok((work.done()?, view))
        })
    }
}

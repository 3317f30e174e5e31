//! The catalogue as an operator may know and change it. The rules are the
//! domain's; here they meet the store.

mod edit;
mod import;
mod switch;
mod usage;
mod work;

use crate::domain::Catalogue;
use crate::domain::catalogue_rules::known_to;

use super::{Authority, Caller, Ruling};

impl Authority {
    /// What exists, as far as the caller may know of it.
    pub fn catalogue(&self, caller: &Caller) -> Ruling<Catalogue> {
        self.glance(caller, |scene| Ok(known_to(&scene.operator, &scene.catalogue)))
    }
}

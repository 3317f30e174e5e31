//! What a form is filled in against.

use crate::domain::{Catalogue, Operator, Time};
use crate::tui::options::Zone;
use crate::wire::Descriptors;

/// What a form is filled in against.
#[derive(Debug, Clone, Copy)]
pub(in crate::tui) struct Ground<'a> {
    /// What exists.
    pub(in crate::tui) catalogue: &'a Catalogue,
    /// Who fills it in.
    pub(in crate::tui) operator: &'a Operator,
    /// Which fields the backend has.
    pub(in crate::tui) said: &'a Descriptors,
    /// The time by the backend's clock.
    pub(in crate::tui) now: Time,
    /// In which zone times are shown besides UTC.
    pub(in crate::tui) zone: Zone,
}

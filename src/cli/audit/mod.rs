//! `tokendeck audit`: who did what, and whether the record of it is whole.

mod export;
mod filters;
mod follow;
mod list;
mod rows;
mod verify;

pub(super) use export::export;
pub(super) use follow::follow;
pub(super) use list::list;
pub(super) use rows::print;
pub(super) use verify::verify;

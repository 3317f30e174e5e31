//! The rules of the catalogue: who may change which entry, what an entry must be
//! like, and what of it an operator sees. The same functions serve screens,
//! commands and the authority; none of them reads or writes anything.

mod check;
mod fields;
mod merge;
mod names;
mod rights;
mod sight;

pub use check::{EntryPlace, check, check_content};
pub use fields::{MAX_EMAIL, MAX_LOGIN, MAX_URL, check_login};
pub use merge::{changed, keep_hidden};
pub use names::{NameIndex, borne_twice};
pub use rights::{
    beyond, may_add, may_change, may_remove, may_switch, must_hold_all_of, must_hold_what_changes,
};
pub use sight::{known_to, knows_removed, show, trim};

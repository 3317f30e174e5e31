//! What forms are made of. The pieces here are pure: they take keys, hold what was
//! entered and draw themselves as lines, and know nothing of what it is entered for.

pub(super) mod calendar;
pub(super) mod choices;
pub(super) mod grid;
mod sieve;
mod window;

//! Stores that nobody works with: the example that ships, and trial stores with made-up
//! tokens. Both are written past the authority, for nobody acts: what stands in them is made
//! by the rules of the domain all the same.

mod fixture;
mod replay;
mod trial;

pub use replay::load;
pub use trial::{Filling, fill, must_be_for_trials};

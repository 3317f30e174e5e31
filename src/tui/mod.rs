//! The terminal program: keys in, frames out.

pub mod input;
pub mod options;
pub mod terminal;

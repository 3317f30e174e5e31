//! Text from outside, made safe and measured. Knows nothing of tokens.

mod cell;
mod fold;
mod joiner;
mod nearest;
mod number;
mod position;
mod safe;
mod skeleton;
mod width;

pub use cell::{cell, uncell};
pub use fold::{fold, single_spaced};
pub use joiner::is_joiner;
pub use nearest::nearest;
pub use number::thousands;
pub use position::position;
pub use safe::{Safe, code_point, hidden_in, is_hidden};
pub use skeleton::skeleton;
pub use width::{cut, cut_middle, pad, width};

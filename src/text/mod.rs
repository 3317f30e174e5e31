//! Text from outside, made safe and measured. Knows nothing of tokens.

mod cell;
mod nearest;
mod number;
mod position;
mod safe;
mod width;

pub use cell::cell;
pub use nearest::nearest;
pub use number::thousands;
pub use position::position;
pub use safe::{Safe, code_point, is_hidden};
pub use width::{cut, cut_middle, pad, width};

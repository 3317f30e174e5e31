//! Text from outside, made safe and measured. Knows nothing of tokens.

mod nearest;
mod number;
mod position;
mod safe;
mod width;

pub use nearest::nearest;
pub use number::thousands;
pub use position::position;
pub use safe::{Safe, code_point, is_hidden};
pub use width::{cut, pad, width};

//! Text from outside, made safe and measured. Knows nothing of tokens.

mod safe;
mod width;

pub use safe::{Safe, code_point, is_hidden};
pub use width::{cut, pad, width};

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
mod words;
mod wrap;

pub use cell::{cell, uncell};
pub use fold::{fold, single_spaced};
pub use joiner::is_joiner;
pub use nearest::{did_you_mean, meant_or_known};
pub use number::{counted, thousands};
pub use position::position;
pub use safe::{Safe, code_point, hidden_in, is_hidden, safe_line};
pub use skeleton::skeleton;
pub use width::{cut, cut_middle, pad, width};
pub use words::{has_words, or_dash, yes_no};
pub use wrap::wrap;

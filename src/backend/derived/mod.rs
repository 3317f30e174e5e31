//! What follows from the few things that every backend answers: places and ids from its
//! lists, plans from its rows, bulk work from its single orders. A backend that knows
//! quicker says so itself, and the same tests hold both to the same answers.

mod here;
mod plan;
mod rows;
mod run;

pub use here::JobsHere;
pub use plan::plan;
pub use rows::{found, position};
pub use run::run;

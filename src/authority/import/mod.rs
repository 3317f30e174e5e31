//! Tokens out of a file: every row is looked at before any is made, what is made is made
//! by a job in few commits, and values that were drawn are in their file before they are
//! in force.

mod check;
mod item;
mod making;
mod run;
mod stage;

pub(super) use run::{decide_chunk, report_of, sheet_of};

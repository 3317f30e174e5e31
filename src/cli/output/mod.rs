//! Results on standard output, in the form that was asked for, and notes on
//! standard error. Everything from a store is made safe here, whatever the form.

mod csv;
mod format;
mod json;
mod lines;
mod printer;
mod progress;
mod sheet;
mod stream;
mod table;

pub(super) use format::Format;
pub(super) use json::to_line;
pub(super) use lines::{Lines, nobody_reads};
pub(super) use printer::Output;
pub(super) use progress::Progress;
pub(super) use sheet::{Sheet, Title};
pub(super) use stream::{must_be_open, print, print_operator_secret, print_value, say};

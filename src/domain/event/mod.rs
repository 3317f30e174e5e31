//! The event log: who did what to which record, and when; the bytes in which an event
//! is kept, and the chain of hashes over them. Nothing here knows a store.

mod action;
mod bytes;
mod chain;
mod detail;
mod fact;
mod fields;
mod first_form;
mod record;
mod seen;
mod subject;
mod value_form;
mod word;

pub use action::EventAction;
pub use bytes::{decode, encode, encode_again};
pub use chain::{Break, Hash, LogFault, Point, Walk, hex, link, start, unhex};
pub use detail::{Detail, Field};
pub use fact::Fact;
pub use fields::{BytesError, Fields};
pub use first_form::{Cell, first_form};
pub use record::{Actor, Event, NewEvent};
pub use seen::{RecordSight, SeenBy};
pub use subject::Subject;
pub use word::{EventWord, MAX_WORD};

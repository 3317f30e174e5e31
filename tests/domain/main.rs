//! The rules of the domain, as tables and as properties.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should fail there and say so"
)]

mod access;
mod brake;
mod calendar;
mod catalogue;
mod catalogue_property;
mod clock;
mod drafts;
mod events;
mod hand_over;
mod holding;
mod ids;
mod labels;
mod leavers;
mod lifecycle;
mod names;
mod outcome;
mod overlap;
mod people;
mod policy;
mod properties;
mod queries;
mod refusals;
mod service;
mod terms;
mod texts;
mod tokens;
mod values;
mod verify;
mod words;

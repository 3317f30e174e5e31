//! Forms: fields in sections that are filled in, checked and saved.
//!
//! A widget of a form is a state with three methods, and is told only this much:
//! `press(&mut self, key: Key) -> Taken`, `sketch(&self, look: Look<'_>) -> Sketch`,
//! and `is_open(&self) -> bool`: whether something of it lies open (a search being
//! typed), so that it gets every key first, Esc among them. What is in it:
//!
//! ```text
//! Choices::new(items)          set_items(items)  tick(&keys)       ticked() -> BTreeSet<String>
//! Grid::new(modules: items)    set_items(items)  set(key, level?)  levels() -> BTreeMap<String, Level>
//! Calendar::new(today, start)  day() -> NaiveDate   (Enter and Esc are the form's; open while shown)
//! ```
//!
//! Items that are set anew keep what was chosen of those that stay.

mod calendar;
mod choices;
mod grid;
mod sieve;
mod widget;

pub(super) use calendar::Calendar;
pub(super) use choices::Choices;
pub(super) use grid::Grid;
pub(super) use widget::{Item, Look, Sketch, Taken};

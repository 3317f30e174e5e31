//! Forms: fields in sections that are filled in, checked and saved.
//!
//! A [`Form`] is a [`Sheet`] of fields and the [`Kind`] of form it is. The sheet knows
//! keys and errors, the kind knows what the fields mean: after every key it is asked
//! to bring what depends on other fields, and the errors, up to date. What saving
//! sends to the backend is `update`'s business.
//!
//! A widget of a form is a state with three methods, and is told only this much:
//! `press(&mut self, key: Key) -> KeyTaken`, `sketch(&self, look: Look<'_>) -> Sketch`,
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
mod date;
mod entry;
mod field;
mod grid;
mod ground;
mod hints;
mod paragraph;
mod pick;
mod radio;
mod realm;
mod report;
mod sheet;
mod sieve;
mod text;
mod token;
mod widget;

use super::moment::Moment;
use super::ticket::Ticket;
use crate::domain::FieldError;
use crate::tui::orders::NameAsked;
use crate::wire::TokenView;

pub(super) use choices::Choices;
pub(super) use date::Date;
pub(super) use entry::EntryForm;
pub(super) use field::{Control, Field};
pub(super) use grid::Grid;
pub(super) use ground::Ground;
pub(super) use paragraph::Paragraph;
pub(super) use pick::Pick;
pub(super) use radio::Radio;
pub(super) use report::{Fact, Report};
pub(super) use sheet::{Section, Sheet, Spot};
pub(super) use token::{Origin, TokenForm};
pub(super) use widget::{Item, KeyTaken, Look, Sketch};

/// What a form is for.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// A token.
    Token(Box<TokenForm>),
    /// An entry of the catalogue.
    Entry(Box<EntryForm>),
}

/// A form.
#[derive(Debug, Clone)]
pub(super) struct Form {
    /// What it is called: `New API token`, `Edit robot-2`.
    pub(super) title: String,
    /// Its fields.
    pub(super) sheet: Sheet,
    /// What it is for.
    pub(super) kind: Kind,
    /// The number of the request that saves it, while that is under way.
    pub(super) saving: Option<Ticket>,
    /// When it was last saved by a key.
    pub(super) pressed: Moment,
    /// When its name is looked up, unless more is typed until then.
    pub(super) rest: Option<Moment>,
    /// The number of the unconfirmed change that saving it became: it stays as it is
    /// until that is settled.
    pub(super) unsure: Option<u64>,
    /// What needs attention besides the fields.
    pub(super) note: String,
    /// Errors the backend found, each with what was in its field: they hold until
    /// that is something else.
    refused: Vec<(FieldError, String)>,
    /// What was in the fields when it was opened.
    start: Vec<String>,
}

impl Form {
    /// A form as it is opened.
    pub(super) fn new(title: String, sheet: Sheet, kind: Kind, ground: &Ground<'_>) -> Self {
        let note = String::new();
        let (refused, start) = (Vec::new(), Vec::new());
        let mut form = Self {
            title,
            sheet,
            kind,
            saving: None,
            pressed: Moment::default(),
            rest: None,
            unsure: None,
            note,
            refused,
            start,
        };
        form.renew(ground);
        form.settle();
        form
    }

    /// What is in the fields now counts as unchanged.
    pub(super) fn settle(&mut self) {
        self.start = self.sheet.print();
    }

    /// Whether it stays as it is until a save is answered for.
    pub(super) fn is_busy(&self) -> bool {
        self.saving.is_some() || self.unsure.is_some()
    }

    /// The token that is edited, if it is one.
    pub(super) fn edited(&self) -> Option<&TokenView> {
        match &self.kind {
            Kind::Token(token) => token.base(),
            Kind::Entry(_) => None,
        }
    }

    /// Whether something would be lost with it.
    pub(super) fn is_changed(&self) -> bool {
        let new_value = matches!(&self.kind, Kind::Token(token) if token.has_new_value());
        new_value || self.sheet.print() != self.start
    }

    /// Brings up to date what follows from the fields, and the errors.
    pub(super) fn renew(&mut self, ground: &Ground<'_>) {
        let mut errors = match &mut self.kind {
            Kind::Token(token) => token.renew(&mut self.sheet, ground),
            Kind::Entry(entry) => entry.renew(&mut self.sheet, ground),
        };
        let sheet = &self.sheet;
        self.refused.retain(|(error, before)| print(sheet, &error.field) == *before);
        errors.extend(self.refused.iter().map(|(error, _)| error.clone()));
        let homeless = self.sheet.set_errors(errors);
        self.note = homeless.into_iter().map(|error| error.message).collect::<Vec<_>>().join("; ");
    }

    /// What its name would be, and where, if it is to be asked whether others have it.
    pub(super) fn name_asked(&self) -> Option<NameAsked> {
        match &self.kind {
            Kind::Token(token) if !self.is_busy() => token.name_asked(&self.sheet),
            Kind::Token(_) | Kind::Entry(_) => None,
        }
    }

    /// It is known whether others have a name that was typed.
    pub(super) fn name_known(&mut self, taken: bool, ground: &Ground<'_>) {
        self.refused.retain(|(error, _)| error.field != "name");
        if taken {
            let error = FieldError::new("name", "Name already in use");
            self.refused.push((error, print(&self.sheet, "name")));
        }
        self.renew(ground);
    }

    /// Takes the errors of a backend that refused it, and goes to the first.
    pub(super) fn refuse(&mut self, errors: Vec<FieldError>, ground: &Ground<'_>) {
        let sheet = &self.sheet;
        self.refused = errors
            .into_iter()
            .map(|mut error| {
                // An end that follows from a period has no field of its own.
                let hidden = sheet.field("valid_to").is_some_and(|field| field.hidden);
                if hidden && error.field == "valid_to" {
                    "expires".clone_into(&mut error.field);
                }
                let typed = print(sheet, &error.field);
                (error, typed)
            })
            .collect();
        self.renew(ground);
        self.sheet.go_to_error();
    }
}

fn print(sheet: &Sheet, name: &str) -> String {
    sheet.field(name).map(Field::print).unwrap_or_default()
}

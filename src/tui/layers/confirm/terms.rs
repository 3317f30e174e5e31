//! The terms of an order: how long a new value lives, how long the old one still passes, and
//! for many tokens the file that the new ones go to (R68). Pure; the dialog around it asks for
//! the confirmation.

use std::path::PathBuf;

use crossterm::event::KeyCode;

use crate::domain::calendar::{end_day, minutes};
use crate::domain::draft::check_end;
use crate::domain::overlap::OverlapError;
use crate::domain::policy::{Life, Verdict};
use crate::domain::{AccountId, Catalogue, Expiry, Overlap, Time, Token, policy};
use crate::tui::key::Key;
use crate::tui::line::may_be_typed;
use crate::wire::RowId;

/// The choices of the first field (D13).
const EXPIRIES: [Expiry; 4] =
    [Expiry::Months(3), Expiry::Months(6), Expiry::Months(12), Expiry::Never];

/// The most letters of a path.
const LONGEST: usize = 200;

/// Which field the choice keys are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    /// How long the new value lives.
    Expires,
    /// Whether there is a new value at all.
    Value,
    /// How long the old one still passes.
    Overlap,
    /// The file for the new ones.
    File,
}

impl Field {
    fn name(self) -> &'static str {
        match self {
            Self::Expires => "Period",
            Self::Value => "Value",
            Self::Overlap => "Overlap",
            Self::File => "File",
        }
    }
}

/// What the terms are of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum TermsOf {
    /// A new value of one token.
    One { account: Option<AccountId>, valid_from: Option<Time>, valid_to: Option<Time> },
    /// A token that goes to somebody else.
    Gift { valid_to: Option<Time> },
    /// New values of many.
    Many,
}

/// The terms as they are chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Terms {
    /// The field with the choice keys.
    pub(crate) field: Field,
    /// How long the new value lives.
    pub(crate) expiry: Expiry,
    /// Whether there is a new value.
    pub(crate) new_value: bool,
    /// How long the old one still passes, where that is one of the choices.
    overlap: Overlap,
    /// Another length, where that is chosen.
    other: Option<String>,
    /// What was typed for the file.
    file: String,
    /// Whether the old one can pass besides at all.
    overlaps: bool,
    subject: TermsOf,
}

/// The neighbour of a choice; the ends stay where they are.
fn step<T: PartialEq + Copy>(choices: &[T], chosen: T, on: bool) -> T {
    let place = choices.iter().position(|choice| *choice == chosen).unwrap_or_default();
    let next = if on { place.saturating_add(1) } else { place.saturating_sub(1) };
    choices.get(next).copied().unwrap_or(chosen)
}

impl Terms {
    fn new(subject: TermsOf, overlaps: bool) -> Self {
        let mut terms = Self {
            field: Field::Expires,
            expiry: Expiry::DEFAULT_OF_USER,
            new_value: true,
            overlap: Overlap::default(),
            other: None,
            file: String::new(),
            overlaps,
            subject,
        };
        terms.field = terms.asked().first().copied().unwrap_or(Field::Expires);
        terms
    }

    /// Six months and no overlap, until something else is chosen.
    pub(crate) fn of(token: &Token<RowId>, overlaps: bool) -> Self {
        let Token { account, valid_from, valid_to, .. } = *token;
        Self::new(TermsOf::One { account, valid_from, valid_to }, overlaps)
    }

    /// A new value, as whoever had the token knows the old one, and no overlap.
    pub(crate) fn of_gift(token: &Token<RowId>, overlaps: bool) -> Self {
        Self::new(TermsOf::Gift { valid_to: token.valid_to }, overlaps)
    }

    /// The same as for one, and a file.
    pub(crate) fn of_many(file: String, overlaps: bool) -> Self {
        Self { file, ..Self::new(TermsOf::Many, overlaps) }
    }

    /// The fields that are there, in their order.
    fn asked(&self) -> Vec<Field> {
        let overlap = (self.overlaps && self.new_value).then_some(Field::Overlap);
        let (first, last) = match self.subject {
            TermsOf::One { .. } => (Field::Expires, None),
            TermsOf::Gift { .. } => (Field::Value, None),
            TermsOf::Many => (Field::Expires, Some(Field::File)),
        };
        [first].into_iter().chain(overlap).chain(last).collect()
    }

    /// The next or the previous choice of the field.
    pub(crate) fn choose(&mut self, on: bool) {
        match self.field {
            Field::Expires => self.expiry = step(&EXPIRIES, self.expiry, on),
            Field::Value => self.new_value = !on,
            Field::Overlap => self.choose_overlap(on),
            Field::File => {}
        }
    }

    /// Behind the lengths to choose from comes the one that is typed.
    fn choose_overlap(&mut self, on: bool) {
        let [.., longest] = Overlap::CHOICES;
        match (&self.other, on) {
            (Some(_), false) => (self.other, self.overlap) = (None, longest),
            (None, true) if self.overlap == longest => self.other = Some(String::new()),
            (None, _) => self.overlap = step(&Overlap::CHOICES, self.overlap, on),
            (Some(_), true) => {}
        }
    }

    /// To the next field, and from the last to the first.
    pub(crate) fn turn(&mut self) {
        let asked = self.asked();
        let here = asked.iter().position(|field| *field == self.field).unwrap_or_default();
        let next = asked.get(here + 1).or(asked.first());
        self.field = next.copied().unwrap_or(self.field);
    }

    /// Takes a key that is typed into the field; says whether it was.
    pub(crate) fn take(&mut self, key: Key) -> bool {
        let digit = key.printable().is_some_and(|letter| letter.is_ascii_digit());
        if self.field == Field::Overlap && digit {
            // Whoever types a length wants another than those to choose from.
            self.other.get_or_insert_default();
        }
        let Some(text) = self.typed_mut() else { return false };
        match (key.code(), key.with_control()) {
            (KeyCode::Backspace, false) | (KeyCode::Char('h'), true) => _ = text.pop(),
            (KeyCode::Char('u'), true) => text.clear(),
            _ => match key.printable() {
                Some(letter) => push(text, letter),
                None => return false,
            },
        }
        true
    }

    /// Takes pasted text into a field that is typed; says whether there is one.
    pub(crate) fn paste(&mut self, pasted: &str) -> bool {
        let Some(text) = self.typed_mut() else { return false };
        pasted.trim().chars().for_each(|letter| push(text, letter));
        true
    }

    fn typed_mut(&mut self) -> Option<&mut String> {
        match self.field {
            Field::File => Some(&mut self.file),
            Field::Overlap => self.other.as_mut(),
            Field::Expires | Field::Value => None,
        }
    }

    /// How long the old value still passes, as far as that can be read.
    pub(crate) fn overlap(&self) -> Result<Overlap, OverlapError> {
        match &self.other {
            _ if !self.new_value => Ok(Overlap::NONE),
            Some(typed) => typed.parse(),
            None => Ok(self.overlap),
        }
    }

    /// Where the new values go.
    pub(crate) fn file(&self) -> PathBuf {
        PathBuf::from(self.file.trim())
    }

    /// The fields as they are shown.
    pub(crate) fn fields(&self) -> Vec<Choices> {
        let shown = |field: Field| {
            let words = match field {
                Field::Expires => words(EXPIRIES.into_iter(), Some(&self.expiry)),
                Field::Value => vec![
                    ("a new one".to_owned(), self.new_value),
                    ("the one it has".to_owned(), !self.new_value),
                ],
                Field::Overlap => self.overlap_words(),
                Field::File => vec![(self.file.clone(), true)],
            };
            let typed = match field {
                Field::Overlap => self.other.is_some(),
                Field::File => true,
                Field::Expires | Field::Value => false,
            };
            Choices { field, name: field.name(), words, typed }
        };
        self.asked().into_iter().map(shown).collect()
    }

    fn overlap_words(&self) -> Vec<(String, bool)> {
        let chosen = Some(&self.overlap).filter(|_| self.other.is_none());
        let typed = match &self.other {
            Some(typed) => format!("other: {typed}"),
            None => "other, up to 90d".to_owned(),
        };
        let listed = words(Overlap::CHOICES.into_iter(), chosen);
        listed.into_iter().chain([(typed, self.other.is_some())]).collect()
    }

    /// What comes of it: `Expires Never -> 2026-09-10`, and what the old value does.
    pub(crate) fn outcome(&self, now: Time) -> Vec<String> {
        let word = |end: Option<Time>| end.map_or_else(|| "Never".to_owned(), end_day);
        let after = word(self.expiry.valid_to(now));
        match self.subject {
            TermsOf::One { valid_to, .. } => {
                let end = format!("Expires {} -> {after}", word(valid_to));
                vec![end, self.old_value(valid_to, now)]
            }
            TermsOf::Gift { .. } if !self.new_value => {
                vec!["Who had it still knows its value, which stays in force.".to_owned()]
            }
            TermsOf::Gift { valid_to } => {
                let known = "Who had it still knows its value.".to_owned();
                vec![known, self.old_value(valid_to, now)]
            }
            TermsOf::Many => vec![format!("They expire {after}. {}", self.old_values())],
        }
    }

    fn old_value(&self, valid_to: Option<Time>, now: Time) -> String {
        let ended = valid_to.is_some_and(|end| end <= now);
        match (ended, self.overlap().map(Overlap::length)) {
            (true, _) => "The old value has expired and stays refused.".to_owned(),
            (false, Err(why)) => format!("Overlap: {why}."),
            (false, Ok(None)) => "The old value stops working at once.".to_owned(),
            (false, Ok(Some(length))) => {
                let until = now + length;
                // An overlap lengthens no life.
                let until = valid_to.map_or(until, |end| end.min(until));
                format!("The old value stops working on {} UTC.", minutes(until))
            }
        }
    }

    fn old_values(&self) -> String {
        match self.overlap() {
            Err(why) => format!("Overlap: {why}."),
            Ok(Overlap::NONE) => "The old values stop working at once.".to_owned(),
            Ok(overlap) => format!("The old values stop working in {overlap}."),
        }
    }

    /// What was agreed on, for the question after that with the fields.
    pub(crate) fn agreed(&self, now: Time) -> Vec<String> {
        let file = format!("File {}", self.file().display());
        let safe = "It holds the new values in the clear, for you alone: keep it safe.".to_owned();
        self.outcome(now).into_iter().chain([file, safe]).collect()
    }

    /// What the account says of such a life.
    pub(crate) fn verdict(&self, now: Time, catalogue: &Catalogue) -> Option<Verdict> {
        match self.subject {
            TermsOf::One { account, valid_from, .. } => {
                let life = Life::from_now(valid_from, self.expiry.valid_to(now), now);
                policy::verdict(account, life, catalogue)
            }
            // What is handed over keeps its end; of many each is judged when its turn comes.
            TermsOf::Gift { .. } | TermsOf::Many => None,
        }
    }

    /// Why the terms can't be, as the authority would say it.
    pub(crate) fn refusal(&self, now: Time, catalogue: &Catalogue) -> Option<String> {
        let end = self.expiry.valid_to(now);
        let ended = |valid_from| check_end(valid_from, end, now).err().map(|error| error.message);
        let why = match self.subject {
            TermsOf::One { valid_from, .. } => ended(valid_from),
            TermsOf::Many if self.file.trim().is_empty() => {
                Some("Say where the new values go: a new file".to_owned())
            }
            TermsOf::Many => ended(None),
            TermsOf::Gift { .. } => None,
        };
        let judged = || match self.verdict(now, catalogue)? {
            Verdict::Refused(why) => Some(why),
            Verdict::Flagged(_) => None,
        };
        why.or_else(|| self.overlap().err().map(|why| format!("Overlap: {why}"))).or_else(judged)
    }
}

fn push(text: &mut String, letter: char) {
    if may_be_typed(letter) && text.chars().count() < LONGEST {
        text.push(letter);
    }
}

/// A field with its choices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choices {
    /// Which field.
    pub(crate) field: Field,
    /// Its name.
    pub(crate) name: &'static str,
    /// The choices, and whether each is the one chosen.
    pub(crate) words: Vec<(String, bool)>,
    /// Whether letters go on with the one that is chosen.
    pub(crate) typed: bool,
}

fn words<T: ToString + PartialEq>(
    all: impl Iterator<Item = T>,
    chosen: Option<&T>,
) -> Vec<(String, bool)> {
    all.map(|choice| (choice.to_string(), Some(&choice) == chosen)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::fixture::{time, token};

    fn terms() -> Terms {
        Terms::of(&token(1).token, true)
    }

    fn typed(terms: &mut Terms, text: &str) {
        for letter in text.chars() {
            terms.take(Key::plain(KeyCode::Char(letter)));
        }
    }

    #[test]
    fn r068_six_months_without_overlap_come_first() {
        assert_eq!(
            terms().outcome(time(0)),
            [
                "Expires Never -> 2026-09-10".to_owned(),
                "The old value stops working at once.".to_owned(),
            ]
        );
    }

    #[test]
    fn choices_end_at_their_ends() {
        let mut terms = terms();
        for _ in 0..9 {
            terms.choose(true);
        }
        assert_eq!(terms.expiry, Expiry::Never);
        for _ in 0..9 {
            terms.choose(false);
        }
        assert_eq!(terms.expiry, Expiry::Months(3));
    }

    #[test]
    fn an_overlap_is_shown_no_longer_than_the_old_value_lives() {
        let subject = |end| TermsOf::One { account: None, valid_from: None, valid_to: Some(end) };
        let mut terms = Terms { subject: subject(time(1_800)), overlap: Overlap::WEEK, ..terms() };
        let old = |terms: &Terms| terms.outcome(time(0)).pop().unwrap_or_default();
        assert_eq!(old(&terms), "The old value stops working on 2026-03-10 12:30 UTC.");
        terms.subject = subject(time(-60));
        assert_eq!(old(&terms), "The old value has expired and stays refused.");
    }

    #[test]
    fn an_end_before_the_start_is_refused_beforehand() {
        let valid_from = Some(time(86_400 * 300));
        let subject = TermsOf::One { account: None, valid_from, valid_to: None };
        let mut terms = Terms { subject, ..terms() };
        let catalogue = Catalogue::default();
        assert!(terms.refusal(time(0), &catalogue).is_some());
        terms.expiry = Expiry::Never;
        assert_eq!(terms.refusal(time(0), &catalogue), None);
    }

    #[test]
    fn a13_another_overlap_is_typed_and_a_bare_m_is_none() {
        let mut terms = Terms { field: Field::Overlap, ..terms() };
        typed(&mut terms, "10m");
        assert_eq!(terms.overlap(), Err(OverlapError::Bare));
        assert!(terms.refusal(time(0), &Catalogue::default()).is_some());
        typed(&mut terms, "in");
        assert_eq!(terms.overlap().map(|overlap| overlap.to_string()), Ok("10min".to_owned()));
        terms.choose(false);
        assert_eq!(terms.overlap(), Ok(Overlap::WEEK));
        terms.choose(true);
        assert_eq!(terms.overlap(), Err(OverlapError::Form));
    }

    #[test]
    fn a38_a_value_that_stays_has_no_overlap() {
        let mut terms = Terms::of_gift(&token(1).token, true);
        assert_eq!((terms.field, terms.fields().len()), (Field::Value, 2));
        terms.overlap = Overlap::WEEK;
        terms.choose(true);
        assert_eq!((terms.fields().len(), terms.overlap()), (1, Ok(Overlap::NONE)));
        terms.choose(false);
        assert!(terms.new_value);
    }
}

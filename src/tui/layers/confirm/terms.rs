//! The terms of a new value: how long it lives, and how long the old one still
//! passes (R68). Pure; the dialog around it asks for the confirmation.

use crate::domain::calendar::{end_day, minutes};
use crate::domain::draft::check_end;
use crate::domain::{Expiry, Overlap, Time, Token};
use crate::wire::RowId;

/// The choices of the first field (D13).
const EXPIRIES: [Expiry; 4] =
    [Expiry::Months(3), Expiry::Months(6), Expiry::Months(12), Expiry::Never];

/// Which field the choice keys are for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Field {
    /// How long the new value lives.
    #[default]
    Expires,
    /// How long the old one still passes.
    Overlap,
}

/// The terms as they are chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Terms {
    /// The field with the choice keys.
    pub(crate) field: Field,
    /// How long the new value lives.
    pub(crate) expiry: Expiry,
    /// How long the old one still passes.
    pub(crate) overlap: Overlap,
    /// Whether the old one can pass besides at all.
    overlaps: bool,
    valid_from: Option<Time>,
    valid_to: Option<Time>,
}

/// The neighbour of a choice; the ends stay where they are.
fn step<T: PartialEq + Copy>(choices: &[T], chosen: T, on: bool) -> T {
    let place = choices.iter().position(|choice| *choice == chosen).unwrap_or_default();
    let next = if on { place.saturating_add(1) } else { place.saturating_sub(1) };
    choices.get(next).copied().unwrap_or(chosen)
}

impl Terms {
    /// Six months and no overlap, until something else is chosen.
    pub(crate) fn of(token: &Token<RowId>, overlaps: bool) -> Self {
        Self {
            field: Field::default(),
            expiry: Expiry::DEFAULT_OF_USER,
            overlap: Overlap::default(),
            overlaps,
            valid_from: token.valid_from,
            valid_to: token.valid_to,
        }
    }

    /// The next or the previous choice of the field.
    pub(crate) fn choose(&mut self, on: bool) {
        match self.field {
            Field::Expires => self.expiry = step(&EXPIRIES, self.expiry, on),
            Field::Overlap => {
                self.overlap = step(&Overlap::CHOICES, self.overlap, on);
            }
        }
    }

    /// To the other field.
    pub(crate) fn turn(&mut self) {
        self.field = match self.field {
            Field::Expires if self.overlaps => Field::Overlap,
            Field::Expires | Field::Overlap => Field::Expires,
        };
    }

    /// The fields as they are shown.
    pub(crate) fn fields(&self) -> Vec<Choices> {
        let expiries = words(EXPIRIES.into_iter(), &self.expiry);
        let overlaps = words(Overlap::CHOICES.into_iter(), &self.overlap);
        let overlap = Choices { field: Field::Overlap, name: "Overlap", words: overlaps };
        let period = Choices { field: Field::Expires, name: "Period", words: expiries };
        [period].into_iter().chain(self.overlaps.then_some(overlap)).collect()
    }

    /// What comes of it: `Expires Never -> 2026-09-10`, and what the old value does.
    pub(crate) fn outcome(&self, now: Time) -> [String; 2] {
        let word = |end: Option<Time>| end.map_or_else(|| "Never".to_owned(), end_day);
        let (before, after) = (word(self.valid_to), word(self.expiry.valid_to(now)));
        let ended = self.valid_to.is_some_and(|end| end <= now);
        let old = match (ended, self.overlap.length()) {
            (true, _) => "The old value has expired and stays refused.".to_owned(),
            (false, None) => "The old value stops working at once.".to_owned(),
            (false, Some(length)) => {
                let until = now + length;
                // An overlap lengthens no life.
                let until = self.valid_to.map_or(until, |end| end.min(until));
                format!("The old value stops working on {} UTC.", minutes(until))
            }
        };
        [format!("Expires {before} -> {after}"), old]
    }

    /// Why the terms can't be, as the authority would say it.
    pub(crate) fn refusal(&self, now: Time) -> Option<String> {
        let end = self.expiry.valid_to(now);
        check_end(self.valid_from, end, now).err().map(|error| error.message)
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
}

fn words<T: ToString + PartialEq>(all: impl Iterator<Item = T>, chosen: &T) -> Vec<(String, bool)> {
    all.map(|choice| (choice.to_string(), choice == *chosen)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::fixture::{time, token};

    fn terms() -> Terms {
        Terms::of(&token(1).token, true)
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
        let mut terms = Terms { valid_to: Some(time(1_800)), overlap: Overlap::WEEK, ..terms() };
        let [_, old] = terms.outcome(time(0));
        assert_eq!(old, "The old value stops working on 2026-03-10 12:30 UTC.");
        terms.valid_to = Some(time(-60));
        let [_, old] = terms.outcome(time(0));
        assert_eq!(old, "The old value has expired and stays refused.");
    }

    #[test]
    fn an_end_before_the_start_is_refused_beforehand() {
        let mut terms = Terms { valid_from: Some(time(86_400 * 300)), ..terms() };
        assert!(terms.refusal(time(0)).is_some());
        terms.expiry = Expiry::Never;
        assert_eq!(terms.refusal(time(0)), None);
    }
}

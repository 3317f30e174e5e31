//! A date that is typed or taken from a calendar. What was stored stays to the
//! millisecond while nobody touches it.

use chrono::NaiveDate;
use crossterm::event::KeyCode;

use super::calendar::Calendar;
use super::text::Text;
use super::widget::{KeyTaken, Look, Sketch};
use crate::domain::Time;
use crate::domain::calendar::{DateError, DayEnd, last_day, parse_date};
use crate::tui::key::Key;

/// A date or none.
#[derive(Debug, Clone)]
pub(in crate::tui) struct Date {
    text: Text,
    end: DayEnd,
    stored: Option<Time>,
    calendar: Option<Calendar>,
}

/// The day an instant stands for, as that end of it.
fn day_of(instant: Time, end: DayEnd) -> NaiveDate {
    match end {
        DayEnd::Start => instant.date_naive(),
        DayEnd::End => last_day(instant),
    }
}

fn shown(instant: Time, end: DayEnd) -> String {
    day_of(instant, end).format("%Y-%m-%d").to_string()
}

impl Date {
    /// A date as it is stored; a typed day stands for that end of it.
    pub(in crate::tui) fn new(stored: Option<Time>, end: DayEnd) -> Self {
        let text = Text::new(&stored.map(|stored| shown(stored, end)).unwrap_or_default());
        Self { text, end, stored, calendar: None }
    }

    /// What is in it, as it was typed.
    pub(in crate::tui) fn typed(&self) -> &str {
        self.text.value()
    }

    /// The instant it stands for, counted from `now`; none where it is empty or says
    /// never.
    pub(in crate::tui) fn instant(&self, now: Time) -> Result<Option<Time>, DateError> {
        let typed = self.text.value().trim();
        if typed.is_empty() || typed.eq_ignore_ascii_case("never") {
            return Ok(None);
        }
        match self.stored {
            Some(stored) if shown(stored, self.end) == typed => Ok(Some(stored)),
            _ => parse_date(typed, now, self.end).map(Some),
        }
    }

    /// Whether the calendar lies open.
    pub(in crate::tui) fn is_open(&self) -> bool {
        self.calendar.is_some()
    }

    /// Takes a key; Enter and Down open the calendar, Enter takes its day.
    pub(in crate::tui) fn press(&mut self, key: Key, now: Time) -> KeyTaken {
        let Some(calendar) = &mut self.calendar else {
            if matches!(key.code(), KeyCode::Enter | KeyCode::Down) {
                self.open(now);
                return KeyTaken::Yes;
            }
            return self.text.press(key);
        };
        match key.code() {
            KeyCode::Esc => self.calendar = None,
            KeyCode::Enter | KeyCode::Char(' ') => {
                self.text = Text::new(&calendar.day().format("%Y-%m-%d").to_string());
                self.calendar = None;
            }
            KeyCode::Tab | KeyCode::BackTab => {
                self.calendar = None;
                return KeyTaken::No;
            }
            _ => {
                calendar.press(key);
            }
        }
        KeyTaken::Yes
    }

    fn open(&mut self, now: Time) {
        let today = now.date_naive();
        let typed = self.instant(now).ok().flatten();
        let start: NaiveDate = typed.map_or(today, |instant| day_of(instant, self.end));
        self.calendar = Some(Calendar::new(today, start));
    }

    /// Takes pasted text.
    pub(in crate::tui) fn paste(&mut self, text: &str) {
        self.calendar = None;
        self.text.paste(text.trim());
    }

    /// The typed date, and under it the calendar while it is open.
    pub(in crate::tui) fn sketch(&self, look: Look<'_>) -> Sketch {
        let short = Look { columns: look.columns.min(20), ..look };
        let mut sketch = self.text.sketch(short);
        if let Some(calendar) = &self.calendar {
            let month = calendar.sketch(look);
            sketch.at = 1 + month.at;
            sketch.cursor = None;
            sketch.lines.extend(month.lines);
        }
        sketch
    }
}

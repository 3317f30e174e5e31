//! A month to choose a day from (R107). Pure, and knows nothing of what the day is
//! for. Drawn by hand: ratatui's calendar starts its weeks on Sunday and brings a
//! second date library with it.

use chrono::{Datelike as _, Days, Months, NaiveDate, TimeDelta};
use crossterm::event::KeyCode;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use super::widget::{KeyTaken, Look, Sketch};
use crate::tui::key::Key;
use crate::tui::theme::{Role, Theme};

/// The first day that stores and the wire can carry.
const FIRST: NaiveDate = day(1, 1, 1);
/// The last one.
const LAST: NaiveDate = day(9999, 12, 31);

/// Columns of a day.
const CELL: usize = 4;
/// Lines of weeks; months that need fewer leave the rest empty, so that nothing
/// jumps.
const WEEKS: u8 = 6;

const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

/// A month and the day under the cursor. Days before today can't be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) struct Calendar {
    at: NaiveDate,
    today: NaiveDate,
    /// The day of the month that was gone to: a shorter month on the way does not
    /// change it.
    wanted: u32,
}

impl Calendar {
    /// A calendar that starts on that day, or today where that is later.
    pub(in crate::tui) fn new(today: NaiveDate, start: NaiveDate) -> Self {
        let today = today.clamp(FIRST, LAST);
        let at = start.clamp(today, LAST);
        Self { at, today, wanted: at.day() }
    }

    /// The day under the cursor; never before today.
    pub(in crate::tui) fn day(&self) -> NaiveDate {
        self.at
    }

    /// Takes a key. `h j k l`, `t` and brackets besides the arrows.
    pub(in crate::tui) fn press(&mut self, key: Key) -> KeyTaken {
        if key.with_control() || key.with_alt() {
            return KeyTaken::No;
        }
        match key.code() {
            KeyCode::Left | KeyCode::Char('h') => self.by_days(-1),
            KeyCode::Right | KeyCode::Char('l') => self.by_days(1),
            KeyCode::Up | KeyCode::Char('k') => self.by_days(-7),
            KeyCode::Down | KeyCode::Char('j') => self.by_days(7),
            KeyCode::PageUp | KeyCode::Char('[') => self.by_months(-1),
            KeyCode::PageDown | KeyCode::Char(']') => self.by_months(1),
            KeyCode::Char('{') => self.by_months(-12),
            KeyCode::Char('}') => self.by_months(12),
            KeyCode::Home => self.go_to(first_of(self.at)),
            KeyCode::End => self.go_to(last_of(self.at)),
            KeyCode::Char('t') => self.go_to(self.today),
            _ => return KeyTaken::No,
        }
        KeyTaken::Yes
    }

    fn go_to(&mut self, day: NaiveDate) {
        self.at = day.clamp(self.today, LAST);
        self.wanted = self.at.day();
    }

    fn by_days(&mut self, days: i64) {
        let day = self.at.checked_add_signed(TimeDelta::days(days));
        self.go_to(day.unwrap_or(self.at));
    }

    fn by_months(&mut self, months: i32) {
        let by = Months::new(months.unsigned_abs());
        let first = first_of(self.at);
        let month = if months < 0 {
            first.checked_sub_months(by).unwrap_or(FIRST)
        } else {
            first.checked_add_months(by).unwrap_or(LAST)
        };
        let day = month.with_day(self.wanted).unwrap_or_else(|| last_of(month));
        self.at = day.clamp(self.today, LAST);
    }

    /// Its picture: the month, the days of the week, the weeks from Monday on.
    pub(in crate::tui) fn sketch(&self, look: Look<'_>) -> Sketch {
        let day = usize::try_from(self.at.day0()).unwrap_or_default();
        let before = usize::try_from(first_of(self.at).weekday().num_days_from_monday());
        let at = 2 + (before.unwrap_or_default() + day) / 7;
        Sketch { lines: self.lines(look.theme), at, cursor: None }
    }

    fn lines(&self, theme: &Theme) -> Vec<Line<'static>> {
        let title = self.at.format("%B %Y").to_string();
        let title = format!("{title:^width$}", width = 7 * CELL);
        let heads = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"].map(|head| format!(" {head} "));
        let mut lines =
            vec![theme.line(title, Role::Title), theme.line(heads.concat(), Role::Header)];
        let first = first_of(self.at);
        let before = u64::from(first.weekday().num_days_from_monday());
        lines.extend((0..u64::from(WEEKS)).map(|week| {
            // Days of the month before the one there are none of stay empty.
            let days = (0..7).map(|column| (week * 7 + column).checked_sub(before));
            days.flat_map(|offset| self.cell(offset.and_then(|by| self.in_month(by)), theme))
                .collect()
        }));
        lines
    }

    /// The day so many days after the first of the month, while that is in it.
    fn in_month(&self, by: u64) -> Option<NaiveDate> {
        let day = first_of(self.at).checked_add_days(Days::new(by))?;
        (day.month() == self.at.month()).then_some(day)
    }

    /// ` 9 `, or `[10]` under the cursor.
    fn cell(&self, day: Option<NaiveDate>, theme: &Theme) -> [Span<'static>; 3] {
        let Some(day) = day else {
            return [Span::raw(" "), Span::raw("  "), Span::raw(" ")];
        };
        let here = day == self.at;
        let role = match (here, day < self.today) {
            (true, _) => Role::Selected,
            (false, true) => Role::Dim,
            (false, false) => Role::Text,
        };
        let mut style = theme.style(role);
        if day == self.today {
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        let (open, close) = if here { ("[", "]") } else { (" ", " ") };
        [Span::raw(open), Span::styled(format!("{:>2}", day.day()), style), Span::raw(close)]
    }
}

fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn last_of(day: NaiveDate) -> NaiveDate {
    let next = first_of(day).checked_add_months(Months::new(1));
    next.and_then(|next| next.pred_opt()).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tui::theme::Themes;

    fn keys(calendar: &mut Calendar, keys: &str) {
        for key in keys.split_whitespace() {
            let (key, times) = key.split_once('*').unwrap_or((key, "1"));
            for _ in 0..times.parse().unwrap_or(1) {
                assert!(key.parse().is_ok_and(|key| calendar.press(key) == KeyTaken::Yes), "{key}");
            }
        }
    }

    fn after(from: NaiveDate, typed: &str) -> String {
        let mut calendar = Calendar::new(FIRST, from);
        keys(&mut calendar, typed);
        calendar.day().to_string()
    }

    fn picture(calendar: &Calendar) -> Vec<String> {
        let theme = Themes::default().named("default", true);
        calendar.lines(&theme).iter().map(|line| line.to_string().trim_end().to_owned()).collect()
    }

    #[test]
    fn r107_left_twenty_times_stops_at_today() {
        let today = day(2026, 3, 10);
        let mut calendar = Calendar::new(today, today);
        keys(&mut calendar, "Left*20");
        assert_eq!(calendar.day(), today);
        keys(&mut calendar, "Right*3 Up PgUp*30 { Home");
        assert_eq!(calendar.day(), today);
    }

    #[test]
    fn r107_a_day_before_today_is_not_even_the_first() {
        let today = day(2026, 3, 10);
        assert_eq!(Calendar::new(today, day(2020, 1, 1)).day(), today);
    }

    #[test]
    fn days_and_weeks_cross_the_ends_of_months_and_years() {
        for (from, typed, to) in [
            (day(2026, 3, 31), "Right", "2026-04-01"),
            (day(2026, 12, 31), "Right", "2027-01-01"),
            (day(2027, 1, 1), "Left", "2026-12-31"),
            (day(2026, 12, 28), "Down", "2027-01-04"),
            (day(2027, 1, 4), "k", "2026-12-28"),
            (day(2028, 2, 28), "l", "2028-02-29"),
            (day(2027, 2, 28), "l", "2027-03-01"),
            (day(2026, 3, 10), "End", "2026-03-31"),
            (day(2026, 3, 10), "Home", "2026-03-01"),
            (day(2026, 7, 10), "t", "0001-01-01"),
        ] {
            assert_eq!(after(from, typed), to, "{from} {typed}");
        }
    }

    #[test]
    fn a_shorter_month_on_the_way_does_not_change_the_day() {
        assert_eq!(after(day(2026, 1, 31), "PgDn"), "2026-02-28");
        assert_eq!(after(day(2026, 1, 31), "PgDn ]"), "2026-03-31");
        assert_eq!(after(day(2026, 3, 31), "[ ["), "2026-01-31");
        assert_eq!(after(day(2028, 2, 29), "}"), "2029-02-28");
        assert_eq!(after(day(2028, 2, 29), "} }*3"), "2032-02-29");
    }

    #[test]
    fn the_calendar_ends_where_dates_do() {
        assert_eq!(after(day(9999, 12, 30), "Right*3 Down*3 PgDn*3 }*3"), "9999-12-31");
        assert_eq!(after(day(1, 1, 2), "Left*3 Up*3 PgUp*3 {*3"), "0001-01-01");
        assert_eq!(Calendar::new(NaiveDate::MAX, NaiveDate::MIN).day(), LAST);
        assert_eq!(Calendar::new(NaiveDate::MIN, NaiveDate::MIN).day(), FIRST);
    }

    #[test]
    fn weeks_start_on_monday_and_the_cursor_stands_in_brackets() {
        let calendar = Calendar::new(day(2026, 3, 10), day(2026, 3, 31));
        assert_eq!(
            picture(&calendar),
            [
                "         March 2026",
                " Mo  Tu  We  Th  Fr  Sa  Su",
                "                          1",
                "  2   3   4   5   6   7   8",
                "  9  10  11  12  13  14  15",
                " 16  17  18  19  20  21  22",
                " 23  24  25  26  27  28  29",
                " 30 [31]",
            ]
        );
    }

    #[test]
    fn r107_today_is_underlined_and_days_before_it_are_dim() {
        let today = day(2026, 3, 10);
        let calendar = Calendar::new(today, day(2026, 3, 12));
        let theme = Themes::default().named("default", true);
        let lines = calendar.lines(&theme);
        let style = |text: &str| {
            let mut spans = lines.iter().skip(2).flat_map(|line| &line.spans);
            spans.find(|span| span.content == text).map(|span| span.style)
        };
        assert!(style("10").is_some_and(|s| s.add_modifier.contains(Modifier::UNDERLINED)));
        assert_eq!(style(" 9"), Some(theme.style(Role::Dim)));
        assert_eq!(style("11"), Some(theme.style(Role::Text)));
    }

    #[test]
    fn keys_that_are_none_of_a_calendar_are_left_to_others() {
        let mut calendar = Calendar::new(day(2026, 3, 10), day(2026, 3, 10));
        for key in ["Tab", "Enter", "Esc", "x", "Ctrl-l"] {
            assert!(key.parse().is_ok_and(|key| calendar.press(key) == KeyTaken::No), "{key}");
        }
    }

    proptest! {
        #[test]
        fn no_keys_lead_before_today_or_out_of_the_calendar(
            from in -800_000_i32..4_000_000,
            today in -800_000_i32..4_000_000,
            pressed in prop::collection::vec(0_usize..11, 0..40),
        ) {
            let of = |number| NaiveDate::from_num_days_from_ce_opt(number).unwrap_or(FIRST);
            let names = ["h", "l", "k", "j", "[", "]", "{", "}", "Home", "End", "t"];
            let mut calendar = Calendar::new(of(today), of(from));
            for name in pressed.iter().filter_map(|at| names.get(*at)) {
                keys(&mut calendar, name);
                let least = of(today).clamp(FIRST, LAST);
                prop_assert!(calendar.day() >= least && calendar.day() <= LAST);
                let theme = Themes::default().named("default", true);
                let look = Look { theme: &theme, columns: 40, focused: true };
                let Sketch { lines, at, .. } = calendar.sketch(look);
                prop_assert_eq!(lines.len(), 8);
                prop_assert!(lines.get(at).is_some_and(|line| line.to_string().contains('[')));
            }
        }
    }
}

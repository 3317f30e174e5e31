//! A month to choose a day from (R107). Pure, and knows nothing of what the day is
//! for. Drawn by hand: ratatui's calendar starts its weeks on Sunday and brings a
//! second date library with it.

use chrono::{Datelike as _, Days, Months, NaiveDate, TimeDelta};
use crossterm::event::KeyCode;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

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

/// A month, the day under the cursor, and the day before which none can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) struct Calendar {
    at: NaiveDate,
    today: NaiveDate,
    floor: NaiveDate,
    /// The day of the month that was gone to: a shorter month on the way does not
    /// change it.
    wanted: u32,
}

impl Calendar {
    /// The height of its picture in lines.
    pub(in crate::tui) const HEIGHT: usize = 2 + WEEKS as usize;
    /// The width of its picture in columns.
    pub(in crate::tui) const WIDTH: usize = 7 * CELL;

    /// A calendar on that day, or on the floor where that is later.
    pub(in crate::tui) fn new(at: NaiveDate, today: NaiveDate, floor: Option<NaiveDate>) -> Self {
        let floor = floor.unwrap_or(FIRST).clamp(FIRST, LAST);
        let at = at.clamp(floor, LAST);
        Self { at, today, floor, wanted: at.day() }
    }

    /// The day under the cursor; never before the floor.
    pub(in crate::tui) fn day(&self) -> NaiveDate {
        self.at
    }

    /// Takes a key. Says whether it was one of the calendar's.
    pub(in crate::tui) fn press(&mut self, key: Key) -> bool {
        if key.with_control() || key.with_alt() {
            return false;
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
            _ => return false,
        }
        true
    }

    /// What its keys do, in few words, for the footer.
    pub(in crate::tui) const fn hints() -> [(&'static str, &'static str); 4] {
        [("arrows", "day, week"), ("[ ]", "month"), ("{ }", "year"), ("t", "today")]
    }

    fn go_to(&mut self, day: NaiveDate) {
        self.at = day.clamp(self.floor, LAST);
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
        self.at = day.clamp(self.floor, LAST);
    }

    /// Its picture: the month, the days of the week, the weeks from Monday on.
    pub(in crate::tui) fn lines(&self, theme: &Theme) -> Vec<Line<'static>> {
        let title = self.at.format("%B %Y").to_string();
        let title = format!("{title:^width$}", width = Self::WIDTH);
        let heads = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"].map(|head| format!(" {head} "));
        let mut lines = vec![
            Line::styled(title, theme.style(Role::Title)),
            Line::styled(heads.concat(), theme.style(Role::Header)),
        ];
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
        let role = match (here, day < self.floor) {
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
                assert!(key.parse().is_ok_and(|key| calendar.press(key)), "{key}");
            }
        }
    }

    fn after(from: NaiveDate, typed: &str) -> String {
        let mut calendar = Calendar::new(from, day(2026, 3, 10), None);
        keys(&mut calendar, typed);
        calendar.day().to_string()
    }

    fn picture(calendar: &Calendar) -> Vec<String> {
        let theme = Themes::default().named("default", true);
        calendar.lines(&theme).iter().map(|line| line.to_string().trim_end().to_owned()).collect()
    }

    #[test]
    fn r107_left_twenty_times_stops_at_the_floor() {
        let today = day(2026, 3, 10);
        let mut calendar = Calendar::new(today, today, Some(today));
        keys(&mut calendar, "Left*20");
        assert_eq!(calendar.day(), today);
        keys(&mut calendar, "Right*3 Up PgUp*30 { Home");
        assert_eq!(calendar.day(), today);
    }

    #[test]
    fn r107_a_day_before_the_floor_is_not_even_the_first() {
        let today = day(2026, 3, 10);
        assert_eq!(Calendar::new(day(2020, 1, 1), today, Some(today)).day(), today);
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
            (day(2026, 7, 10), "t", "2026-03-10"),
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
        assert_eq!(after(NaiveDate::MAX, "t"), "2026-03-10");
        assert_eq!(Calendar::new(NaiveDate::MIN, NaiveDate::MAX, Some(NaiveDate::MAX)).day(), LAST);
    }

    #[test]
    fn weeks_start_on_monday_and_the_cursor_stands_in_brackets() {
        let calendar = Calendar::new(day(2026, 3, 31), day(2026, 3, 10), None);
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
    fn r107_today_is_underlined_and_days_before_the_floor_are_dim() {
        let today = day(2026, 3, 10);
        let calendar = Calendar::new(day(2026, 3, 12), today, Some(today));
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
        let mut calendar = Calendar::new(day(2026, 3, 10), day(2026, 3, 10), None);
        for key in ["Tab", "Enter", "Esc", "x", "Ctrl-l"] {
            assert!(key.parse().is_ok_and(|key| !calendar.press(key)), "{key}");
        }
    }

    proptest! {
        #[test]
        fn no_keys_lead_before_the_floor_or_out_of_the_calendar(
            from in -800_000_i32..4_000_000,
            floor in prop::option::of(-800_000_i32..4_000_000),
            pressed in prop::collection::vec(0_usize..11, 0..40),
        ) {
            let of = |number| NaiveDate::from_num_days_from_ce_opt(number).unwrap_or(FIRST);
            let names = ["h", "l", "k", "j", "[", "]", "{", "}", "Home", "End", "t"];
            let mut calendar = Calendar::new(of(from), day(2026, 3, 10), floor.map(of));
            for name in pressed.iter().filter_map(|at| names.get(*at)) {
                keys(&mut calendar, name);
                let least = floor.map_or(FIRST, of).clamp(FIRST, LAST);
                prop_assert!(calendar.day() >= least && calendar.day() <= LAST);
                prop_assert_eq!(picture(&calendar).len(), Calendar::HEIGHT);
            }
        }
    }
}

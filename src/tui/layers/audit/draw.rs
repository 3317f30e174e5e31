//! The picture of the audit trail.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::Role as OperatorRole;
use crate::domain::calendar::{day, minutes, seconds};
use crate::text::{counted, cut, cut_middle, pad, safe_line};
use crate::tui::age;
use crate::tui::columns::GUTTER;
use crate::tui::command::Command;
use crate::tui::focus::Focus;
use crate::tui::glyphs::Glyphs;
use crate::tui::heading::put_heading;
use crate::tui::pages::draw_pages;
use crate::tui::paint::{clear, put, put_line, put_lines, put_reason};
use crate::tui::place::Seen;
use crate::tui::theme::Role;
use crate::wire::EventView;

use super::{Audit, event};

/// Columns between two columns.
const GAP: usize = 2;
/// From so many columns on an id has room behind a cut name.
const BOTH_ENDS: usize = 24;

pub(super) fn draw(seen: &Seen<'_>, audit: &Audit, frame: &mut Frame<'_>) {
    clear(frame, frame.area());
    let areas = audit.parts(seen.shared, frame.area());
    draw_title(seen, audit, frame, areas.title);
    let words = audit.filters.words(&seen.catalogue);
    let words = audit.list.outdated_words().map_or(words, str::to_owned);
    let words = format!(" {}", safe_line(&words));
    put(frame, areas.filter, words.trim_end(), seen.theme.style(Role::Warning));
    let columns = Columns::of(areas.rows.width.into());
    let head = columns.line(["TIME", "BY", "ACTION", "ON", "FACTS"]);
    put(frame, areas.header, &format!("{}{head}", blanks(GUTTER)), seen.theme.style(Role::Header));
    if audit.list.total() == 0 {
        put_reason(&seen.theme, &empty(seen, audit), frame, areas.rows);
    }
    for ((index, view), area) in
        audit.list.on_screen(audit.sight(seen.shared)).zip(areas.rows.rows())
    {
        let here = index == audit.list.cursor;
        if let Some(view) = view {
            put_line(frame, area, &row(seen, view, &columns, here));
        } else if here {
            put(frame, area, ">", seen.theme.style(Role::Text));
        }
    }
    let rest =
        draw_pages(seen, audit.list.position(audit.sight(seen.shared)), frame, areas.position);
    let rest = age::draw(seen, frame, rest);
    let waiting = age::waiting(seen, "looking for it", false);
    age::put_fitting(&waiting, seen, Role::Key, frame, rest);
    if let Some(pane) = areas.pane {
        draw_event(seen, audit, frame, pane);
    }
}

/// Who may not read all of it is told so.
fn draw_title(seen: &Seen<'_>, audit: &Audit, frame: &mut Frame<'_>, area: Rect) {
    let heading = match seen.session.operator.role {
        OperatorRole::Superadmin => " Audit trail",
        OperatorRole::Admin
        | OperatorRole::Partner
        | OperatorRole::Member
        | OperatorRole::Viewer => " Audit trail - what you may see",
    };
    let count = audit.list.is_read().then(|| counted(audit.list.all, "event"));
    put_heading(seen.shared, heading, count, frame, area);
}

fn empty(seen: &Seen<'_>, audit: &Audit) -> String {
    let key = |command| seen.keymap.first_key_of(command);
    if !audit.list.is_loaded() {
        "Reading the audit trail ...".to_owned()
    } else if let Some(why) = audit.list.failure() {
        format!("The audit trail could not be read: {why} - {} tries again", key(Command::Refresh))
    } else {
        let words = audit.filters.words(&seen.catalogue);
        let clear = key(Command::ClearFilters);
        if words.is_empty() {
            return "Nothing is recorded that you may see".to_owned();
        }
        format!("No events match {words} - {clear} clears the filters")
    }
}

/// How wide each column is; of the facts, what is left.
struct Columns {
    time: fn(crate::domain::Time) -> String,
    widths: [usize; 4],
    facts: usize,
}

impl Columns {
    fn of(width: usize) -> Self {
        let room = width.saturating_sub(GUTTER + 1);
        let (time, widths): (fn(_) -> _, _) = match width {
            0..60 => (day, [10, 0, 9]),
            60..110 => (minutes, [16, 12, 11]),
            _ => (seconds, [23, 20, 14]),
        };
        let used: usize = widths.iter().filter(|width| **width > 0).map(|width| width + GAP).sum();
        let left = room.saturating_sub(used);
        let on = if width < 110 { left } else { left.min(40) };
        let [at, by, action] = widths;
        Self { time, widths: [at, by, action, on], facts: left.saturating_sub(on + GAP) }
    }

    /// Texts in their columns; what has no room is left out.
    fn line(&self, texts: [&str; 5]) -> String {
        let widths = self.widths.iter().chain([&self.facts]);
        let cells = texts.iter().zip(widths).filter(|(_, width)| **width > 0);
        let cells = cells.map(|(text, width)| pad(&cut(text, *width), *width + GAP));
        cells.collect::<String>().trim_end().to_owned()
    }
}

/// A row: only what it was done to is reversed under the cursor, which costs few bytes.
fn row(seen: &Seen<'_>, view: &EventView, columns: &Columns, here: bool) -> Line<'static> {
    let [at, by, action, on] = columns.widths;
    let (deed, subject) = view.deed();
    let cell = |text: &str, width: usize| match width {
        0 => String::new(),
        width => pad(&cut(&safe_line(text), width), width + GAP),
    };
    let login = view.event.by.system_login.clone().map(|login| format!("({login})"));
    let who = view.user().or(login).unwrap_or_else(|| "-".to_owned());
    // Of a name and its id, both ends tell; of a piece of a name, only its beginning.
    let shorten = if on < BOTH_ENDS { cut } else { cut_middle };
    let subject = shorten(&safe_line(&subject), on);
    let fill = blanks((on + GAP).saturating_sub(crate::text::width(&subject)));
    let facts = cut(&safe_line(&view.facts().join(", ")), columns.facts);
    let mark = if here { ">  " } else { "   " };
    let (name, role) = (subject, if here { Role::Selected } else { Role::Name });
    Line::from(vec![
        Span::raw(mark),
        Span::raw(cell(&(columns.time)(view.event.at), at)),
        Span::raw(cell(&who, by)),
        Span::raw(cell(&deed, action)),
        seen.theme.span(name, role),
        Span::raw(fill),
        seen.theme.span(facts, Role::Dim),
    ])
}

fn blanks(count: usize) -> String {
    " ".repeat(count)
}

/// `--[Event 57]----`, and under it all that is known of it.
fn draw_event(seen: &Seen<'_>, audit: &Audit, frame: &mut Frame<'_>, area: Rect) {
    let (dash, columns) = (Glyphs::RULE, usize::from(area.width));
    let view = audit.list.current();
    let name = view
        .map_or_else(|| "[Event]".to_owned(), |view| format!("[Event {}]", view.event.sequence));
    let role = if audit.focus == Focus::Details { Role::Selected } else { Role::Title };
    let rest = columns.saturating_sub(name.len() + 2);
    let tab = Line::from(vec![
        seen.theme.span(dash.repeat(2), Role::Rule),
        seen.theme.span(name, role),
        seen.theme.span(dash.repeat(rest), Role::Rule),
    ]);
    put_line(frame, Rect { height: 1, ..area }, &tab);
    let Some(view) = view else { return };
    let lines = event::lines(seen.shared, view, columns);
    let below = lines.iter().skip(audit.scroll);
    put_lines(frame, area.rows().skip(1), below.clone());
    if below.len() > usize::from(area.height.saturating_sub(1)) && area.width > 0 {
        let more = Rect { x: area.right() - 1, y: area.bottom() - 1, width: 1, height: 1 };
        put(frame, more, "v", seen.theme.style(Role::Key));
    }
}

//! The users in rows: who, their id, what they hold, until when (R116, R117).

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::{Direction, Expiry, Holding, Status, calendar};
use crate::text::{cut, cut_middle, pad, safe_line, thousands, width};
use crate::tui::bulk::tokens;
use crate::tui::columns::{GAP, GUTTER};
use crate::tui::command::Command;
use crate::tui::layout::Areas;
use crate::tui::pages::draw_pages;
use crate::tui::paint::{put_line, put_reason};
use crate::tui::picker::user_column;
use crate::tui::place::Seen;
use crate::tui::theme::Role;
use crate::tui::{age, users};
use crate::wire::{UserColumn, UserView};

/// Columns of the id.
const ID: usize = 13;
/// Columns of what is held: `? Pending (has token)`.
const TOKEN: usize = 21;
/// The same where there is no room for it: `? Pending`.
const SHORT_TOKEN: usize = 13;
/// Columns of the end.
const EXPIRES: usize = 10;
/// The least and the most a name gets.
const NAME: (usize, usize) = (14, 60);

/// The columns that fit, with their widths: what is held never goes.
fn columns(room: usize) -> Vec<(UserColumn, usize)> {
    let (least, most) = NAME;
    let beside: [&[(UserColumn, usize)]; 4] = [
        &[(UserColumn::Id, ID), (UserColumn::Token, TOKEN), (UserColumn::Expires, EXPIRES)],
        &[(UserColumn::Token, TOKEN), (UserColumn::Expires, EXPIRES)],
        &[(UserColumn::Token, TOKEN)],
        &[(UserColumn::Token, SHORT_TOKEN)],
    ];
    let used = |columns: &[(UserColumn, usize)]| {
        GUTTER + columns.iter().map(|(_, width)| width + GAP).sum::<usize>()
    };
    let fits = |columns: &&[(UserColumn, usize)]| used(columns) + least <= room;
    let beside = beside.into_iter().find(fits).unwrap_or(&[(UserColumn::Token, SHORT_TOKEN)]);
    let name = room.saturating_sub(used(beside)).clamp(least.min(room), most);
    [(UserColumn::Name, name)].into_iter().chain(beside.iter().copied()).collect()
}

pub(super) fn draw(model: &Seen<'_>, frame: &mut Frame<'_>, areas: &Areas) {
    let columns = columns(areas.rows.width.into());
    put_line(frame, areas.header, &header(model, &columns));
    if model.screens.users.list.total() == 0 || model.screens.users.list.failure().is_some() {
        put_reason(&model.theme, &empty(model), frame, areas.rows);
    } else {
        draw_rows(model, &columns, frame, areas.rows);
    }
    draw_position(model, frame, areas.position);
}

fn header(model: &Seen<'_>, columns: &[(UserColumn, usize)]) -> Line<'static> {
    let (by, direction) = model.screens.users.list.shown().sort;
    let mut text = " ".repeat(GUTTER);
    for (column, width) in columns {
        let arrow = match direction {
            _ if *column != by => "",
            Direction::Ascending => " ^",
            Direction::Descending => " v",
        };
        text.push_str(&pad(&format!("{}{arrow}", user_column(*column).to_uppercase()), *width));
        text.push_str(&" ".repeat(GAP));
    }
    model.theme.line(text.trim_end().to_owned(), Role::Header)
}

fn draw_rows(model: &Seen<'_>, columns: &[(UserColumn, usize)], frame: &mut Frame<'_>, area: Rect) {
    let list = &model.screens.users.list;
    for ((index, view), place) in list.on_screen(model.sight()).zip(area.rows()) {
        let under_cursor = index == list.cursor;
        let line = match view {
            Some(view) => row(model, view, columns, (under_cursor, list.marks(index))),
            None => Line::raw(if under_cursor { ">" } else { "" }),
        };
        put_line(frame, place, &line);
    }
}

/// A row: only the name is reversed under the cursor, which costs few bytes.
fn row(
    model: &Seen<'_>,
    view: &UserView,
    columns: &[(UserColumn, usize)],
    (under_cursor, marked): (bool, bool),
) -> Line<'static> {
    let old = age::awaits_other_rows(model);
    let cursor = if under_cursor { ">" } else { " " };
    let mut spans = vec![Span::raw(format!("{cursor}{} ", if marked { "*" } else { " " }))];
    for (column, columns) in columns {
        let (text, role) = match column {
            UserColumn::Name => {
                let role = if under_cursor { Role::Selected } else { Role::Name };
                (name(view, *columns), role)
            }
            UserColumn::Id => (view.user.id.to_string(), Role::Text),
            UserColumn::Token => held(model, view.holding, *columns),
            UserColumn::Expires => (ends(view), Role::Text),
        };
        let role = if old && role != Role::Selected { Role::Dim } else { role };
        let text = cut(&safe_line(&text), *columns);
        let fill = columns.saturating_sub(width(&text)) + GAP;
        spans.push(model.theme.span(text, role));
        spans.push(Span::raw(" ".repeat(fill)));
    }
    Line::from(spans)
}

/// The name, and the word for who is out of service, which is not cut off.
fn name(view: &UserView, room: usize) -> String {
    let name = safe_line(&view.user.name);
    let words = if view.user.is_disabled() { [" (disabled)", " (off)"] } else { ["", ""] };
    let [whole, short] = words;
    // A name that could not be told from another is worth more than the long word.
    let off = if width(&name) + width(whole) <= room { whole } else { short };
    format!("{}{off}", cut_middle(&name, room.saturating_sub(width(off))))
}

/// What a user holds, as a mark and a word (R117, R118).
pub(super) fn held(model: &Seen<'_>, holding: Holding, room: usize) -> (String, Role) {
    let (status, word) = match holding {
        Holding::Nothing => return (String::new(), Role::Text),
        Holding::Count { accepted, pending } => {
            return (counted((accepted, pending), room), Role::Text);
        }
        Holding::Has => (Status::Active, "has token"),
        Holding::Pending { has: true } if room >= TOKEN => (Status::Pending, "Pending (has token)"),
        // The mark says what the words have no room for.
        Holding::Pending { has: true } => (Status::Pending, "Pending (+)"),
        Holding::Pending { has: false } => (Status::Pending, "Pending"),
    };
    (format!("{} {word}", model.glyphs.status(status)), Role::Status(status))
}

/// `2 tokens, 1 pending`; the shorter words where there is no room for these.
fn counted((accepted, pending): (usize, usize), room: usize) -> String {
    let waiting = format!("{} pending", thousands(pending));
    match (accepted, pending) {
        (0, 0) => String::new(),
        (0, _) => waiting,
        (accepted, 0) => tokens(accepted),
        (accepted, _) => {
            let whole = format!("{}, {waiting}", tokens(accepted));
            if width(&whole) <= room {
                whole
            } else {
                format!("{}, {waiting}", thousands(accepted))
            }
        }
    }
}

/// When what is held ends; Never where it does not, nothing where nothing is held. What
/// waits without an end gets one once it is accepted.
fn ends(view: &UserView) -> String {
    let (held, waits) = match view.holding {
        Holding::Nothing => (false, false),
        Holding::Has => (true, false),
        Holding::Pending { has } => (has, true),
        Holding::Count { accepted, pending } => (accepted > 0, pending > 0),
    };
    match view.expires {
        Some(end) => calendar::end_day(end),
        None if held => "Never".to_owned(),
        None if waits => Expiry::after_acceptance(),
        None => String::new(),
    }
}

/// Why there are no rows, and what to press (R44).
fn empty(model: &Seen<'_>) -> String {
    let list = &model.screens.users.list;
    let key = |command| model.keymap.first_key_of(command);
    if !list.is_loaded() {
        "Reading the users ...".to_owned()
    } else if let Some(why) = list.failure() {
        format!("The users could not be read: {why} - {} tries again", key(Command::Refresh))
    } else if users::is_narrowed(&list.query) {
        let words = users::words(&list.query, &model.catalogue);
        format!("No users match {words} - {} clears the filters", key(Command::ClearFilters))
    } else {
        format!("No users yet in {} - {} help", model.place(), key(Command::Help))
    }
}

fn draw_position(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) {
    let users = &model.screens.users;
    let rest = draw_pages(model, users.list.position(model.sight()), frame, area);
    let rest = age::draw(model, frame, rest);
    let ranging = users.list.selection.range.is_some();
    let mut waiting = age::waiting(model, "looking at the users", ranging);
    if waiting.is_empty() && users.acting > 0 {
        waiting.push(" working for the users ...".to_owned());
    }
    age::put_fitting(&waiting, model, Role::Key, frame, rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b16_what_waits_stays_in_sight_where_numbers_are_long() {
        assert_eq!(counted((2, 1), TOKEN), "2 tokens, 1 pending");
        assert_eq!(counted((1_200, 300), TOKEN), "1,200, 300 pending");
        assert_eq!(counted((0, 1), SHORT_TOKEN), "1 pending");
        assert_eq!(counted((0, 0), SHORT_TOKEN), "");
    }

    #[test]
    fn what_is_held_has_room_in_every_window() {
        for room in 40..200 {
            let columns = columns(room);
            let used: usize = columns.iter().map(|(_, width)| width + GAP).sum();
            assert!(GUTTER + used - GAP <= room, "{room}");
            assert!(columns.iter().any(|(column, _)| *column == UserColumn::Token), "{room}");
        }
        let shown = |room| columns(room).len();
        assert_eq!((shown(40), shown(60), shown(80)), (2, 3, 4));
    }
}

//! The More options menu: entries with their keys, dimmed with the reason where
//! they can't be used now.

use std::fmt::Display;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::text::{cut, cut_middle, pad, safe_line, thousands, width};
use crate::tui::bulk::tokens;
use crate::tui::command::Command;
use crate::tui::list_view::ListView;
use crate::tui::paint::{beside_marks, put, put_above_footer, put_line, put_marks, raise};
use crate::tui::place::Seen;
use crate::tui::prospects::dim_reason;
use crate::tui::screen::Screen;
use crate::tui::theme::Role;
use crate::tui::words;
use crate::wire::TokenView;

/// The widest the menu becomes.
const WIDEST: u16 = 68;
/// Columns for keys.
const KEYS: usize = 6;

pub(super) fn draw(model: &Seen<'_>, list: &ListView<Vec<Command>>, frame: &mut Frame<'_>) {
    let entries = list.rows();
    let screen = frame.area();
    let rows = u16::try_from(entries.len() + 3).unwrap_or(u16::MAX);
    let columns = screen.width.saturating_sub(2).min(WIDEST);
    let area = raise(&model.theme, frame, screen, (columns, rows));
    let line = |row: u16| Rect { y: area.y + row, height: 1, ..area };
    let title = Rect { x: area.x + 2, width: area.width.saturating_sub(2), ..line(1) };
    let text = self::title(model, title.width.into());
    put(frame, title, &text, model.theme.style(Role::Title));
    // In a window that is too low the entry under the cursor stays in sight.
    let room = usize::from(area.height).saturating_sub(3);
    let words = entries.iter().map(|command| words::entry(model, *command));
    let longest = words.map(|word| width(&word)).max().unwrap_or_default();
    let first = list.first_of(room);
    let rows = Rect { y: area.y + 2, height: area.height.saturating_sub(3), ..area };
    let shown = entries.iter().enumerate().skip(first);
    for ((place, command), row) in shown.zip(beside_marks(rows).rows()) {
        put_line(frame, row, &entry(model, *command, (place == list.cursor, longest)));
    }
    put_marks(&model.theme, frame, rows, (first, entries.len()));
    let reason = list.current().and_then(|command| dim_reason(*command, model));
    if let Some(reason) =
        reason.filter(|reason| 2 + longest + 2 + KEYS + width(reason) >= usize::from(area.width))
    {
        put_above_footer(&model.theme, &reason, frame);
    }
}

/// `robot-1  TKN-1000-0001  + Active`: the middle of a long name makes room for the rest.
fn title(model: &Seen<'_>, columns: usize) -> String {
    match model.screens.at {
        Screen::Users => return for_whom(model, columns),
        Screen::Catalog => return for_entry(model, columns),
        Screen::Tokens => {}
    }
    if let Some(viewed) = model.screens.tokens().viewed().filter(|_| !model.lists_tokens()) {
        return named(&viewed.user.user.name, viewed.user.user.id, "", columns);
    }
    if model.acts_on_selection() {
        return selected(model, columns);
    }
    let Some(view) = model.target() else { return String::new() };
    let status = model.status(view);
    let words = view.status_in_words(status);
    let beside = format!("  {}  {} {words}", view.token.id, model.glyphs.status(status));
    let room = columns.saturating_sub(width(&beside) + 1);
    format!("{}{beside}", cut_middle(&safe_line(&view.token.name), room))
}

/// The only selected token by name, as long as it is in memory; else how many.
fn selected(model: &Seen<'_>, columns: usize) -> String {
    let count = model.screens.tokens().list.selection.len();
    let is_it = |view: &&TokenView| {
        count == 1 && model.screens.tokens().list.selection.contains(&view.token.id)
    };
    match model.screens.tokens().list.rows().iter().find(is_it) {
        Some(view) => named(&view.token.name, &view.token.id, "  selected", columns),
        None => format!("{} selected", tokens(count)),
    }
}

/// The entry of the catalogue that the entries are for.
fn for_entry(model: &Seen<'_>, columns: usize) -> String {
    let row = model.screens.shelf.list.current();
    let name = row.and_then(|row| Some(named(row.cells.first()?, row.id, "", columns)));
    name.unwrap_or_default()
}

/// `robot-1  TKN-1000-0001  selected`: the middle of a long name makes room for the rest.
fn named(name: &str, id: impl Display, more: &str, columns: usize) -> String {
    let beside = safe_line(&format!("  {id}{more}"));
    let room = columns.saturating_sub(width(&beside) + 1);
    format!("{}{beside}", cut_middle(&safe_line(name), room))
}

/// The users that the entries are for.
fn for_whom(model: &Seen<'_>, columns: usize) -> String {
    match model.screens.users.list.selection.len() {
        0 => {
            let user = model.screens.users.list.current().map(|view| &view.user);
            user.map(|user| named(&user.name, user.id, "", columns)).unwrap_or_default()
        }
        1 => {
            let chosen = &model.screens.users.list.selection;
            let mut users = model.screens.users.list.rows().iter().map(|view| &view.user);
            let name = users.find(|user| chosen.contains(&user.id));
            let name = name.map(|user| named(&user.name, user.id, "  selected", columns));
            name.unwrap_or_else(|| "1 user selected".to_owned())
        }
        count => format!("{} users selected", thousands(count)),
    }
}

/// `> Disable   t   Already disabled`.
fn entry(
    model: &Seen<'_>,
    command: Command,
    (under_cursor, longest): (bool, usize),
) -> Line<'static> {
    let reason = dim_reason(command, model);
    let role = match (&reason, under_cursor, command.row().danger) {
        (Some(_), ..) => Role::Dim,
        (None, true, _) => Role::Selected,
        (None, false, true) => Role::Danger,
        (None, false, false) => Role::Text,
    };
    let word = words::entry(model, command);
    let fill = " ".repeat(longest.saturating_sub(width(&word)) + 2);
    let keys = pad(&model.keymap.first_key_of(command), KEYS);
    let key_role = if reason.is_some() { Role::Dim } else { Role::Key };
    Line::from(vec![
        Span::raw(if under_cursor { "> " } else { "  " }),
        model.theme.span(cut(&word, longest), role),
        Span::raw(fill),
        model.theme.span(keys, key_role),
        model.theme.span(reason.unwrap_or_default(), Role::Dim),
    ])
}

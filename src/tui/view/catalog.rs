//! The Catalog screen: the tabs of its lists, and the rows of one.
//!
//! ```text
//!  Catalog - Acme ACC-0001-0001                                  local  rosa Superadmin
//!  Accounts 3 [Modules 3] Scopes 2  Groups 3  Users 6                        find: arch
//!    NAME     ID        ACCOUNTS        GROUPS  PATHS
//! >  Archive  MOD-0005  Acme            -       -
//!                                                      <  1-1 of 3  page 1/1  auto  >
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::catalogue_rules::may_add;
use crate::text::{cut, pad, safe_line, width};
use crate::tui::age;
use crate::tui::catalog::{self, Row, shown};
use crate::tui::columns::GUTTER;
use crate::tui::command::Command;
use crate::tui::heading::put_heading;
use crate::tui::layout::Areas;
use crate::tui::pages::draw_pages;
use crate::tui::paint::{put, put_line, put_reason, put_right};
use crate::tui::place::Seen;
use crate::tui::theme::Role;

/// Columns between two columns.
const GAP: usize = 2;

pub(super) fn draw(model: &Seen<'_>, frame: &mut Frame<'_>, areas: &Areas) {
    let heading = format!(" Catalog - {}", model.place());
    put_heading(model.shared, &heading, None, frame, areas.title);
    draw_tabs(model, frame, areas.filter);
    let kind = model.screens.shelf.list.query.kind;
    let room = usize::from(areas.header.width).saturating_sub(GUTTER + 1);
    let columns = shown(kind, &model.screens.shelf.list.page.widths, room);
    let heads = columns.iter().map(|(_, head, width)| pad(head.title, width + GAP));
    let header = format!("{}{}", " ".repeat(GUTTER), heads.collect::<String>());
    put(frame, areas.header, header.trim_end(), model.theme.style(Role::Header));
    if model.screens.shelf.list.total() == 0 {
        put_reason(&model.theme, &empty(model), frame, areas.rows);
    } else {
        let places: Vec<_> = columns.iter().map(|(place, _, width)| (*place, *width)).collect();
        draw_rows(model, &places, frame, areas.rows);
    }
    draw_position(model, frame, areas.position);
}

/// ` Accounts 3 [Modules 4] Scopes 3`; the numbers only where there is room for all.
fn draw_tabs(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) {
    let here = model.screens.shelf.list.query.kind;
    let place = |kind| catalog::LISTS.iter().position(|known| *known == kind);
    let after = |kind| place(kind) > place(here);
    let tabs = |counts: bool| {
        let tab = |kind| {
            let title = catalog::title(kind);
            let text =
                if counts { format!("{title} {}", model.shelved(kind)) } else { title.to_owned() };
            let (text, role) = match (kind == here, counts) {
                (true, _) => (format!("[{text}]"), Role::Selected),
                (false, true) => (format!(" {text} "), Role::Text),
                // The narrowest window has room for all of them only so.
                (false, false) if after(kind) => (format!(" {text}"), Role::Text),
                (false, false) => (format!("{text} "), Role::Text),
            };
            model.theme.span(text, role)
        };
        Line::from(catalog::LISTS.into_iter().map(tab).collect::<Vec<_>>())
    };
    let room = usize::from(area.width);
    let line = Some(tabs(true)).filter(|line| line.width() <= room).unwrap_or_else(|| tabs(false));
    put_line(frame, area, &line);
    let find = safe_line(&narrowing(model));
    if !find.is_empty() && line.width() + width(&find) + 2 <= room {
        put_right(frame, area, &model.theme.line(find + " ", Role::Warning));
    }
}

/// What narrows the list, as on the other screens: `name:arch`.
fn narrowing(model: &Seen<'_>) -> String {
    let words = model.screens.shelf.list.query.text.split_whitespace();
    words.map(|word| format!("name:{word}")).collect::<Vec<_>>().join("  ")
}

fn draw_rows(model: &Seen<'_>, columns: &[(usize, usize)], frame: &mut Frame<'_>, area: Rect) {
    let list = &model.screens.shelf.list;
    for ((index, entry), place) in list.on_screen(model.sight()).zip(area.rows()) {
        let Some(entry) = entry else { continue };
        let line = row(model, entry, columns, index == list.cursor);
        put_line(frame, place, &line);
    }
}

/// A row: only its name is reversed under the cursor, which costs few bytes.
fn row(model: &Seen<'_>, entry: &Row, columns: &[(usize, usize)], here: bool) -> Line<'static> {
    let mut spans = vec![Span::raw(if here { ">  " } else { "   " })];
    for (place, columns) in columns {
        let text = entry.cells.get(*place).map(String::as_str).unwrap_or_default();
        let text = cut(&safe_line(text), *columns);
        let role = match (place, here) {
            (0, true) => Role::Selected,
            (0, false) => Role::Name,
            _ => Role::Text,
        };
        let fill = columns.saturating_sub(width(&text)) + GAP;
        spans.push(model.theme.span(text, role));
        spans.push(Span::raw(" ".repeat(fill)));
    }
    Line::from(spans)
}

/// Why there are no rows, and what to press.
fn empty(model: &Seen<'_>) -> String {
    let query = &model.screens.shelf.list.query;
    let what = catalog::title(query.kind).to_lowercase();
    let key = |command| model.keymap.first_key_of(command);
    if !query.text.is_empty() {
        let clear = key(Command::ClearFilters);
        return format!("No {what} match {} - {clear} clears the search", narrowing(model));
    }
    let place = model.place();
    match may_add(&model.session.operator, query.kind) {
        Ok(()) => format!("No {what} in {place} - {} adds one", key(Command::New)),
        Err(_) => format!("No {what} in {place}"),
    }
}

fn draw_position(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) {
    let list = &model.screens.shelf.list;
    let rest = draw_pages(model, list.position(model.sight()), frame, area);
    let rest = age::draw(model, frame, rest);
    let waiting = age::waiting(model, "asking whether it can go", false);
    if !waiting.is_empty() {
        age::put_fitting(&waiting, model, Role::Key, frame, rest);
        return;
    }
    let find = safe_line(&narrowing(model));
    let find = cut(&format!(" {find}"), usize::from(rest.width).saturating_sub(1));
    put(frame, rest, &find, model.theme.style(Role::Warning));
}

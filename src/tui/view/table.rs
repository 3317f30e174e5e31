//! The list: heads of columns, rows, and the line that says where they lie.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::{Column, Direction, Role as UserRole, SortKey, Status, leak};
use crate::text::{cut, pad, safe_line, width, yes_no};
use crate::tui::age;
use crate::tui::columns::{GAP, GUTTER, Strip};
use crate::tui::command::Command;
use crate::tui::focus::Focus;
use crate::tui::layout::Areas;
use crate::tui::offer::Offer;
use crate::tui::pages::draw_pages;
use crate::tui::paint::{put, put_line, put_reason};
use crate::tui::place::Seen;
use crate::tui::theme::Role;
use crate::tui::unconfirmed::Fate;
use crate::tui::view::title;
use crate::wire::TokenView;

type Columns = [(Column, usize)];

pub(super) fn draw(model: &Seen<'_>, frame: &mut Frame<'_>, areas: &Areas) {
    let strip = model.screens.tokens().column_strip(model.shared);
    let columns = strip.shown.as_slice();
    put_line(frame, areas.header, &header(model, columns));
    if model.screens.tokens().list.total() == 0 || model.screens.tokens().list.failure().is_some() {
        draw_empty(model, frame, areas.rows);
    } else {
        draw_rows(model, frame, areas.rows, columns);
    }
    draw_position(model, frame, areas.position);
}

fn header(model: &Seen<'_>, columns: &Columns) -> Line<'static> {
    let style = model.theme.style(Role::Header);
    let mut text = " ".repeat(GUTTER);
    for (column, width) in columns {
        let title = safe_line(&model.session.descriptors.title(*column)).to_uppercase();
        let arrow = arrow(&model.screens.tokens().list.shown().sort, *column);
        text.push_str(&pad(&format!("{title}{arrow}"), *width));
        text.push_str(&" ".repeat(GAP));
    }
    Line::styled(text.trim_end().to_owned(), style)
}

/// How a column takes part in the order: ` ^`, or ` v2` as the second of several.
fn arrow(sort: &[SortKey], column: Column) -> String {
    let Some(place) = sort.iter().position(|key| key.column == column) else {
        return String::new();
    };
    let descends = sort.get(place).is_some_and(|key| key.direction == Direction::Descending);
    let mark = if descends { 'v' } else { '^' };
    match sort.len() {
        1 => format!(" {mark}"),
        _ => format!(" {mark}{}", place + 1),
    }
}

fn draw_rows(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect, columns: &Columns) {
    let list = &model.screens.tokens().list;
    for ((index, view), place) in list.on_screen(model.sight()).zip(area.rows()) {
        let under_cursor = index == list.cursor;
        let line = match view {
            Some(view) => row(model, view, columns, (under_cursor, list.marks(index))),
            None => Line::raw(if under_cursor { ">" } else { "" }),
        };
        put_line(frame, place, &line);
    }
}

/// A row: only its name is reversed under the cursor, which costs few bytes.
fn row(
    model: &Seen<'_>,
    view: &TokenView,
    columns: &Columns,
    (under_cursor, marked): (bool, bool),
) -> Line<'static> {
    let status = model.status(view);
    let old = age::awaits_other_rows(model);
    let ended = old || matches!(status, Status::Revoked | Status::Deleted);
    let plain = model.theme.style(if ended { Role::Dim } else { Role::Text });
    let cursor = if under_cursor { ">" } else { " " };
    let mut spans = vec![Span::raw(format!("{cursor}{} ", if marked { "*" } else { " " }))];
    for (column, columns) in columns {
        let (text, style) = match column {
            Column::Name => {
                // What is reversed has the keys.
                let reversed = under_cursor && model.screens.tokens().focus == Focus::List;
                let role = match (reversed, ended) {
                    (true, _) => Role::Selected,
                    (false, true) => Role::Dim,
                    (false, false) => Role::Name,
                };
                (name_cell(view, *columns), model.theme.style(role))
            }
            Column::Status => {
                let doubt =
                    model.unconfirmed_of(&view.token.id).and_then(|known| match known.kept.fate {
                        Fate::Unknown => Some("?"),
                        Fate::NotDone => Some("!"),
                        // Its status is certain.
                        Fate::Unseen => None,
                    });
                let role = match doubt {
                    _ if old => Role::Dim,
                    Some(_) => Role::Error,
                    None => Role::Status(status),
                };
                let mark = doubt.unwrap_or_else(|| model.glyphs.status(status));
                let asked = doubt.unwrap_or_default();
                (format!("{mark} {}{asked}", view.status_in_words(status)), model.theme.style(role))
            }
            Column::IsActive => {
                let word = yes_no(status.is_active());
                (format!("{} {word}", model.glyphs.status(status)), plain)
            }
            column => (view.cell(*column), plain),
        };
        let text = cut(&safe_line(&text), *columns);
        let fill = columns.saturating_sub(width(&text)) + GAP;
        spans.push(Span::styled(text, style));
        spans.push(Span::raw(" ".repeat(fill)));
    }
    Line::from(spans)
}

/// The name; behind it what of the token was found, where its name was not. Where both
/// do not fit the first of it is told in short.
fn name_cell(view: &TokenView, room: usize) -> String {
    if view.matched.is_empty() {
        return view.token.name.clone();
    }
    let parts: Vec<_> = view.matched.iter().map(ToString::to_string).collect();
    let whole = format!(" ({})", parts.join(", "));
    let fits = width(&safe_line(&view.token.name)) + width(&whole) <= room;
    let short = view.matched.first().map(|part| format!(" ({})", part.in_short()));
    let found = short.filter(|_| !fits).unwrap_or(whole);
    let room = room.saturating_sub(width(&found));
    format!("{}{found}", cut(&safe_line(&view.token.name), room))
}

/// Why there are no rows, and what to press (R44, R140).
fn draw_empty(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) {
    let text = if !model.screens.tokens().list.is_loaded() {
        "Reading the tokens ...".to_owned()
    } else if let Some(why) = model.screens.tokens().list.failure() {
        let again = model.keymap.first_key_of(Command::Refresh);
        format!("The tokens could not be read: {why} - {again} tries again")
    } else if model.screens.tokens().list.shown().is_filtered() {
        let clear = model.keymap.first_key_of(Command::ClearFilters);
        let cut = if gives_part_of_value(model) {
            ". It begins like a token value and is no whole one: paste all of it to find its token"
        } else {
            ""
        };
        format!("No tokens match {}{cut} - {clear} clears the filters", title::filters(model))
    } else {
        nothing_yet(model)
    };
    put_reason(&model.theme, &text, frame, area);
}

/// Whose list has no token, and which keys lead on from here, of those that do.
fn nothing_yet(model: &Seen<'_>) -> String {
    let key = |command| {
        let here = model.offers_on_screen(command) == Offer::Here;
        Some(model.keymap.first_key_of(command)).filter(|key| here && !key.is_empty())
    };
    let new = key(Command::New);
    let of_user = model.screens.tokens().viewed();
    let none = match (of_user, model.session.role()) {
        (Some(viewed), _) => format!("{} holds no API tokens", viewed.user.user.name),
        // Others' tokens they never see.
        (None, Some(UserRole::Member)) => "You hold no tokens".to_owned(),
        (None, _) if model.account().is_some() && model.has_several_accounts() => {
            format!("No API tokens yet in {}", model.place())
        }
        (None, _) => "No API tokens yet".to_owned(),
    };
    // Who makes the first token of a store has its catalogue to fill.
    let first = new.is_some() && of_user.is_none();
    let catalog = key(Command::Catalog).filter(|_| first);
    let ways = [
        new.map(|key| format!("{key} makes one")),
        catalog.map(|key| format!("key {key}: modules and accounts")),
        key(Command::Help).map(|key| format!("{key} keys")),
    ];
    let ways: Vec<_> = ways.into_iter().flatten().collect();
    let ways = if ways.is_empty() { String::new() } else { format!(". {}", ways.join(", ")) };
    let demo = if first { "; `tokendeck demo` shows an example" } else { "" };
    format!("{none}{ways}{demo}")
}

/// Whether somebody searches for what may be a part of a token value.
fn gives_part_of_value(model: &Seen<'_>) -> bool {
    let query = model.screens.tokens().list.shown();
    [&query.search, &query.guid].into_iter().any(|text| leak::begins_like_value(text))
}

/// `<  1-10 of 21  page 1/3  10 rows  >`: an arrow is dim where no page follows. On
/// the left what is under way, else the columns out of sight and when the rows came.
fn draw_position(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) {
    let position = model.screens.tokens().list.position(model.sight());
    let rest = draw_pages(model, position, frame, area);
    let rest = age::draw(model, frame, rest);
    let ranging = model.screens.tokens().list.selection.range.is_some();
    let waiting = age::waiting(model, "looking at the tokens", ranging);
    if !waiting.is_empty() {
        age::put_fitting(&waiting, model, Role::Key, frame, rest);
        return;
    }
    let room = rest.width.into();
    let mut text = String::new();
    for part in [out_of_sight(model, room), age::loaded(model)] {
        if width(&text) + width(&part) <= room {
            text.push_str(&part);
        }
    }
    put(frame, rest, &text, model.theme.style(Role::Dim));
}

/// ` h 1  l 4 more columns`, or ` +4` where that is too long.
fn out_of_sight(model: &Seen<'_>, room: usize) -> String {
    let Strip { off, after, .. } = model.screens.tokens().column_strip(model.shared);
    let before = off.len();
    let side = |count: usize, command| match count {
        0 => String::new(),
        _ => format!(" {} {count} ", model.keymap.first_key_of(command)),
    };
    let word = match before + after {
        0 => return String::new(),
        1 => "more column",
        _ => "more columns",
    };
    let long = format!(
        "{}{}{word} ",
        side(before, Command::ColumnsLeft),
        side(after, Command::ColumnsRight)
    );
    let back = model.keymap.first_key_of(Command::Back);
    let back = if before > 0 { format!("{long} {back} back ") } else { long.clone() };
    let short = format!(" +{} columns", before + after);
    let texts = [back, long, short, format!(" +{}", before + after)];
    texts.into_iter().find(|text| width(text) <= room).unwrap_or_default()
}

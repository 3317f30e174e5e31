//! A confirmation: what, where, the question, the buttons.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Button, Confirm, Entry, entry};
use crate::text::{cut_middle, width, wrap};
use crate::tui::bulk::Room;
use crate::tui::paint::{put, put_line, put_right, raise};
use crate::tui::place::Seen;
use crate::tui::shared::Shared;
use crate::tui::theme::Role;

/// The widest a dialog becomes.
const WIDEST: u16 = 68;

/// How much text fits in a dialog of that title and place, a note besides.
pub(super) fn room_for_text(model: &Shared, (title, place): (&str, &str), entry: &Entry) -> Room {
    let (width_of_screen, height) = model.size;
    let columns = usize::from(width_of_screen.saturating_sub(2).min(WIDEST)).saturating_sub(4);
    let narrow = width(title) + width(place) + 2 > columns;
    let place_rows = if narrow { wrap(place, columns).len() } else { 0 };
    // Two rules, title, buttons and a blank line.
    let free = usize::from(height).saturating_sub(5 + place_rows);
    let others = 5 + place_rows + entry::rows(model, entry, (columns, free));
    Room { columns, rows: usize::from(height).saturating_sub(others) }
}

pub(super) fn draw(model: &Seen<'_>, confirm: &Confirm, frame: &mut Frame<'_>) {
    let Some(stage) = confirm.stage() else { return };
    let screen = frame.area();
    let columns = screen.width.saturating_sub(2).min(WIDEST);
    let room = usize::from(columns).saturating_sub(4);
    // Account and backend stand beside the title, or under it where that is too narrow.
    let narrow = width(&confirm.title) + width(&confirm.place) + 2 > room;
    let place_rows = if narrow { wrap(&confirm.place, room).len() } else { 0 };
    let place = narrow.then_some((&confirm.place, Role::Text));
    let notes = confirm.note.iter().chain(&confirm.warnings).map(|note| (note, Role::Warning));
    let text = stage.text.iter().map(|text| (text, Role::Text));
    let body: Vec<(String, Role)> = place
        .into_iter()
        .chain(notes)
        .chain(text)
        .flat_map(|(text, role)| wrap(text, room).into_iter().map(move |line| (line, role)))
        .collect();
    // Two rules, title, buttons and a blank line before them stay in any case.
    let free = usize::from(screen.height).saturating_sub(body.len() + 5);
    let entry_room = (room, free);
    let entry_rows = entry::rows(model, &confirm.entry, entry_room);
    let entry_rows = u16::try_from(entry_rows).unwrap_or(u16::MAX);
    let reason_rows = u16::from(confirm.reason.is_shown());
    let rows = u16::try_from(body.len() + 5).unwrap_or(u16::MAX).saturating_add(entry_rows);
    let rows = rows.saturating_add(reason_rows);
    let area = raise(&model.theme, frame, screen, (columns, rows));
    let line = |row: u16| Rect { y: area.y + row, height: 1, ..area };
    let inner = |row: u16| Rect { x: area.x + 2, width: area.width.saturating_sub(4), ..line(row) };
    if !narrow {
        put_right(frame, inner(1), &model.with_mark(&confirm.place, Role::Text));
    }
    let title = cut_middle(&confirm.title, room);
    put(frame, inner(1), &title, model.theme.style(Role::Title));
    let buttons = area.height.saturating_sub(2);
    let end = buttons.saturating_sub(entry_rows).saturating_sub(reason_rows);
    for (at, ((text, role), row)) in body.iter().zip(2..end).enumerate() {
        if at < place_rows {
            put_line(frame, inner(row), &model.with_mark(text, *role));
        } else {
            put(frame, inner(row), text, model.theme.style(*role));
        }
    }
    if body.len() > usize::from(end.saturating_sub(2)) {
        let more = model.theme.line(" ...", Role::Warning);
        put_right(frame, inner(end.saturating_sub(1)), &more);
    }
    let wanted = Rect { height: entry_rows.min(buttons), ..inner(end) };
    entry::draw(model, &confirm.entry, entry_room, frame, wanted);
    if confirm.reason.is_shown() {
        confirm.reason.draw(model, frame, inner(buttons.saturating_sub(1)));
    }
    draw_buttons(model, confirm, frame, inner(buttons));
}

/// The buttons are dim until keys count.
fn draw_buttons(model: &Seen<'_>, confirm: &Confirm, frame: &mut Frame<'_>, area: Rect) {
    let open = confirm.guard.is_open(model.now);
    let in_field =
        matches!(&confirm.entry, Entry::Word(word) if word.focused) || confirm.reason.focused;
    let buttons = confirm.buttons();
    let mut spans = Vec::new();
    // Three of them stand closer where they would not fit otherwise.
    let needed: usize = buttons.iter().map(|(_, word)| width(word) + 7).sum();
    let gap = if needed > usize::from(area.width) { " " } else { "   " };
    for (button, word) in buttons {
        let focused = button == confirm.button && !in_field;
        let role = match (open, focused, button) {
            (false, ..) => Role::Dim,
            (true, true, _) => Role::Selected,
            (true, false, Button::Act) if confirm.other.is_some() => Role::Text,
            (true, false, Button::Act | Button::Other) => Role::Danger,
            (true, false, Button::Cancel) => Role::Text,
        };
        let text = if focused { format!("> {word} <") } else { format!("  {word}  ") };
        spans.push(model.theme.span(text, role));
        spans.push(Span::raw(gap));
    }
    put_right(frame, area, &Line::from(spans));
    if !open && confirm.guard.ignored() {
        let text = model.theme.line("key ignored", Role::Warning);
        put_line(frame, area, &text);
    }
}

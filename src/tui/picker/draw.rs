//! A picker: title, the line that narrows it, the entries, what is wrong.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Picker;
use super::entry::Entry;
use crate::domain::leak;
use crate::text::{cut, pad, safe_line, width};
use crate::tui::paint::{
    beside_marks, put, put_above_footer, put_line, put_marks, put_right, put_typed, raise,
};
use crate::tui::place::Seen;
use crate::tui::theme::Role;

/// The widest a picker becomes.
const WIDEST: u16 = 64;
/// Lines besides the entries: two rules, the title.
const FRAME: u16 = 3;

/// Where the parts of an entry begin.
struct Tabs {
    field: usize,
    text: usize,
}

pub(super) fn draw(model: &Seen<'_>, picker: &Picker, frame: &mut Frame<'_>) {
    let all = picker.all(model);
    // Not over the footer, which says what the keys do. The height does not follow
    // what matches: the box would jump while letters are typed.
    let screen = frame.area();
    let screen = Rect { height: screen.height.saturating_sub(1), ..screen };
    let lines = u16::try_from(all.len()).unwrap_or(u16::MAX).saturating_add(FRAME + 1);
    let area = raise(&model.theme, frame, screen, (WIDEST, lines));
    let line = |row: u16| Rect { y: area.y + row, height: 1, ..area };
    let inner = |row: u16| Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..line(row) };
    draw_title(model, picker, frame, inner(1));
    let last = area.height.saturating_sub(1);
    if let Some(error) = &picker.error {
        let text = cut(&safe_line(&leak::hide(error)), inner(2).width.into());
        put(frame, inner(2), &text, model.theme.style(Role::Error));
    } else if picker.finding || !picker.words.value().is_empty() {
        put_typed(&model.theme, "/", &picker.words, picker.finding, frame, inner(2));
    } else {
        let hint = cut(&picker.hint(model), inner(2).width.into());
        put(frame, inner(2), &hint, model.theme.style(Role::Dim));
    }
    let rows = Rect { y: area.y + 3, height: last.saturating_sub(3), ..area };
    draw_entries(model, picker, &tabs(&all), frame, rows);
    let error = picker.error.as_ref().map(|error| safe_line(&leak::hide(error)));
    if let Some(error) = error.filter(|error| width(error) > usize::from(inner(2).width)) {
        put_above_footer(&model.theme, &error, frame);
    }
}

fn draw_title(model: &Seen<'_>, picker: &Picker, frame: &mut Frame<'_>, area: Rect) {
    put(frame, area, picker.title(), model.theme.style(Role::Title));
    let room = usize::from(area.width).saturating_sub(width(picker.title()) + 2);
    let text = cut(&safe_line(&model.place()), room);
    put_right(frame, area, &model.theme.line(text, Role::Dim));
}

fn tabs(entries: &[Entry]) -> Tabs {
    let widest = |of: fn(&Entry) -> &str| entries.iter().map(|entry| width(of(entry))).max();
    let field = match widest(|entry| entry.field) {
        None | Some(0) => 0,
        Some(field) => field + 2,
    };
    let text = |entry: &Entry| width(&entry.mark) + width(&entry.text);
    Tabs { field, text: entries.iter().map(text).max().unwrap_or_default() }
}

fn draw_entries(model: &Seen<'_>, picker: &Picker, tabs: &Tabs, frame: &mut Frame<'_>, area: Rect) {
    let entries = picker.entries(model);
    if entries.is_empty() {
        put(frame, Rect { height: 1, ..area }, "   nothing matches", model.theme.style(Role::Dim));
        return;
    }
    let height = usize::from(area.height);
    let list = picker.over(&entries);
    let top = list.first_of(height);
    let mut before = "";
    for ((at, entry), y) in entries.iter().enumerate().skip(top).zip(area.y..area.bottom()) {
        let field = if entry.field == before { "" } else { entry.field };
        before = entry.field;
        let line = line(model, entry, (field, at == list.cursor), tabs);
        put_line(frame, Rect { y, height: 1, ..beside_marks(area) }, &line);
    }
    put_marks(&model.theme, frame, area, (top, entries.len()));
}

/// `> Scopes   [x] North plant`: only the text is reversed, which costs few bytes.
fn line(
    model: &Seen<'_>,
    entry: &Entry,
    (field, under_cursor): (&str, bool),
    tabs: &Tabs,
) -> Line<'static> {
    let style = |role| model.theme.style(role);
    let text = safe_line(&entry.text);
    let note = safe_line(&entry.note);
    let typed = entry.choice.is_typed() && under_cursor;
    let text = if typed { format!("{text}_") } else { text };
    let fill = tabs.text.saturating_sub(width(&entry.mark) + width(&text)) + 2;
    let role = if under_cursor { Role::Selected } else { Role::Text };
    Line::from(vec![
        Span::raw(if under_cursor { " > " } else { "   " }),
        Span::styled(pad(field, tabs.field), style(Role::Header)),
        Span::styled(entry.mark.clone(), style(Role::Text)),
        Span::styled(text, style(role)),
        Span::raw(" ".repeat(fill)),
        Span::styled(note, style(Role::Dim)),
    ])
}

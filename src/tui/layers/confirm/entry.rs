//! What a dialog wants besides a button: the field for a word, or the choices of
//! a new value.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Entry;
use super::terms::{Choices, Terms};
use super::word::Word;
use crate::text::{cut, width, wrap};
use crate::tui::paint::{put_cursor, put_line, put_lines};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;

/// Columns of the names of fields.
const NAME: usize = 8;

/// How much room there is: columns, and lines beside all else that the dialog says.
pub(super) type Room = (usize, usize);

/// How many lines it takes.
pub(super) fn rows(model: &Shared, entry: &Entry, room: Room) -> usize {
    match entry {
        Entry::Nothing => 0,
        Entry::Word(_) => 1,
        Entry::Terms(terms) => terms_lines(model, terms, room).len(),
    }
}

pub(super) fn draw(model: &Shared, entry: &Entry, room: Room, frame: &mut Frame<'_>, area: Rect) {
    match entry {
        Entry::Nothing => {}
        Entry::Word(word) => draw_word(model, word, frame, area),
        Entry::Terms(terms) => {
            put_lines(frame, area.rows(), &terms_lines(model, terms, room));
        }
    }
}

/// `Type revoke 19: revoke_______`.
fn draw_word(model: &Shared, word: &Word, frame: &mut Frame<'_>, area: Rect) {
    let label = format!("Type {}: ", word.wanted);
    let room = usize::from(area.width).saturating_sub(width(&label));
    let long = (width(&word.wanted) + 6).min(room);
    let typed = cut(&word.typed, room.saturating_sub(1));
    let blank = "_".repeat(long.saturating_sub(width(&typed)));
    let column = width(&label) + width(&typed);
    let style = model.theme.style(if word.focused { Role::Title } else { Role::Text });
    let spans = vec![
        model.theme.span(label, Role::Text),
        Span::styled(typed, style),
        model.theme.span(blank, Role::Dim),
    ];
    put_line(frame, area, &Line::from(spans));
    if word.focused {
        put_cursor(frame, area, column);
    }
}

/// The fields, and what comes of them. The choices of a field stand one under the other,
/// for Left and Right are the buttons'; where there is no room for that, only those of
/// the field with the keys do, or none.
fn terms_lines(model: &Shared, terms: &Terms, (columns, rows): Room) -> Vec<Line<'static>> {
    let fields = terms.fields();
    let text = model.theme.style(Role::Text);
    let outcome = terms.outcome(model.wall());
    let outcome: Vec<_> = outcome.iter().flat_map(|text| wrap(text, columns)).collect();
    let high = |opens: fn(bool) -> bool| -> usize {
        let rows =
            |field: &Choices| if opens(field.field == terms.field) { field.words.len() } else { 1 };
        fields.iter().map(rows).sum::<usize>() + outcome.len()
    };
    let ways: [fn(bool) -> bool; 3] = [|_| true, |focused| focused, |_| false];
    let [.., closed] = ways;
    let opens = ways.into_iter().find(|opens| high(*opens) <= rows).unwrap_or(closed);
    let mut lines = Vec::new();
    for field in &fields {
        let focused = field.field == terms.field;
        let chosen = |(_, (_, chosen)): &(usize, &(String, bool))| *chosen;
        let choices = field.words.iter().enumerate();
        if opens(focused) {
            lines.extend(choices.map(|(at, choice)| {
                let name = if at == 0 { field.name } else { "" };
                choice_line(model, name, focused, choice)
            }));
        } else {
            let count = field.words.len();
            lines.extend(choices.filter(chosen).map(|(at, choice)| {
                let mut line = choice_line(model, field.name, focused, choice);
                line.push_span(Span::styled(format!("  {} of {count}", at + 1), text));
                line
            }));
        }
    }
    lines.extend(outcome.into_iter().map(|line| Line::styled(line, text)));
    lines
}

/// `> Period   (o) 6 months`; without a name it goes on with the field above.
fn choice_line(
    model: &Shared,
    name: &str,
    focused: bool,
    (word, chosen): &(String, bool),
) -> Line<'static> {
    let mark = if focused && !name.is_empty() { ">" } else { " " };
    let role = if focused && *chosen { Role::Selected } else { Role::Text };
    let dot = if *chosen { "o" } else { " " };
    Line::from(vec![
        model.theme.span(format!("{mark} {name:NAME$} "), Role::Text),
        model.theme.span(format!("({dot}) {word}"), role),
    ])
}

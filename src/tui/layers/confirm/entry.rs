//! What a dialog wants besides a button: the field for a word, or the choices of
//! a new value.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Entry;
use super::terms::{Choices, Terms};
use super::word::Word;
use crate::domain::leak;
use crate::domain::policy::Verdict;
use crate::text::{cut, cut_middle, safe_line, width, wrap};
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
    let flagged = match terms.verdict(model.wall(), &model.catalogue) {
        Some(Verdict::Flagged(said) | Verdict::Refused(said)) => Some(format!("{said}.")),
        None => None,
    };
    let said = outcome.into_iter().map(|text| (text, Role::Text));
    let said = said.chain(flagged.map(|text| (text, Role::Warning)));
    let outcome: Vec<_> = said
        .flat_map(|(text, role)| {
            let lines = wrap(&safe_line(&text), columns).into_iter();
            lines.map(move |line| Line::styled(line, model.theme.style(role)))
        })
        .collect();
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
                choice_line(model, field, (name, focused, columns), choice)
            }));
        } else {
            let count = field.words.len();
            lines.extend(choices.filter(chosen).map(|(at, choice)| {
                let place =
                    if count > 1 { format!("  {} of {count}", at + 1) } else { String::new() };
                let room = columns.saturating_sub(width(&place));
                let mut line = choice_line(model, field, (field.name, focused, room), choice);
                line.push_span(Span::styled(place, text));
                line
            }));
        }
    }
    lines.extend(outcome);
    lines
}

/// `> Period   (o) 6 months`; without a name it goes on with the field above. What is typed
/// shows its end, where letters go on.
fn choice_line(
    model: &Shared,
    field: &Choices,
    (name, focused, columns): (&str, bool, usize),
    (word, chosen): &(String, bool),
) -> Line<'static> {
    let mark = if focused && !name.is_empty() { ">" } else { " " };
    let role = if focused && *chosen { Role::Selected } else { Role::Text };
    let dot = match (field.words.len(), chosen) {
        (1, _) => "",
        (_, true) => "(o) ",
        (_, false) => "( ) ",
    };
    let typed = focused && *chosen && field.typed;
    let room = columns.saturating_sub(NAME + 3 + width(dot) + 1);
    let word = safe_line(&leak::hide(word));
    let word = if typed { format!("{}_", cut_start(&word, room)) } else { cut_middle(&word, room) };
    Line::from(vec![
        model.theme.span(format!("{mark} {name:NAME$} "), Role::Text),
        model.theme.span(format!("{dot}{word}"), role),
    ])
}

/// The end of a text, as much of it as there is room for.
fn cut_start(text: &str, columns: usize) -> String {
    let mut from = text.char_indices().map(|(at, _)| text.get(at..).unwrap_or_default());
    from.find(|rest| width(rest) <= columns).unwrap_or_default().to_owned()
}

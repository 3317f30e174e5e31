//! What a dialog wants besides a button: the field for a word, or the choices of
//! a new value.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::put_line;
use crate::text::{cut, width};
use crate::tui::model::Model;
use crate::tui::overlay::{Choices, Entry, Terms, Word};
use crate::tui::theme::Role;
use crate::tui::wrap::wrap;

/// Columns of the names of fields.
const NAME: usize = 8;

/// How many lines it takes.
pub(super) fn rows(model: &Model, entry: &Entry, columns: usize) -> usize {
    match entry {
        Entry::Nothing => 0,
        Entry::Word(_) => 1,
        Entry::Terms(terms) => terms_lines(model, terms, columns).len(),
    }
}

pub(super) fn draw(model: &Model, entry: &Entry, frame: &mut Frame<'_>, area: Rect) {
    match entry {
        Entry::Nothing => {}
        Entry::Word(word) => draw_word(model, word, frame, area),
        Entry::Terms(terms) => {
            let lines = terms_lines(model, terms, area.width.into());
            for (line, y) in lines.iter().zip(area.y..area.bottom()) {
                put_line(frame, Rect { y, height: 1, ..area }, line);
            }
        }
    }
}

/// `Type revoke 19: revoke_______`.
fn draw_word(model: &Model, word: &Word, frame: &mut Frame<'_>, area: Rect) {
    let label = format!("Type {}: ", word.wanted);
    let room = usize::from(area.width).saturating_sub(width(&label));
    let long = (width(&word.wanted) + 6).min(room);
    let typed = cut(&word.typed, room.saturating_sub(1));
    let blank = "_".repeat(long.saturating_sub(width(&typed)));
    let column = width(&label) + width(&typed);
    let style = model.theme.style(if word.focused { Role::Title } else { Role::Text });
    let spans = vec![
        Span::styled(label, model.theme.style(Role::Text)),
        Span::styled(typed, style),
        Span::styled(blank, model.theme.style(Role::Dim)),
    ];
    put_line(frame, area, &Line::from(spans));
    if word.focused {
        let x = area.x.saturating_add(u16::try_from(column).unwrap_or(0));
        frame.set_cursor_position((x.min(area.right().saturating_sub(1)), area.y));
    }
}

fn terms_lines(model: &Model, terms: &Terms, columns: usize) -> Vec<Line<'static>> {
    let fields = terms.fields();
    let line = |field: &Choices| choice_line(model, field, field.field == terms.field, columns);
    let mut lines: Vec<_> = fields.iter().map(line).collect();
    let text = model.theme.style(Role::Text);
    for outcome in terms.outcome(model.wall()) {
        let wrapped = wrap(&outcome, columns);
        lines.extend(wrapped.into_iter().map(|line| Line::styled(line, text)));
    }
    lines
}

/// `> Period  ( ) 3 months (o) 6 months`; where that is too wide, only what is
/// chosen and how many there are.
fn choice_line(model: &Model, field: &Choices, focused: bool, columns: usize) -> Line<'static> {
    let (mark, role) = if focused { (">", Role::Selected) } else { (" ", Role::Text) };
    let label = format!("{mark} {:NAME$}", field.name);
    let all: Vec<_> = field
        .words
        .iter()
        .map(|(word, chosen)| (format!("({}) {word}", if *chosen { "o" } else { " " }), *chosen))
        .collect();
    let needed: usize = all.iter().map(|(word, _)| width(word) + 1).sum();
    let mut spans = vec![Span::styled(label, model.theme.style(Role::Text))];
    let style = |chosen: bool| model.theme.style(if chosen { role } else { Role::Text });
    if NAME + 1 + needed <= columns {
        for (word, chosen) in all {
            spans.push(Span::styled(word, style(chosen)));
            spans.push(Span::raw(" "));
        }
        return Line::from(spans);
    }
    let count = field.words.len();
    for (place, (word, _)) in all.into_iter().enumerate().filter(|(_, (_, chosen))| *chosen) {
        spans.push(Span::styled(word, style(true)));
        spans.push(Span::raw(format!("  {} of {count}", place + 1)));
    }
    Line::from(spans)
}

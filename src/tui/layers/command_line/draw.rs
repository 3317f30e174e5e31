//! The command line: the line itself in place of the message, and above it the list of what may
//! come next, or why it can't be done.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::CommandLine;
use crate::domain::leak;
use crate::text::{cut, pad, safe_line, width, wrap};
use crate::tui::glyphs::Glyphs;
use crate::tui::line::shown_part;
use crate::tui::paint::{clear, put, put_cursor, put_line, put_right};
use crate::tui::place::Seen;
use crate::tui::prompt::Completion;
use crate::tui::theme::Role;

/// As many rows as the list takes, its rule besides.
const MOST: u16 = 8;
/// The widest that the columns of words and of keys become.
const WIDEST: (usize, usize) = (28, 10);

pub(super) fn draw(model: &Seen<'_>, line: &CommandLine, frame: &mut Frame<'_>) {
    let area = model.areas_in(frame.area()).message;
    clear(frame, area);
    let count = if let Some(error) = &line.error {
        draw_error(model, error, frame, Rect { y: area.y.saturating_sub(1), ..area });
        String::new()
    } else {
        draw_offers(model, line, frame, area.y)
    };
    let rest = put_right(frame, area, &model.theme.line(count, Role::Dim));
    draw_input(model, line, frame, rest);
}

/// The list of what may come next, down to that row: each with its keys and its meaning, the
/// chosen one among them. Says which of how many these are, where there are more.
fn draw_offers(model: &Seen<'_>, line: &CommandLine, frame: &mut Frame<'_>, end: u16) -> String {
    let offers = line.offers(model);
    if offers.is_empty() {
        return String::new();
    }
    let chosen = line.tabbed.as_ref().map(|(_, at)| *at);
    // Title, filters and heads stay: they say what a line would be done to.
    let room = usize::from(MOST.min(end.saturating_sub(4)).max(1));
    // Whole stretches, so that the rows stand still while Tab goes through them.
    let first = chosen.unwrap_or_default() / room * room;
    let shown: Vec<_> = offers.iter().enumerate().skip(first).take(room).collect();
    let rows = u16::try_from(shown.len()).unwrap_or(MOST);
    let top = end.saturating_sub(rows + 1);
    let area = Rect { x: 0, y: top, width: frame.area().width, height: rows + 1 };
    clear(frame, area);
    put(frame, area, &Glyphs::RULE.repeat(area.width.into()), model.theme.style(Role::Rule));
    let widest = |of: fn(&Completion) -> &str, most: usize| {
        offers.iter().map(|offer| width(of(offer))).max().unwrap_or_default().min(most)
    };
    let columns = (widest(|offer| &offer.word, WIDEST.0), widest(|offer| &offer.keys, WIDEST.1));
    for ((index, offer), row) in shown.iter().zip(area.rows().skip(1)) {
        put_line(frame, row, &offered(model, offer, chosen == Some(*index), columns));
    }
    if offers.len() <= shown.len() {
        return String::new();
    }
    format!("  {}-{} of {} ", first + 1, first + shown.len(), offers.len())
}

/// `> revoke   ! r  revoke the token, for good`.
fn offered(
    model: &Seen<'_>,
    offer: &Completion,
    chosen: bool,
    (words, keys): (usize, usize),
) -> Line<'static> {
    let role = match (chosen, offer.dim) {
        (true, _) => Role::Selected,
        (false, true) => Role::Dim,
        (false, false) => Role::Text,
    };
    let word = cut(&offer.word, words);
    let fill = " ".repeat(words.saturating_sub(width(&word)) + 2);
    let mut spans = vec![
        Span::raw(if chosen { "> " } else { "  " }),
        model.theme.span(word, role),
        Span::raw(fill),
    ];
    if keys > 0 {
        spans
            .push(model.theme.span(format!("{}  ", pad(&cut(&offer.keys, keys), keys)), Role::Key));
    }
    spans.push(model.theme.span(offer.meaning.clone(), Role::Dim));
    Line::from(spans)
}

/// Why it can't be done, on as many lines as that takes, the last one here.
fn draw_error(model: &Seen<'_>, error: &str, frame: &mut Frame<'_>, last: Rect) {
    let lines = wrap(&safe_line(&leak::hide(error)), usize::from(last.width).saturating_sub(2));
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(last.y + 1);
    let top = last.y + 1 - rows;
    let area = Rect { y: top, height: rows, ..last };
    clear(frame, area);
    for (line, row) in lines.iter().zip(area.rows()) {
        put(frame, row, &format!(" {line}"), model.theme.style(Role::Error));
    }
}

fn draw_input(model: &Seen<'_>, line: &CommandLine, frame: &mut Frame<'_>, area: Rect) {
    let room = usize::from(area.width).saturating_sub(3).max(1);
    let (typed, column) = shown_part(&line.input, room);
    let spans = vec![model.theme.span(" :", Role::Key), Span::raw(typed)];
    put_line(frame, area, &Line::from(spans));
    put_cursor(frame, area, 2 + column);
}

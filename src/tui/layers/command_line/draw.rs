//! The command line: the line itself in place of the message, and above it what may
//! come next, or why it can't be done.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::CommandLine;
use crate::domain::leak;
use crate::text::{safe_line, width, wrap};
use crate::tui::line::shown_part;
use crate::tui::paint::{clear, put, put_cursor, put_line};
use crate::tui::place::Seen;
use crate::tui::prompt::Completion;
use crate::tui::theme::Role;

pub(super) fn draw(model: &Seen<'_>, line: &CommandLine, frame: &mut Frame<'_>) {
    let area = model.areas_in(frame.area()).message;
    let above = Rect { y: area.y.saturating_sub(1), ..area };
    clear(frame, above);
    clear(frame, area);
    if let Some(error) = &line.error {
        draw_error(model, error, frame, above);
    } else {
        let offers = line.offers(model);
        let chosen = line.tabbed.as_ref().map(|(_, at)| *at);
        put_line(frame, above, &offered(model, &offers, chosen, above.width.into()));
    }
    draw_input(model, line, frame, area);
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

/// As many words as fit, the chosen one among them.
fn offered(
    model: &Seen<'_>,
    offers: &[Completion],
    chosen: Option<usize>,
    columns: usize,
) -> Line<'static> {
    let mut spans = Vec::new();
    let first = first_shown(offers, chosen.unwrap_or_default(), columns);
    let mut used = 0;
    for (index, offer) in offers.iter().enumerate().skip(first) {
        used += width(&offer.word) + 2;
        if used > columns && index > first {
            spans.push(model.theme.span(" >", Role::Dim));
            break;
        }
        let role = match (chosen == Some(index), offer.dim) {
            (true, _) => Role::Selected,
            (false, true) => Role::Dim,
            (false, false) => Role::Text,
        };
        spans.push(Span::raw(" "));
        spans.push(model.theme.span(offer.word.clone(), role));
        spans.push(Span::raw(" "));
    }
    Line::from(spans)
}

/// The first word of the stretch in which the chosen one is: whole stretches, so
/// that the words stand still while Tab goes through them.
fn first_shown(offers: &[Completion], chosen: usize, columns: usize) -> usize {
    let (mut first, mut used) = (0, 0);
    for (index, offer) in offers.iter().enumerate() {
        used += width(&offer.word) + 2;
        // Room for the sign that there are more.
        if used + 2 > columns && index > first {
            if index > chosen {
                break;
            }
            first = index;
            used = width(&offer.word) + 2;
        }
    }
    first
}

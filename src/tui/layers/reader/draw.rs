//! Help, messages and reports: text over the whole screen that scrolls.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::text::{pad, width, wrap};
use crate::tui::bulk::Reason;
use crate::tui::notice::Notice;
use crate::tui::paint::{clear, put, put_lines, put_typed};
use crate::tui::place::Seen;
use crate::tui::theme::Role;

use super::help::{self, HelpLine};
use super::{Reader, Text, entry};

/// The least that a column of the help takes.
const COLUMN: usize = 70;
/// Columns of keys and words in the help.
const LEFT: usize = 14;

/// Tokens a report names under a reason before it only counts the rest.
const NAMED: usize = 200;

/// Everything but message and footer.
fn area(screen: Rect) -> Rect {
    Rect { height: screen.height.saturating_sub(2), ..screen }
}

pub(super) fn draw(model: &Seen<'_>, reader: &Reader, frame: &mut Frame<'_>) {
    let area = area(frame.area());
    clear(frame, area);
    let line = Rect { y: area.bottom(), height: 1, ..area };
    let answered = model.notices.shown().is_some();
    if !answered {
        // Of what lies under it nothing is left.
        clear(frame, line);
    }
    let title = match reader.text {
        Text::Help => format!(" Help: {}", help::of_what(model)),
        Text::Messages => " Messages".to_owned(),
        Text::Report { .. } => " Report".to_owned(),
        Text::Entry => return entry::draw(model, reader.scroll, frame, area),
    };
    put(frame, Rect { height: 1, ..area }, &title, model.theme.style(Role::Title));
    let lines = lines(model, reader, area.width.into());
    put_lines(frame, area.rows().skip(1), lines.iter().skip(reader.scroll));
    if reader.words.is_typed() || (!answered && !reader.words.value().is_empty()) {
        clear(frame, line);
        put_typed(&model.theme, "/", reader.words.line(), reader.words.is_typed(), frame, line);
    }
}

impl Reader {
    /// Lines on screen, and lines in all. An entry does not scroll.
    pub(super) fn extent(&self, seen: &Seen<'_>) -> (usize, usize) {
        if self.is_entry() {
            return (0, 0);
        }
        let (width, height) = seen.size;
        let area = area(Rect::new(0, 0, width, height));
        let count = lines(seen, self, width.into()).len();
        (usize::from(area.height).saturating_sub(1), count)
    }
}

fn lines(model: &Seen<'_>, reader: &Reader, columns: usize) -> Vec<Line<'static>> {
    match &reader.text {
        Text::Help => {
            let found = help::lines(model, reader.words.value());
            if found.is_empty() {
                return vec![model.theme.line("  Nothing here holds these words", Role::Dim)];
            }
            let beside = (columns / COLUMN).max(1);
            let lines = found
                .into_iter()
                .flat_map(|line| help_line(model, line, columns / beside))
                .collect();
            side_by_side(lines, beside, columns / beside)
        }
        Text::Messages if model.notices.log().len() == 0 => {
            vec![model.theme.line("  No messages yet", Role::Dim)]
        }
        Text::Messages => {
            model.notices.log().flat_map(|notice| message(model, notice, columns)).collect()
        }
        Text::Entry => entry::lines(model, columns),
        Text::Report { title, reasons } => report(model, title, reasons, columns),
    }
}

/// How a bulk action ended, and under each reason the tokens it held for.
fn report(model: &Seen<'_>, title: &str, reasons: &[Reason], columns: usize) -> Vec<Line<'static>> {
    let wrapped = wrap(title, columns.saturating_sub(3));
    let mut lines: Vec<_> =
        wrapped.into_iter().map(|line| model.theme.line(format!("  {line}"), Role::Text)).collect();
    for reason in reasons {
        let (word, role) =
            if reason.failed { ("Failed", Role::Error) } else { ("Skipped", Role::Warning) };
        lines.push(Line::raw(""));
        let start = model.theme.span(format!("  {word}  "), role);
        lines.extend(under(start, &reason.text, columns, role, model));
        let named = reason.tokens.iter().take(NAMED);
        lines.extend(named.map(|token| Line::raw(format!("    {token}"))));
        let more = reason.tokens.len().saturating_sub(NAMED);
        if more > 0 {
            lines.push(Line::raw(format!("    and {more} more")));
        }
    }
    lines
}

/// The lines in so many columns, to be read downwards one after the other.
fn side_by_side(lines: Vec<Line<'static>>, beside: usize, columns: usize) -> Vec<Line<'static>> {
    if beside == 1 {
        return lines;
    }
    let rows = lines.len().div_ceil(beside);
    let mut joined: Vec<Line<'static>> = vec![Line::default(); rows];
    for (index, line) in lines.into_iter().enumerate() {
        let start = index / rows.max(1) * columns;
        if let Some(row) = joined.get_mut(index % rows.max(1)) {
            row.push_span(Span::raw(" ".repeat(start.saturating_sub(row.width()))));
            let style = line.style;
            row.extend(line.spans.into_iter().map(|span| span.patch_style(style)));
        }
    }
    joined
}

fn help_line(model: &Seen<'_>, line: HelpLine, columns: usize) -> Vec<Line<'static>> {
    match line {
        HelpLine::Head(text) => {
            vec![model.theme.line(format!(" {text}"), Role::Title)]
        }
        HelpLine::Entry { left, right, danger, lacks } => {
            let (role, text) = match (lacks, danger) {
                (true, _) => (Role::Dim, Role::Dim),
                (false, true) => (Role::Danger, Role::Text),
                (false, false) => (Role::Key, Role::Text),
            };
            let start = format!("   {}  ", pad(&left, LEFT.max(width(&left))));
            let style = model.theme.style(role);
            under(Span::styled(start, style), &right, columns, text, model)
        }
    }
}

fn message(model: &Seen<'_>, notice: &Notice, columns: usize) -> Vec<Line<'static>> {
    let start = format!("  {}  {}  ", notice.at.format("%H:%M:%S"), pad(notice.kind.word(), 5));
    let start = model.theme.span(start, Role::Dim);
    under(start, &notice.text, columns, notice.kind.role(), model)
}

/// A text behind its start, wrapped under itself.
fn under(
    start: Span<'static>,
    text: &str,
    columns: usize,
    role: Role,
    model: &Seen<'_>,
) -> Vec<Line<'static>> {
    let indent = start.width();
    let mut start = Some(start);
    wrap(text, columns.saturating_sub(indent + 1))
        .into_iter()
        .map(|line| {
            let before = start.take().unwrap_or_else(|| Span::raw(" ".repeat(indent)));
            Line::from(vec![before, model.theme.span(line, role)])
        })
        .collect()
}

//! What every picture is painted with: a text, a line, room for a box.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget as _};

use super::columns::GUTTER;
use super::glyphs::Glyphs;
use super::line::{Words, shown_part};
use super::theme::{Role, Theme};
use crate::text::{Safe, cut, width, wrap};

/// Writes a text at the start of an area.
pub(super) fn put(frame: &mut Frame<'_>, area: Rect, text: &str, style: Style) {
    // A styled span, not a styled line: that would colour the rest of the area too.
    put_line(frame, area, &Line::from(Span::styled(text, style)));
}

/// Writes a line at the start of an area; one that is cut ends in `~`.
pub(super) fn put_line(frame: &mut Frame<'_>, area: Rect, line: &Line<'_>) {
    let buffer = frame.buffer_mut();
    let area = area.intersection(buffer.area);
    match shortened(line, area.width.into()) {
        Some(line) => line.render(area, buffer),
        None => line.render(area, buffer),
    }
}

/// As much of a line as so many columns hold; nothing where all of it fits, but for
/// blanks at its end.
pub(super) fn shortened<'l>(line: &'l Line<'_>, columns: usize) -> Option<Line<'l>> {
    let text: String = line.spans.iter().map(|span| span.content.as_ref()).collect();
    if width(text.trim_end()) <= columns {
        return None;
    }
    let mut spans = Vec::new();
    // The last column is for the sign.
    let mut room = columns.saturating_sub(1);
    for span in &line.spans {
        let taken = width(&span.content);
        if taken > room {
            let text = cut(&format!("{}~", span.content), room + 1);
            spans.push(Span::styled(text, span.style));
            break;
        }
        spans.push(Span::styled(span.content.as_ref(), span.style));
        room -= taken;
    }
    Some(Line { spans, ..Line::styled("", line.style) })
}

/// Writes lines into rows that are under each other.
pub(super) fn put_lines<'l>(
    frame: &mut Frame<'_>,
    rows: impl IntoIterator<Item = Rect>,
    lines: impl IntoIterator<Item = &'l Line<'l>>,
) {
    for (row, line) in rows.into_iter().zip(lines) {
        put_line(frame, row, line);
    }
}

/// The part of an area that is left of the cells in which [`put_marks`] says that there is more.
pub(super) fn beside_marks(area: Rect) -> Rect {
    Rect { width: area.width.saturating_sub(1), ..area }
}

/// Says at the right end of an area that there are lines above those in it, or below: it begins
/// with the line `first` of so many. The last column is theirs alone.
pub(super) fn put_marks(
    theme: &Theme,
    frame: &mut Frame<'_>,
    area: Rect,
    (first, lines): (usize, usize),
) {
    if area.is_empty() {
        return;
    }
    let height = usize::from(area.height);
    let marks =
        [(first > 0, area.y, "^"), (lines.saturating_sub(first) > height, area.bottom() - 1, "v")];
    for (_, y, mark) in marks.into_iter().filter(|(there, ..)| *there) {
        let cell = Rect { x: area.right() - 1, y, width: 1, height: 1 };
        put(frame, cell, mark, theme.style(Role::Key));
    }
}

/// Shows the cursor in that column of an area, or in the last one.
pub(super) fn put_cursor(frame: &mut Frame<'_>, area: Rect, column: usize) {
    let x = area.x.saturating_add(u16::try_from(column).unwrap_or(0));
    frame.set_cursor_position((x.min(area.right().saturating_sub(1)), area.y));
}

/// Writes a text at the end of an area and says which columns are left before it.
pub(super) fn put_right(frame: &mut Frame<'_>, area: Rect, line: &Line<'_>) -> Rect {
    let columns = u16::try_from(line.width()).unwrap_or(u16::MAX).min(area.width);
    let start = area.right() - columns;
    put_line(frame, Rect { x: start, width: columns, ..area }, line);
    Rect { width: area.width - columns, ..area }
}

/// Empties a part of the screen for what lies over it. A wide character that
/// reaches into it goes altogether, for half of one can't be shown.
pub(super) fn clear(frame: &mut Frame<'_>, area: Rect) {
    let buffer = frame.buffer_mut();
    if let Some(before) = area.x.checked_sub(1) {
        for y in area.y..area.bottom() {
            if let Some(cell) = buffer.cell_mut((before, y)).filter(|cell| width(cell.symbol()) > 1)
            {
                cell.reset();
            }
        }
    }
    Clear.render(area, buffer);
}

/// Makes room for a box of that size in the middle of the screen, between two
/// rules. Whole lines are cleared: half a name beside the box would read as if it
/// belonged to it.
pub(super) fn raise(
    theme: &Theme,
    frame: &mut Frame<'_>,
    screen: Rect,
    (columns, rows): (u16, u16),
) -> Rect {
    let area = centered(screen, columns, rows);
    let band = Rect { x: screen.x, width: screen.width, ..area };
    clear(frame, band);
    let rule = Glyphs::RULE.repeat(band.width.into());
    for y in [band.y, band.bottom().saturating_sub(1)] {
        put(frame, Rect { y, height: 1, ..band }, &rule, theme.style(Role::Rule));
    }
    area
}

/// A box of that size in the middle of the screen, or as much as fits.
pub(super) fn centered(area: Rect, columns: u16, rows: u16) -> Rect {
    let width = columns.min(area.width);
    let height = rows.min(area.height);
    Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    }
}

/// A sentence in place of rows.
pub(super) fn put_reason(theme: &Theme, text: &str, frame: &mut Frame<'_>, area: Rect) {
    let text = Safe::line(text);
    let room = usize::from(area.width).saturating_sub(GUTTER + 1);
    let lines = wrap(text.as_str(), room);
    // The first row stays free where there is room: the text is no row.
    let head = usize::from(usize::from(area.height) > lines.len());
    for (line, row) in lines.iter().zip(area.rows().skip(head)) {
        put(frame, row, &format!("{}{line}", " ".repeat(GUTTER)), theme.style(Role::Text));
    }
}

/// Tells why the entry under the cursor can't be used, where its own line is too short.
pub(super) fn put_above_footer(theme: &Theme, reason: &str, frame: &mut Frame<'_>) {
    let screen = frame.area();
    let lines = wrap(reason, usize::from(screen.width).saturating_sub(2).max(1));
    let rows = u16::try_from(lines.len()).unwrap_or(1);
    // Above the footer, as a message is.
    let top = screen.bottom().saturating_sub(rows.saturating_add(1));
    let area = Rect { y: top, height: rows, ..screen };
    clear(frame, area);
    for (line, row) in lines.iter().zip(area.rows()) {
        put_line(frame, row, &theme.line(format!(" {line}"), Role::Warning));
    }
}

/// Words that are typed, behind a mark; with the cursor where they have the keys, and
/// reversed while the next letter replaces them.
pub(super) fn put_typed(
    theme: &Theme,
    mark: &str,
    words: &Words,
    has_keys: bool,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let role = if has_keys && words.are_selected() { Role::Selected } else { Role::Text };
    let room = usize::from(area.width).saturating_sub(4).max(1);
    let (typed, column) = shown_part(words.line(), room);
    let mark = theme.span(format!(" {mark} "), Role::Key);
    put_line(frame, area, &Line::from(vec![mark, theme.span(typed, role)]));
    if has_keys {
        put_cursor(frame, area, 3 + column);
    }
}

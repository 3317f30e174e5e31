//! Draws the model. Changes nothing, sends nothing, cannot fail.
//!
//! ```text
//!  API tokens - Acme ACC-0001-0001                   local  ada Admin  21 tokens   title
//!  name:rob                                                2 Active  1 Expired     filter
//!    NAME ^               STATUS       ID             MODULES       EXPIRES        header
//! >  robot-1              + Active     TKN-1000-0001  Catalog       Never          rows
//!    robot-2              + Active     TKN-1000-0002  3 modules     2026-09-01
//!                                         <  1-2 of 2  page 1/1  10 rows  >        position
//! --[General]-Modules-Details-Audit trail---------------------------------------   pane
//!  robot-1  TKN-1000-0001  + Active
//!  Account Acme ACC-0001-0001   Last access 2026-03-09 20:22
//!  ...
//!  ok  12:00:05  API token robot-2 was disabled                                    message
//!  ? help  / find  Enter details  t disable  ! r revoke  q quit                    footer
//! ```

mod age;
mod catalog;
pub(super) mod command_line;
pub(super) mod dialog;
mod entry;
pub(super) mod footer;
mod form;
pub(super) mod issue;
pub(super) mod jobs;
pub(super) mod menu;
mod pane;
pub(super) mod picker;
pub(super) mod plain;
pub(super) mod reader;
mod table;
pub(super) mod tabs;
#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test that cannot go on should fail")]
mod tests;
mod title;
pub(super) mod unconfirmed;
mod users;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Widget as _};

use super::glyphs::Glyphs;
use super::layout::{self, Areas, MIN_HEIGHT, MIN_WIDTH};
use super::place::Seen;
use super::screen::Screen;
use super::theme::Role;
use crate::text::{cut, width};

pub(super) use dialog::room as dialog_room;
pub(super) use reader::extent as reader_extent;
pub(super) use users::general_extent;

/// Draws everything.
pub(super) fn draw(model: &Seen<'_>, frame: &mut Frame<'_>) {
    let area = frame.area();
    if layout::is_too_small(area) {
        draw_too_small(model, frame);
        return;
    }
    let mut areas = model.areas_in(area);
    if let Some(form) = &model.form {
        form::draw(model, form, frame, area);
        footer::draw_message(model, frame, areas.message);
        footer::draw(model, frame, areas.footer);
        draw_overlays(model, frame);
        return;
    }
    if areas.pane.is_none() {
        // A long message covers the last rows, and never the line that says how old they are.
        let more = footer::more_rows(model, area.width).min(areas.rows.height);
        areas.rows.height -= more;
        areas.position.y = areas.position.y.saturating_sub(more);
    }
    match model.screens.at {
        Screen::Tokens => draw_tokens(model, frame, &areas),
        Screen::Users => users::draw(model, frame, &areas),
        Screen::Catalog => catalog::draw(model, frame, &areas),
    }
    footer::draw_message(model, frame, areas.message);
    footer::draw(model, frame, areas.footer);
    draw_overlays(model, frame);
}

fn draw_tokens(model: &Seen<'_>, frame: &mut Frame<'_>, areas: &Areas) {
    title::draw(model, frame, areas.title);
    title::draw_filter(model, frame, areas.filter);
    if let (Some(viewed), Some(tabs)) = (model.screens.tokens.viewed(), areas.tabs) {
        users::draw_tabs(model, viewed, frame, tabs);
    }
    if model.screens.tokens.views_general() {
        users::draw_general(model, frame, areas.rows);
        return;
    }
    table::draw(model, frame, areas);
    if let Some(area) = areas.pane {
        pane::draw(model, frame, area);
    }
}

fn draw_overlays(model: &Seen<'_>, frame: &mut Frame<'_>) {
    for place in model.layers.iter() {
        place.draw(model, frame);
    }
    footer::draw_following(model, frame);
}

fn draw_too_small(model: &Seen<'_>, frame: &mut Frame<'_>) {
    let area = frame.area();
    let text =
        format!("Window too small: {}x{}, needs {MIN_WIDTH}x{MIN_HEIGHT}", area.width, area.height);
    for (line, y) in super::wrap::wrap(&text, area.width.into()).iter().zip(area.y..area.bottom()) {
        put(frame, Rect { y, height: 1, ..area }, line, model.theme.style(Role::Text));
    }
}

/// Writes a text at the start of an area.
fn put(frame: &mut Frame<'_>, area: Rect, text: &str, style: Style) {
    // A styled span, not a styled line: that would colour the rest of the area too.
    put_line(frame, area, &Line::from(Span::styled(text, style)));
}

/// Writes a line at the start of an area; one that is cut ends in `~`.
fn put_line(frame: &mut Frame<'_>, area: Rect, line: &Line<'_>) {
    let buffer = frame.buffer_mut();
    let area = area.intersection(buffer.area);
    match shortened(line, area.width.into()) {
        Some(line) => line.render(area, buffer),
        None => line.render(area, buffer),
    }
}

/// As much of a line as so many columns hold; nothing where all of it fits, but for
/// blanks at its end.
fn shortened<'l>(line: &'l Line<'_>, columns: usize) -> Option<Line<'l>> {
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

/// Writes a text at the end of an area and says which columns are left before it.
fn put_right(frame: &mut Frame<'_>, area: Rect, line: &Line<'_>) -> Rect {
    let columns = u16::try_from(line.width()).unwrap_or(u16::MAX).min(area.width);
    let start = area.right() - columns;
    put_line(frame, Rect { x: start, width: columns, ..area }, line);
    Rect { width: area.width - columns, ..area }
}

/// Empties a part of the screen for what lies over it. A wide character that
/// reaches into it goes altogether, for half of one can't be shown.
fn clear(frame: &mut Frame<'_>, area: Rect) {
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
fn raise(
    model: &Seen<'_>,
    frame: &mut Frame<'_>,
    screen: Rect,
    (columns, rows): (u16, u16),
) -> Rect {
    let area = centered(screen, columns, rows);
    let band = Rect { x: screen.x, width: screen.width, ..area };
    clear(frame, band);
    let rule = Glyphs::RULE.repeat(band.width.into());
    for y in [band.y, band.bottom().saturating_sub(1)] {
        put(frame, Rect { y, height: 1, ..band }, &rule, model.theme.style(Role::Rule));
    }
    area
}

/// A box of that size in the middle of the screen, or as much as fits.
fn centered(area: Rect, columns: u16, rows: u16) -> Rect {
    let width = columns.min(area.width);
    let height = rows.min(area.height);
    Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    }
}

//! All that is known of an entry of the catalogue.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::text::{pad, safe_line, wrap};
use crate::tui::catalog::{self, facts};
use crate::tui::heading::put_heading;
use crate::tui::paint::put_lines;
use crate::tui::place::Seen;
use crate::tui::theme::Role;

/// Columns of the words before the facts of an entry.
const LABEL: usize = 14;

/// The details of the entry under the cursor.
pub(super) fn draw(model: &Seen<'_>, scroll: usize, frame: &mut Frame<'_>, area: Rect) {
    let list = &model.screens.shelf.list;
    let name = list.current().and_then(|row| row.cells.first()).cloned().unwrap_or_default();
    let heading = format!(" {} {name}", catalog::one(list.query.kind));
    put_heading(model.shared, &heading, None, frame, Rect { height: 1, ..area });
    let lines = lines(model, area.width.into());
    put_lines(frame, area.rows().skip(1), lines.iter().skip(scroll));
}

/// All that is known of the entry under the cursor, wrapped.
pub(super) fn lines(model: &Seen<'_>, columns: usize) -> Vec<Line<'static>> {
    let Some(id) = model.screens.shelf.current() else { return vec![] };
    let room = columns.saturating_sub(LABEL + 2).max(1);
    let mut lines = Vec::new();
    for (label, value) in facts(&model.catalogue, id) {
        let mut label = label;
        for part in wrap(&safe_line(&value), room) {
            lines.push(Line::from(vec![
                model.theme.span(format!(" {}", pad(label, LABEL)), Role::Header),
                model.theme.span(part, Role::Text),
            ]));
            label = "";
        }
    }
    lines
}

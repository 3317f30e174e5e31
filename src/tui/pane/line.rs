//! The lines of the tabs: a word, and behind it what there is to say.

use ratatui::text::{Line, Span};

use crate::text::{Safe, pad, width, wrap};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;

/// Columns of the words before values.
const LABEL: usize = 13;

/// A line with the word before its value.
pub(super) fn labelled<'m>(shared: &Shared, label: &str, value: Vec<Span<'m>>) -> Line<'m> {
    let label = format!(" {}", pad(label, LABEL));
    let mut spans = vec![shared.theme.span(label, Role::Header)];
    spans.extend(value);
    Line::from(spans)
}

/// A text under its word, wrapped to the width of the pane.
pub(super) fn paragraph<'m>(
    shared: &Shared,
    label: &str,
    text: &Safe,
    columns: usize,
) -> Vec<Line<'m>> {
    let room = columns.saturating_sub(LABEL + 2).max(1);
    let mut label = label;
    let line = |text| {
        let line = labelled(shared, label, vec![Span::raw(text)]);
        label = "";
        line
    };
    wrap(text.as_str(), room).into_iter().map(line).collect()
}

/// Whether a text fits behind its word.
pub(super) fn fits(text: &str, columns: usize) -> bool {
    width(text) + LABEL + 2 <= columns
}

//! The title line, and the line under it: filters and totals, or the search while
//! it is typed.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::domain::Query;
use crate::text::{Safe, counted, cut, thousands, width};
use crate::tui::heading::put_heading;
use crate::tui::paint::{put, put_right};
use crate::tui::place::Seen;
use crate::tui::theme::Role;

pub(super) fn draw(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) {
    let count = counted(model.screens.tokens().list.all, "token");
    let heading = match model.screens.tokens().viewed() {
        Some(viewed) => {
            let user = &viewed.user.user;
            let off = if user.is_disabled() { " (disabled)" } else { "" };
            format!(" API tokens of {}{off}", user.name)
        }
        None => {
            format!(" API tokens - {}", model.place_of(model.screens.tokens().list.shown().account))
        }
    };
    let count = model.screens.tokens().list.is_read().then_some(count);
    put_heading(model.shared, &heading, count, frame, area);
}

pub(super) fn draw_filter(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) {
    let selected = model.screens.tokens().list.selection.len();
    let sort = &model.screens.tokens().list.shown().sort;
    let usual = *sort == Query::default().sort;
    let keys = sort.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let words = with_sort(filters(model), (!usual).then_some(keys));
    put_narrowing(model, &words, selected, &totals(model), frame, area);
}

/// What narrows a list, and by what it is sorted, where that is not by name: the column may
/// be out of sight.
pub(super) fn with_sort(words: String, sort: Option<String>) -> String {
    let sort = sort.map(|keys| format!("sort:{keys}"));
    let words = Some(words).filter(|words| !words.is_empty());
    words.into_iter().chain(sort).collect::<Vec<_>>().join("  ")
}

/// What narrows a list; at the right end how many are selected, those that the filter
/// hides among them (R50), and totals where there is room for them.
pub(super) fn put_narrowing(
    model: &Seen<'_>,
    words: &str,
    selected: usize,
    totals: &Line<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let filter = Safe::line(words);
    let selected = match selected {
        0 => Line::default(),
        count => model.theme.line(format!("{} selected ", thousands(count)), Role::Title),
    };
    let rest = put_right(frame, area, &selected);
    let fits = totals.width() + width(filter.as_str()) + 3 <= usize::from(rest.width);
    let rest = if fits { put_right(frame, rest, totals) } else { rest };
    let room = usize::from(rest.width).saturating_sub(2);
    let text = format!(" {}", cut(filter.as_str(), room));
    put(frame, rest, &text, model.theme.style(Role::Warning));
}

/// What narrows the rows on screen: `name:exp  status:Active`.
pub(super) fn filters(model: &Seen<'_>) -> String {
    model
        .screens
        .tokens()
        .list
        .outdated_words()
        .map_or_else(|| model.screens.tokens().filter_words(model.shared), str::to_owned)
}

/// How many tokens of the list have each status.
fn totals(model: &Seen<'_>) -> Line<'static> {
    let counted = model.screens.tokens().list.page.totals.iter().filter(|(_, count)| **count > 0);
    let spans = counted.map(|(status, count)| {
        let text = format!("{} {status}  ", thousands(count));
        model.theme.span(text, Role::Status(*status))
    });
    spans.collect()
}

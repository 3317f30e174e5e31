//! The Users screen, and a user whose tokens are on screen.

mod general;
mod table;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::Direction;
use crate::tui::glyphs::Glyphs;
use crate::tui::heading::put_heading;
use crate::tui::layout::Areas;
use crate::tui::paint::put_line;
use crate::tui::place::Seen;
use crate::tui::theme::Role;
use crate::tui::users::{self, Viewed};
use crate::tui::view::title::{put_narrowing, with_sort};
use crate::wire::UserQuery;

pub(super) use general::draw as draw_general;
pub(in crate::tui) use general::extent as general_extent;

pub(super) fn draw(model: &Seen<'_>, frame: &mut Frame<'_>, areas: &Areas) {
    let count = match model.screens.users.list.all {
        1 => "1 user".to_owned(),
        all => format!("{all} users"),
    };
    let count = model.screens.users.list.is_read().then_some(count);
    put_heading(model.shared, &heading(model), count, frame, areas.title);
    let shown = model.screens.users.list.shown();
    let (column, direction) = shown.sort;
    let minus = if direction == Direction::Descending { "-" } else { "" };
    let usual = shown.sort == UserQuery::default().sort;
    let words = users::words(shown, &model.catalogue);
    let words = with_sort(words, (!usual).then(|| format!("{minus}{column}")));
    let selected = model.screens.users.list.selection.len();
    put_narrowing(model, &words, selected, &Line::default(), frame, areas.filter);
    table::draw(model, frame, areas);
}

/// `Users - Cedar County - eRecording` (R41).
fn heading(model: &Seen<'_>) -> String {
    let shown = model.screens.users.list.shown();
    let account = match model.account_of(shown.account) {
        Some(id) => model.catalogue.account_name(Some(id)),
        None => model.all_accounts().to_owned(),
    };
    let modules = &shown.modules;
    let name = |id| model.catalogue.modules.get(id).map_or_else(String::new, |m| m.name.clone());
    let names: Vec<_> = modules.iter().map(name).collect();
    let modules = if names.is_empty() { String::new() } else { format!(" - {}", names.join(", ")) };
    format!(" Users - {account}{modules}")
}

/// `--[API Tokens]-General---`; brackets mark the tab on top.
pub(super) fn draw_tabs(model: &Seen<'_>, viewed: &Viewed, frame: &mut Frame<'_>, area: Rect) {
    let dash = Glyphs::RULE;
    let line = model.theme.style(Role::Rule);
    let mut spans = vec![Span::styled(dash.repeat(2), line)];
    for tab in model.user_tabs() {
        let on_top = tab == viewed.tab;
        let role = match (on_top, model.screens.tokens().has_user_tabs()) {
            (true, true) => Role::Selected,
            (true, false) => Role::Title,
            (false, _) => Role::Text,
        };
        let text = if on_top { format!("[{tab}]") } else { tab.to_string() };
        spans.push(model.theme.span(text, role));
        spans.push(Span::styled(dash, line));
    }
    let used: usize = spans.iter().map(Span::width).sum();
    spans.push(Span::styled(dash.repeat(usize::from(area.width).saturating_sub(used)), line));
    put_line(frame, area, &Line::from(spans));
}

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

mod catalog;
mod footer;
mod pane;
mod table;
#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test that cannot go on should fail")]
mod tests;
mod title;
mod users;

use ratatui::Frame;

use super::layout::{self, Areas, MIN_HEIGHT, MIN_WIDTH};
use super::place::Seen;
use super::screen::Screen;
use super::theme::Role;
use crate::text::wrap;
use crate::tui::paint::put;

pub(super) use users::general_extent;

/// Draws everything.
pub(super) fn draw(model: &Seen<'_>, frame: &mut Frame<'_>) {
    let area = frame.area();
    if layout::is_too_small(area) {
        draw_too_small(model, frame);
        return;
    }
    let mut areas = model.areas_in(area);
    if let Some(place) = model.layers.whole() {
        place.draw(model, frame);
        footer::draw_message(model, frame, areas.message);
        footer::draw(model, frame, areas.footer);
        draw_layers(model, frame);
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
    draw_layers(model, frame);
}

fn draw_tokens(model: &Seen<'_>, frame: &mut Frame<'_>, areas: &Areas) {
    title::draw(model, frame, areas.title);
    title::draw_filter(model, frame, areas.filter);
    if let (Some(viewed), Some(tabs)) = (model.screens.tokens().viewed(), areas.tabs) {
        users::draw_tabs(model, viewed, frame, tabs);
    }
    if model.screens.tokens().views_general() {
        users::draw_general(model, frame, areas.rows);
        return;
    }
    table::draw(model, frame, areas);
    if let Some(area) = areas.pane {
        pane::draw(model, frame, area);
    }
}

fn draw_layers(model: &Seen<'_>, frame: &mut Frame<'_>) {
    for place in model.layers.over_whole() {
        place.draw(model, frame);
    }
    footer::draw_following(model, frame);
}

fn draw_too_small(model: &Seen<'_>, frame: &mut Frame<'_>) {
    let area = frame.area();
    let text =
        format!("Window too small: {}x{}, needs {MIN_WIDTH}x{MIN_HEIGHT}", area.width, area.height);
    for (line, row) in wrap(&text, area.width.into()).iter().zip(area.rows()) {
        put(frame, row, line, model.theme.style(Role::Text));
    }
}

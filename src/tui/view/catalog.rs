//! The Catalog screen.

use ratatui::Frame;

use super::put;
use crate::tui::layout::Areas;
use crate::tui::model::Model;
use crate::tui::theme::Role;

pub(super) fn draw(model: &Model, frame: &mut Frame<'_>, areas: &Areas) {
    put(frame, areas.title, " Catalog", model.theme.style(Role::Title));
}

//! The parts of the screen of the audit trail, and how much can be seen in them.

use ratatui::layout::Rect;

use crate::tui::focus::Focus;
use crate::tui::layout::{Areas, ROOMY};
use crate::tui::list_view::Sight;
use crate::tui::shared::Shared;

use super::{Audit, event};

/// The tallest that the details become.
const TALLEST: u16 = 14;
/// The rows that the list keeps beside them.
const LEAST: u16 = 2;

impl Audit {
    /// The parts of a screen of that size. The details are there where they have the keys, and
    /// in a high window always.
    pub(super) fn parts(&self, shared: &Shared, area: Rect) -> Areas {
        let mut areas = shared.areas_in(area);
        if self.focus == Focus::List && area.height < ROOMY {
            return areas;
        }
        let rows = areas.rows.height;
        let tall = (rows / 2).max(rows.saturating_sub(LEAST).min(8)).min(TALLEST);
        areas.rows.height = rows.saturating_sub(tall);
        areas.position.y = areas.position.y.saturating_sub(tall);
        areas.pane = Some(Rect { y: areas.position.y + 1, height: tall, ..area });
        areas
    }

    /// How much of the list can be seen.
    pub(super) fn sight(&self, shared: &Shared) -> Sight {
        shared.sight_of(self.parts(shared, shared.area()))
    }

    /// Lines of the details on screen, and lines in all.
    pub(super) fn extent(&self, shared: &Shared) -> (usize, usize) {
        let Some(pane) = self.parts(shared, shared.area()).pane else { return (0, 0) };
        let lines = self.list.current().map(|view| event::lines(shared, view, pane.width.into()));
        (usize::from(pane.height).saturating_sub(1), lines.map_or(0, |lines| lines.len()))
    }
}

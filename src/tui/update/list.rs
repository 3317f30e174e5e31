//! Moving in the list, and asking for the rows it lacks.

use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::focus::Focus;
use crate::tui::model::Model;
use crate::tui::moves::target;
use crate::tui::orders::Wanted;
use crate::tui::pane;
use crate::tui::place::{Context, Place, Taken};
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;

impl Tokens {
    /// A page on or back; at the ends nothing happens (R47).
    pub(super) fn turn_page(&mut self, shared: &mut Shared, on: bool) {
        let sight = self.sight(shared);
        let position = self.list.position(sight);
        let at_end = if on { position.end >= self.list.total() } else { position.first == 0 };
        if at_end {
            return;
        }
        let cursor = self.list.cursor;
        let page = sight.page();
        self.go_to(
            shared,
            if on { cursor.saturating_add(page) } else { cursor.saturating_sub(page) },
        );
    }

    pub(super) fn go_to_last_page(&mut self, shared: &mut Shared) {
        let page = self.sight(shared).page();
        let last = self.list.total().saturating_sub(1);
        self.go_to(shared, last / page * page);
    }

    pub(super) fn go_to(&mut self, shared: &mut Shared, index: usize) {
        let sight = self.sight(shared);
        self.list.go_to(index, sight);
        self.ask_if_rows_lack(shared);
        self.follow_later(shared);
    }

    /// Asks for the rows on screen that are not in memory.
    pub(super) fn ask_if_rows_lack(&mut self, shared: &mut Shared) {
        if self.list.lacks_rows(self.sight(shared)) {
            self.reload(shared);
        }
    }

    /// Asks for the list again, around the cursor's token or else its row.
    pub(super) fn reload(&mut self, shared: &mut Shared) {
        self.selection.keep_within(self.list.query.account);
        self.list.asked = if self.list.is_outdated() { 0 } else { self.list.cursor };
        let wanted = Wanted {
            query: self.list.query.clone(),
            keep: self.list.id.clone(),
            index: self.list.asked,
            span: self.sight(shared).span(),
        };
        shared.ask(Call::List(Box::new(wanted)));
    }
}

impl Model {
    /// Moves the cursor or scrolls, where nothing lies over the screen.
    pub(super) fn move_by(&mut self, command: Command) {
        if self.screens.tokens.focus == Focus::Details {
            let (height, lines) = pane::extent(&self.seen());
            let last = lines.saturating_sub(height);
            let scroll = &mut self.screens.tokens.details.scroll;
            *scroll = target(command, *scroll, height.max(1), last);
            return;
        }
        if self.screens.tokens.views_general() {
            return self.scroll_general(command);
        }
        match command {
            Command::PageDown => self.screens.tokens.turn_page(&mut self.shared, true),
            Command::PageUp => self.screens.tokens.turn_page(&mut self.shared, false),
            _ => {
                let last = self.screens.tokens.list.total().saturating_sub(1);
                let page = self.sight().page();
                let to = target(command, self.screens.tokens.list.cursor, page, last);
                self.screens.tokens.go_to(&mut self.shared, to);
            }
        }
    }

    /// Keeps what scrolls within its text, after either changed: what lies on top, else the
    /// details.
    pub(super) fn clamp_scroll(&mut self) {
        let settle = |place: &mut dyn Place, context: &mut Context<'_>| {
            place.settle(&context.seen());
            Taken::Here
        };
        if self.on_top(settle) == Taken::NotMine {
            let (height, lines) = pane::extent(&self.seen());
            let details = &mut self.screens.tokens.details;
            details.scroll = details.scroll.min(lines.saturating_sub(height));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_leads_beyond_the_ends() {
        let all = [
            Command::Down,
            Command::Up,
            Command::Top,
            Command::Bottom,
            Command::HalfDown,
            Command::HalfUp,
            Command::PageDown,
            Command::PageUp,
        ];
        for command in all {
            for at in 0..21 {
                assert!(target(command, at, 10, 20) <= 20, "{command} from {at}");
            }
            assert_eq!(target(command, 0, 10, 0), 0, "{command} in an empty list");
        }
    }

    #[test]
    fn half_a_page_is_at_least_a_line() {
        assert_eq!(target(Command::HalfDown, 3, 1, 20), 4);
    }
}

//! Moving in the list, and asking for the rows it lacks.

use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::focus::Focus;
use crate::tui::list_view::target;
use crate::tui::model::Model;
use crate::tui::pane;
use crate::tui::place::{Context, Place, Taken};
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;

impl Tokens {
    /// The cursor may be on another row: asks for what that shows and is not in memory.
    pub(super) fn moved(&mut self, shared: &mut Shared) {
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
    pub(in crate::tui) fn reload(&mut self, shared: &mut Shared) {
        let wanted = self.list.portion(self.sight(shared).span());
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
            *scroll = target(command, *scroll, height.max(1), last).unwrap_or(*scroll);
            return;
        }
        if self.screens.tokens.views_general() {
            return self.scroll_general(command);
        }
        let sight = self.sight();
        if self.screens.tokens.list.move_by(command, sight) {
            self.screens.tokens.moved(&mut self.shared);
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

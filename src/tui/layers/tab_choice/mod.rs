//! Which tabs the details have, or those of a user.

mod draw;

use ratatui::Frame;
use strum::IntoEnumIterator as _;

use crate::tui::command::{Command, Scope};
use crate::tui::details::Tab;
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::moves::target;
use crate::tui::place::{Context, Place, Seen, Taken};
use crate::tui::screens::Screens;
use crate::tui::users::UserTab;

/// Which tabs the details have, or those of a user.
#[derive(Debug)]
pub(in crate::tui) struct TabChoice {
    /// The tab under the cursor, counted from the first of all.
    pub(in crate::tui) cursor: usize,
}

impl TabChoice {
    /// The choice, on the tab that is shown.
    pub(in crate::tui) fn open(screens: &Screens) -> Self {
        let tokens = &screens.tokens;
        let cursor = match tokens.viewed() {
            Some(viewed) if tokens.has_user_tabs() => {
                UserTab::iter().position(|tab| tab == viewed.tab)
            }
            _ => Tab::iter().position(|tab| tab == tokens.details.tab),
        };
        Self { cursor: cursor.unwrap_or_default() }
    }
}

impl Place for TabChoice {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::Tabs, Scope::Move, Scope::Global]
    }

    fn asks(&self) -> bool {
        true
    }

    fn gives_way(&self) -> bool {
        true
    }

    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        let Context { shared, screens, .. } = context;
        if command.moves() {
            // There are too few tabs for pages.
            let last = screens.tokens.choice_of_tabs(shared).len().saturating_sub(1);
            self.cursor = target(command, self.cursor, 2 * last, last);
            return Taken::Here;
        }
        if command != Command::ToggleTab {
            return Taken::NotMine;
        }
        screens.tokens.toggle_tab(shared, self.cursor);
        Taken::Here
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        let mut hints = hints::in_scopes(seen, &[Scope::Tabs]);
        hints.push(Hint::new(seen.keymap.first_key_of(Command::Back), "close"));
        hints
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, self.cursor, frame);
    }
}

//! Which tabs the details have, or those of a user.

mod draw;

use ratatui::Frame;

use crate::tui::command::{Command, Scope};
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::list_view::{ListView, PAGE, moves};
use crate::tui::offer::Offer;
use crate::tui::place::{Context, Place, Seen, Taken};
use crate::tui::screens::Screens;
use crate::tui::shared::Shared;

/// Which tabs the details have, or those of a user, by their names.
#[derive(Debug)]
pub(in crate::tui) struct TabChoice(ListView<Vec<String>>);

impl TabChoice {
    /// The choice, on the tab that is shown.
    pub(in crate::tui) fn open(screens: &Screens) -> Self {
        let tokens = &screens.tokens();
        let tab = match tokens.viewed() {
            Some(viewed) if tokens.has_user_tabs() => viewed.tab.to_string(),
            _ => tokens.details.tab.to_string(),
        };
        Self(ListView::on(Some(tab)))
    }
}

impl Place for TabChoice {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::Tabs, Scope::Move, Scope::Global]
    }

    fn called(&self) -> &'static str {
        "the choice of tabs"
    }

    fn asks(&self) -> bool {
        true
    }

    fn gives_way(&self) -> bool {
        true
    }

    fn offers(&self, command: Command, _shared: &Shared) -> Offer {
        Offer::of(moves(command) || command == Command::ToggleTab)
    }

    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        let Context { shared, screens, .. } = context;
        let tabs = screens.tokens().choice_of_tabs(shared);
        self.0 = self.0.over(tabs.into_iter().map(|(tab, _)| tab));
        if self.0.step(command, PAGE) {
            return Taken::Here;
        }
        if command != Command::ToggleTab {
            return Taken::NotMine;
        }
        screens.tokens_mut().toggle_tab(shared, self.0.cursor);
        Taken::Here
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        let mut hints = hints::in_scopes(seen, &[Scope::Tabs]);
        hints.push(Hint::new(seen.keymap.first_key_of(Command::Back), "close"));
        hints::with_help(seen, hints)
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, &self.0, frame);
    }
}

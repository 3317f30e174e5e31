//! The changes that are not known to be done.

mod draw;

use ratatui::Frame;

use crate::tui::command::Command;
use crate::tui::command::Scope;
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::moves::{SHORT_PAGE, target};
use crate::tui::place::{Context, Place, Seen, Taken};
use crate::tui::unconfirmed::Unconfirmed;

/// The changes that are not known to be done.
#[derive(Debug)]
pub(in crate::tui) struct UnconfirmedList {
    /// The number of the one under the cursor; none = the first.
    pub(in crate::tui) number: Option<u64>,
}

impl Place for UnconfirmedList {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::Open, Scope::Move, Scope::Global]
    }

    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        if !command.moves() {
            return Taken::NotMine;
        }
        let shared = &context.shared;
        let last = shared.unconfirmed_here().count().saturating_sub(1);
        let to = target(command, shared.unconfirmed_place(self.number), SHORT_PAGE, last);
        self.number = shared.unconfirmed_here().nth(to).map(|known| known.number);
        Taken::Here
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        let mut hints = hints::in_scopes(seen, &[Scope::Open]);
        hints.push(Hint::new(seen.keymap.first_key_of(Command::Back), "close"));
        hints
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, self.number, frame);
    }
}

impl<'a> Seen<'a> {
    /// The change under the cursor of the list.
    pub(in crate::tui) fn unconfirmed_at_cursor(&self) -> Option<&'a Unconfirmed> {
        let list = self.layers.top::<UnconfirmedList>()?;
        self.shared.unconfirmed_here().nth(self.shared.unconfirmed_place(list.number))
    }
}

//! More options: the commands for the row under the cursor, or for the selection,
//! read from the command table (R51, R56, R57). What can't be taken back comes last.

mod draw;

use ratatui::Frame;

use crate::domain::Status;
use crate::tui::command::{Command, Scope};
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::list_view::{ListView, PAGE, moves};
use crate::tui::offer::Offer;
use crate::tui::place::{Context, Place, Seen, Taken, Then};
use crate::tui::prospects::dim_reason;
use crate::tui::screen::Screen;
use crate::tui::shared::Shared;

/// The entries, in their order.
pub(crate) fn entries(model: &Seen<'_>) -> Vec<Command> {
    let offered = Command::all().filter(|command| is_entry(*command, model));
    let (last, mut entries): (Vec<_>, Vec<_>) = offered.partition(|command| command.row().danger);
    entries.extend(last);
    entries
}

/// Whether another command does the very same here: both Revoke and Delete cancel a
/// request.
pub(crate) fn repeats(command: Command, model: &Seen<'_>) -> bool {
    command == Command::Delete && waits(model)
}

fn waits(model: &Seen<'_>) -> bool {
    let one = model.target().filter(|_| !model.acts_on_selection());
    one.is_some_and(|view| model.status(view) == Status::Pending)
}

fn is_entry(command: Command, model: &Seen<'_>) -> bool {
    let (selected, users) = (model.acts_on_selection(), model.screens.at == Screen::Users);
    // A row of those selected is not the one that is meant.
    let several = users && !model.screens.users.list.selection.is_empty();
    let of_row = !selected && !several;
    let has = match command {
        // For a request only: no other token is waiting for it.
        Command::Accept => waits(model),
        // The menu itself, and what is for no row.
        Command::More | Command::RevokeAll | Command::Report => false,
        Command::New => users,
        // A row says with one entry what a selection needs two for.
        Command::Enable | Command::Disable => selected,
        Command::Delete if repeats(command, model) => false,
        Command::Revoke | Command::Delete | Command::Regenerate | Command::HandOver => true,
        command if command.row().scope == Scope::Users => !selected,
        command => of_row && command.row().scope == Scope::Act,
    };
    has && model.offers(command) != Offer::Absent
}

/// The menu over the screen.
#[derive(Debug)]
pub(in crate::tui) struct Menu(ListView<Vec<Command>>);

impl Menu {
    /// The menu, on the first entry that can do something.
    pub(in crate::tui) fn open(seen: &Seen<'_>) -> Self {
        let able = |command: &Command| dim_reason(*command, seen).is_none();
        Self(ListView::on(entries(seen).into_iter().find(able)))
    }
}

impl Place for Menu {
    fn scopes(&self, seen: &Seen<'_>) -> &'static [Scope] {
        if seen.screens.at == Screen::Users {
            return &[Scope::Dialog, Scope::Users, Scope::Act, Scope::Move, Scope::Global];
        }
        &[Scope::Dialog, Scope::Act, Scope::Move, Scope::Global]
    }

    fn called(&self) -> &'static str {
        "the menu"
    }

    fn asks(&self) -> bool {
        true
    }

    fn gives_way(&self) -> bool {
        true
    }

    fn offers(&self, command: Command, _shared: &Shared) -> Offer {
        Offer::of(moves(command) || matches!(command, Command::Press | Command::Cancel))
    }

    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        self.0 = self.0.over(entries(&context.seen()));
        if self.0.step(command, PAGE) {
            return Taken::Here;
        }
        if command == Command::Press {
            context.then.extend(self.0.current().copied().map(Then::Run));
            return Taken::Here;
        }
        // What is done to a row leaves the menu first.
        if matches!(command.row().scope, Scope::Act | Scope::Users) {
            context.then.push(Then::Close);
        }
        Taken::NotMine
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        let key = |command| seen.keymap.first_key_of(command);
        let keys = format!("{} {}", key(Command::Down), key(Command::Up));
        let hints = vec![
            Hint::new(keys, "move"),
            Hint::new(key(Command::Press), "do it"),
            Hint::new(key(Command::Cancel), "close"),
        ];
        hints::with_help(seen, hints)
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, &self.0.over(entries(seen)), frame);
    }
}

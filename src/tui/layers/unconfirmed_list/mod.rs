//! The changes that are not known to be done.

mod draw;
mod questions;

pub(in crate::tui) use questions::leaving;

use questions::Again;
use ratatui::Frame;

use crate::tui::command::{Command, Scope};
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::list_view::{ListView, PAGE, moves};
use crate::tui::notice::Kind;
use crate::tui::offer::Offer;
use crate::tui::place::{Context, Place, Seen, Taken, Then};
use crate::tui::shared::Shared;
use crate::tui::unconfirmed::{Attempt, Fate, Unconfirmed};

/// The changes that are not known to be done, by their numbers.
#[derive(Debug, Default)]
pub(in crate::tui) struct UnconfirmedList(ListView<Vec<u64>>);

impl UnconfirmedList {
    /// The list over the changes as they are now.
    fn over(&self, shared: &Shared) -> ListView<Vec<u64>> {
        self.0.over(shared.unconfirmed_here().map(|known| known.number))
    }

    /// The change under the cursor.
    fn known<'a>(&self, shared: &'a Shared) -> Option<&'a Unconfirmed> {
        shared.unconfirmed_here().nth(self.over(shared).cursor)
    }
}

impl Place for UnconfirmedList {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::Open, Scope::Move, Scope::Global]
    }

    fn called(&self) -> &'static str {
        "unconfirmed changes"
    }

    fn offers(&self, command: Command, shared: &Shared) -> Offer {
        if !matches!(command, Command::Retry | Command::Insist | Command::Dismiss) {
            return Offer::of(moves(command));
        }
        let Some(known) = self.known(shared) else {
            return Offer::Refused("No change here".to_owned());
        };
        if command != Command::Dismiss && !known.kept.is_open() {
            return Offer::Refused(format!("It is done: {}", shared.way_to_new_value(None)));
        }
        let once = command == Command::Insist && !known.may_be_repeated();
        let once = once.then(|| "Only a revocation can be tried again and again".to_owned());
        Offer::unless(once)
    }

    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        let Context { shared, then, .. } = context;
        self.0 = self.over(shared);
        if self.0.step(command, PAGE / 2) {
            return Taken::Here;
        }
        match (command, self.known(shared).cloned()) {
            (Command::Retry, Some(known)) => retry(&known, shared, then),
            (Command::Insist, Some(known)) => insist(&known, shared, then),
            (Command::Dismiss, Some(known)) => {
                then.push(Then::Open(Box::new(questions::dismissal(shared, &known))));
            }
            _ => return Taken::NotMine,
        }
        Taken::Here
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        let mut hints = hints::in_scopes(seen, &[Scope::Open]);
        hints.push(Hint::new(seen.keymap.first_key_of(Command::Back), "close"));
        hints::with_help(seen, hints)
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, &self.over(seen), frame);
    }
}

/// Asks whether to order it again where that does no harm, else looks whether it was done.
fn retry(known: &Unconfirmed, shared: &mut Shared, then: &mut Vec<Then>) {
    let attempt = &known.kept.attempt;
    let again =
        attempt.is_guarded() && (known.kept.fate == Fate::NotDone || known.may_be_repeated());
    if again {
        return then.push(ask_again(known, Again::Once, shared));
    }
    shared.say(Kind::Info, format!("Looking what became of it: {}", attempt.doing()));
    shared.read_back();
}

/// Asks whether to order a revocation again and again until it is confirmed, or stops doing
/// so.
fn insist(known: &Unconfirmed, shared: &mut Shared, then: &mut Vec<Then>) {
    if !known.insists {
        return then.push(ask_again(known, Again::UntilDone, shared));
    }
    if let Some(known) = shared.unconfirmed_mut(known.number) {
        known.insists = false;
    }
}

/// The question before it is ordered again. What has to be planned anew is asked about
/// once that is done.
fn ask_again(known: &Unconfirmed, again: Again, shared: &Shared) -> Then {
    if matches!(known.kept.attempt, Attempt::Start(_)) && known.bulk.is_none() {
        return Then::OrderAgain(known.number);
    }
    Then::Open(Box::new(questions::again(shared, known, again)))
}

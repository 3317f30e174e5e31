//! The changes that are not known to be done.

mod draw;
mod questions;

pub(in crate::tui) use questions::leaving;

use questions::Again;
use ratatui::Frame;

use crate::tui::command::{Command, Scope};
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::moves::{SHORT_PAGE, target};
use crate::tui::notice::Kind;
use crate::tui::place::{Context, Place, Seen, Taken, Then};
use crate::tui::shared::Shared;
use crate::tui::unconfirmed::{Attempt, Fate, Unconfirmed};

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
        let Context { shared, then, .. } = context;
        let at = shared.unconfirmed_place(self.number);
        if command.moves() {
            let last = shared.unconfirmed_here().count().saturating_sub(1);
            let to = target(command, at, SHORT_PAGE, last);
            self.number = shared.unconfirmed_here().nth(to).map(|known| known.number);
            return Taken::Here;
        }
        let known = shared.unconfirmed_here().nth(at).cloned();
        match (command, known) {
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
        hints
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, self.number, frame);
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

impl<'a> Seen<'a> {
    /// The change under the cursor of the list.
    pub(in crate::tui) fn unconfirmed_at_cursor(&self) -> Option<&'a Unconfirmed> {
        let list = self.layers.top::<UnconfirmedList>()?;
        self.shared.unconfirmed_here().nth(self.shared.unconfirmed_place(list.number))
    }
}

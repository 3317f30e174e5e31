//! Keeping changes that are not known to be done, and settling them by reading back
//! what they were about. Nothing is said to be done before the backend says so, and
//! nothing is forgotten.

mod list;
mod settled;
mod told;

use crate::backend::{Answer, BackendError};
use crate::domain::Found;
use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::model::Model;
use crate::tui::moment::Moment;
use crate::tui::notice::Kind;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::tui::state::Change;
use crate::tui::unconfirmed::{Attempt, Evidence, Fate, Kept, Unconfirmed, Warned, few};
use crate::wire::{BackendKind, RowId, TokenView};

impl Shared {
    /// The changes at this backend that are not known to be done, the oldest first.
    pub(in crate::tui) fn unconfirmed_here(&self) -> impl Iterator<Item = &Unconfirmed> {
        let seat = self.seat();
        self.unconfirmed.iter().filter(move |known| known.is_at(&seat))
    }

    /// Whether that change is not known to be done.
    pub(in crate::tui) fn is_unconfirmed(&self, number: u64) -> bool {
        self.unconfirmed.iter().any(|known| known.number == number)
    }

    /// That of a token of this backend; one of unknown outcome first.
    pub(in crate::tui) fn unconfirmed_of(&self, id: &RowId) -> Option<&Unconfirmed> {
        let concerned = self.unconfirmed_here().filter(|known| known.concerns(id));
        concerned.min_by_key(|known| match known.kept.fate {
            Fate::Unknown => 0,
            Fate::NotDone => 1,
            Fate::Unseen => 2,
        })
    }

    /// When the next of them is to be looked at by itself.
    pub(in crate::tui) fn look_at(&self) -> Option<Moment> {
        let waits = |known: &&Unconfirmed| !known.looking && known.kept.is_open();
        self.unconfirmed_here().filter(waits).map(|known| known.look_at).min()
    }

    /// What is known of a change that failed like this; nothing where it need not be
    /// kept.
    fn fate(&self, attempt: &Attempt, error: &BackendError) -> Option<Fate> {
        if error.cause.is_open() {
            return Some(Fate::Unknown);
        }
        let remote = self.session.kind == BackendKind::Remote;
        let failed = error.refusal().is_none();
        (remote && failed && attempt.is_guarded()).then_some(Fate::NotDone)
    }

    /// Has it kept for the next run.
    fn keep_unconfirmed(&mut self, kept: &Kept) {
        let mut kept = kept.clone();
        if let Attempt::Start(bulk) = &mut kept.attempt {
            bulk.tokens = few(&bulk.tokens);
        }
        self.note_change(Change::Unconfirmed(Box::new(kept)));
    }

    /// What becomes of it is known, or of no interest any more.
    pub(in crate::tui::update) fn forget_unconfirmed(&mut self, number: u64) {
        let Some(place) = self.unconfirmed.iter().position(|known| known.number == number) else {
            return;
        };
        let Kept { seat, attempt, .. } = self.unconfirmed.remove(place).kept;
        self.note_change(Change::Settled { seat, subject: attempt.subject() });
    }

    /// Takes out what is kept about the same.
    fn take_unconfirmed(&mut self, seat: &str, subject: &str) -> Option<Unconfirmed> {
        let about = |known: &Unconfirmed| known.kept.is_about(seat, subject);
        let place = self.unconfirmed.iter().position(about)?;
        Some(self.unconfirmed.remove(place))
    }

    /// This was done after all, so what is kept about it goes.
    pub(in crate::tui::update) fn was_done(&mut self, attempt: &Attempt) {
        let subject = attempt.subject();
        let about =
            |known: &&Unconfirmed| known.kept.attempt.subject() == subject && known.kept.is_open();
        let number = self.unconfirmed_here().find(about).map(|known| known.number);
        if let Some(number) = number {
            self.forget_unconfirmed(number);
        }
    }

    /// Takes over what an earlier run, or another backend's turn, left for this seat.
    pub(in crate::tui::update) fn recall_unconfirmed(&mut self) {
        let seat = self.seat();
        for kept in self.state.unconfirmed.clone() {
            let subject = kept.attempt.subject();
            let known = self.unconfirmed.iter().any(|known| known.kept.is_about(&seat, &subject));
            if kept.seat == seat && !known {
                let number = self.link.number();
                self.unconfirmed.push(Unconfirmed::new(number, kept, self.now));
            }
        }
    }

    /// Says at the start that there are some.
    pub(in crate::tui::update) fn tell_of_unconfirmed(&mut self) {
        let key = self.keymap.first_key_of(Command::Unconfirmed);
        let unseen = self.unconfirmed_here().filter(|known| !known.kept.is_open()).count();
        if unseen > 0 {
            let what = if unseen == 1 { "1 new value was" } else { "New values were" };
            self.mention(format!("{what} seen by nobody: {key} says what to do"));
        }
        match self.unconfirmed_here().filter(|known| known.kept.is_open()).count() {
            0 => {}
            1 => self.mention(format!("1 change is not confirmed yet: {key} shows it")),
            count => {
                self.mention(format!("{count} changes are not confirmed yet: {key} lists them"));
            }
        }
    }

    /// Looks at every change of this backend that is not being looked at.
    pub(in crate::tui) fn read_back(&mut self) {
        self.read_back_those(|_| true);
    }

    fn read_back_those(&mut self, which: impl Fn(&Unconfirmed) -> bool) {
        let seat = self.seat();
        let open =
            |known: &&mut Unconfirmed| known.is_at(&seat) && !known.looking && known.kept.is_open();
        let idle = self.unconfirmed.iter_mut().filter(open);
        let looks = idle.filter(|known| which(known)).map(|known| {
            known.looking = true;
            Call::ReadBack { number: known.number, look: known.kept.attempt.look() }
        });
        for look in looks.collect::<Vec<_>>() {
            self.ask(look);
        }
    }
}

impl Shared {
    /// A change failed. Where it may have been done all the same, and where it takes
    /// something out of service, it is kept; this is its number then. To be told besides:
    /// whether its token had a value when it was ordered, as far as is known.
    pub(in crate::tui) fn doubt(
        &mut self,
        attempt: Attempt,
        had_value: bool,
        error: &BackendError,
    ) -> Option<u64> {
        let fate = self.fate(&attempt, error)?;
        let makes_value = attempt.makes_value(had_value);
        let (seat, at) = (self.seat(), self.wall());
        let reason = self.because.clone();
        let kept = Kept { seat, at, fate, makes_value, unseen: None, reason, attempt };
        let before = self.take_unconfirmed(&kept.seat, &kept.attempt.subject());
        let mut known = Unconfirmed::new(self.link.number(), kept, self.now);
        if fate == Fate::NotDone {
            known.look_later(self.now);
        }
        if let Some(before) = before.filter(|before| before.kept.is_open()) {
            known.kept.makes_value |= before.kept.makes_value;
            known.kept.at = before.kept.at;
            known.insists = before.insists;
            known.bulk = before.bulk;
            // That it could not be sent again tells nothing of the first time.
            if before.kept.fate == Fate::Unknown {
                known.kept.fate = Fate::Unknown;
                known.since = if fate == Fate::Unknown { self.now } else { before.since };
            }
        }
        let number = known.number;
        self.warned = Warned::No;
        self.keep_unconfirmed(&known.kept);
        self.unconfirmed.push(known);
        Some(number)
    }
}

impl Tokens {
    /// Whether the token of a change had a value when it was ordered, as far as is known.
    pub(in crate::tui::update) fn has_value(&self, attempt: &Attempt) -> bool {
        let Attempt::Token(order) = attempt else { return false };
        self.list.find(&order.id).is_some_and(|view| view.token.value.is_some())
    }

    /// A revocation was not done. It stays until it is.
    fn is_not_done(&mut self, shared: &mut Shared, number: u64) {
        let mine = |known: &&mut Unconfirmed| known.number == number;
        let Some(known) = shared.unconfirmed.iter_mut().find(mine) else { return };
        if known.kept.fate == Fate::NotDone {
            return;
        }
        known.kept.fate = Fate::NotDone;
        let kept = known.kept.clone();
        shared.keep_unconfirmed(&kept);
        let key = shared.keymap.first_key_of(Command::Unconfirmed);
        let doing = kept.attempt.doing();
        shared.say(
            Kind::Error,
            format!("It was not done: {doing} again if it is still wanted ({key})"),
        );
        self.reload(shared);
    }
}

impl Shared {
    /// The token is known to be like this now, by an answer to a later change.
    pub(in crate::tui::update) fn settle_by(&mut self, view: &TokenView) {
        let seen = Evidence::Token(Box::new(view.clone()));
        let about = |known: &&Unconfirmed| match &known.kept.attempt {
            Attempt::Token(order) => order.id == view.token.id,
            Attempt::Edit { id, .. } => *id == view.token.id,
            Attempt::Create(_)
            | Attempt::Start(_)
            | Attempt::Holders(_)
            | Attempt::Entry(_)
            | Attempt::Removal { .. } => false,
        };
        let status = self.status(view);
        let over = |known: &&Unconfirmed| match known.settle(&seen, self.now) {
            _ if !known.kept.is_open() => known.kept.is_moot(&view.token, status),
            Found::Done | Found::Changed => true,
            Found::NotDone => !known.kept.attempt.is_guarded(),
            Found::Open => false,
        };
        let here = self.unconfirmed_here().filter(about).filter(over);
        let numbers: Vec<_> = here.map(|known| known.number).collect();
        for number in numbers {
            self.forget_unconfirmed(number);
        }
    }
}

impl Model {
    /// It is time to look, or to order again what the operator insists on.
    pub(in crate::tui::update) fn look(&mut self) {
        let now = self.now;
        let due = |known: &&Unconfirmed| known.insists && !known.looking && known.look_at <= now;
        let insisted: Vec<_> =
            self.unconfirmed_here().filter(due).map(|known| known.number).collect();
        for number in insisted {
            if let Some(known) = self.unconfirmed.iter_mut().find(|known| known.number == number) {
                known.look_later(now);
            }
            self.order_again(number);
        }
        self.read_back_those(|known| known.look_at <= now);
    }

    /// What a change was about was read back, or could not be.
    pub(in crate::tui::update) fn was_read_back(&mut self, number: u64, result: Answer<Evidence>) {
        let now = self.now;
        let mine = |known: &&mut Unconfirmed| known.number == number;
        let Some(known) = self.unconfirmed.iter_mut().find(mine) else { return };
        known.look_later(now);
        let Ok(seen) = result else { return };
        match known.settle(&seen, now) {
            Found::Open => {}
            Found::NotDone if known.kept.attempt.is_guarded() => {
                self.screens.tokens_mut().is_not_done(&mut self.shared, number);
            }
            found => self.settled(number, found, seen),
        }
    }
}

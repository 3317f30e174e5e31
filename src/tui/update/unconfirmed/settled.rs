//! What follows once it is known what became of a change: the screen shows it, a form
//! that waited for it closes or can be saved again, a job is followed.

use crate::domain::{Found, Guid, Verb};
use crate::tui::call::Call;
use crate::tui::form::Form;
use crate::tui::model::Model;
use crate::tui::news::News;
use crate::tui::shared::Shared;
use crate::tui::unconfirmed::{Attempt, Evidence, Fate, Kept, Unconfirmed};

impl Shared {
    /// The value that came of a change and was in the lost answer, where no key shows it.
    fn value_unseen(&self, kept: &Kept, found: Found, seen: &Evidence) -> Option<Guid> {
        let Evidence::Token(view) = seen else { return None };
        let made = match found {
            Found::Done => true,
            // That it has a new value is all that can be said then.
            Found::Changed => match &kept.attempt {
                Attempt::Token(order) => {
                    order.verb == Verb::Regenerate || order.verb == Verb::HandOver
                }
                Attempt::Edit { .. } => true,
                Attempt::Create(_)
                | Attempt::Start(_)
                | Attempt::Holders(_)
                | Attempt::Entry(_)
                | Attempt::Removal { .. } => false,
            },
            Found::NotDone | Found::Open => false,
        };
        let lost = made && kept.makes_value && self.is_shown_once(view);
        let value = view.token.value.filter(|_| lost && !self.status(view).is_ended());
        value.map(|value| value.guid)
    }

    /// It stays listed until somebody has seen that, or the token has another value.
    fn keep_unseen(&mut self, number: u64, guid: Guid) {
        let mine = |known: &&mut Unconfirmed| known.number == number;
        let Some(known) = self.unconfirmed.iter_mut().find(mine) else { return };
        known.kept.fate = Fate::Unseen;
        known.kept.unseen = Some(guid);
        known.insists = false;
        let kept = known.kept.clone();
        self.keep_unconfirmed(&kept);
    }
}

impl Model {
    /// The form that waits for this change, if there is one, can be used again.
    pub(in crate::tui::update) fn release_form(&mut self, number: u64) -> bool {
        self.layers.find_mut::<Form>().is_some_and(|form| form.release(number))
    }

    /// It is known what became of a change.
    pub(super) fn settled(&mut self, number: u64, found: Found, seen: Evidence) {
        let mine = |known: &&Unconfirmed| known.number == number;
        let Some(known) = self.unconfirmed.iter().find(mine).cloned() else { return };
        match self.value_unseen(&known.kept, found, &seen) {
            Some(guid) => self.keep_unseen(number, guid),
            None => self.forget_unconfirmed(number),
        }
        let here = known.is_at(&self.seat());
        self.tell_settled(&known.kept, found, &seen);
        if !here {
            return;
        }
        let waits = self.release_form(number);
        match seen {
            Evidence::Token(view) => {
                let new = matches!(known.kept.attempt, Attempt::Create(_));
                if found == Found::Done && new && waits {
                    self.screens.tokens_mut().list.id = Some(view.token.id.clone());
                }
                self.on_tokens(|tokens, outside| tokens.take_changed(*view, outside));
            }
            Evidence::Job(job) if found == Found::Done && !self.follows(job.id) => {
                self.follow_job(*job);
            }
            Evidence::Catalogue(_) => {
                self.ask(Call::Who);
            }
            _ => {}
        }
        if waits && found == Found::Done {
            self.layers.clear();
        }
        self.tell(&News::Ended(None));
    }
}

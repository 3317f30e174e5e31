//! What follows once it is known what became of a change: the screen shows it, a form
//! that waited for it closes or can be saved again, a job is followed.

use crate::domain::Found;
use crate::tui::effect::{Call, Effect};
use crate::tui::model::Model;
use crate::tui::unconfirmed::{Attempt, Seen, Unconfirmed};

impl Model {
    /// It is known what became of a change.
    pub(super) fn settled(&mut self, number: u64, found: Found, seen: Seen) -> Vec<Effect> {
        let mine = |known: &&Unconfirmed| known.number == number;
        let Some(known) = self.unconfirmed.iter().find(mine).cloned() else { return vec![] };
        self.forget_unconfirmed(number);
        let here = known.is_at(&self.seat());
        self.tell_settled(&known.kept.attempt, found, &seen);
        if !here {
            return vec![];
        }
        let waits = self.release_form(number);
        let mut effects = match seen {
            Seen::Token(view) => {
                let new = matches!(known.kept.attempt, Attempt::Create(_));
                if found == Found::Done && new && waits {
                    self.list.id = Some(view.token.id);
                }
                self.take_changed(*view)
            }
            Seen::Job(job) if found == Found::Done && !self.follows(job.id) => {
                self.follow_job(*job)
            }
            Seen::Catalogue(_) => vec![Effect::Call(Call::Who)],
            _ => vec![],
        };
        if waits && found == Found::Done {
            self.form = None;
            self.overlays.clear();
        }
        effects.extend(self.reload());
        effects.extend(self.reload_shown_users());
        effects
    }

    /// The form that waits for this change, if there is one, can be used again.
    pub(super) fn release_form(&mut self, number: u64) -> bool {
        let form = self.form.as_mut().filter(|form| form.unsure == Some(number));
        form.map(|form| form.unsure = None).is_some()
    }
}

//! Going to another backend: it is opened beside the one at work, and takes its place
//! once it answered. Where it does not answer, everything stays as it is.

use crate::backend::Answer;
use crate::domain::Catalogue;
use crate::text::{Safe, safe_line};
use crate::tui::backends::{BackendChoices, Opening};
use crate::tui::call::Call;
use crate::tui::deed::Deed;
use crate::tui::effect::Effect;
use crate::tui::form::Form;
use crate::tui::jobs;
use crate::tui::layers::{CommandLine, Confirm, Issue, Reader};
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::place::{Place, as_a, is_a};
use crate::tui::reply::Known;
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::tui::ticket::Ticket;
use crate::wire::Session;

impl Shared {
    /// Has it opened, while the keys go on acting here.
    pub(super) fn open_backend(&mut self, name: String, agreed: bool) {
        let ticket = self.ask(Call::Open(name.clone()));
        self.backends.opening = Some(Opening { ticket, name, agreed });
    }

    /// Gives up the one that is being opened; says whether there was one.
    pub(in crate::tui) fn stay(&mut self) -> bool {
        let Some(Opening { name, .. }) = self.backends.opening.take() else { return false };
        let (name, here) = (Safe::line(&name), Safe::line(&self.backends.open));
        self.say(Kind::Info, format!("{name} is not waited for: you are still at {here}"));
        true
    }

    /// The backend before was closed, or could not write what it held.
    pub(super) fn closed(&mut self, result: Answer<()>) {
        if let Err(error) = result {
            self.failed("close the backend before", &error);
        }
    }
}

impl Shared {
    /// What leaving the open backend would cost, as a question.
    fn question(&self, form: Option<&Form>, name: &str) -> Option<Confirm> {
        let changed = form.filter(|form| form.is_changed());
        let (text, button) = if let Some(form) = changed {
            (vec![format!("Discard changes? {}", Safe::line(&form.title))], "Discard")
        } else if self.would_interrupt() {
            let job = &self.jobs.newest()?.job;
            let text = vec![
                format!("{} runs: {}.", jobs::name(job), jobs::progress(job)),
                if self.session.bulk_here {
                    "Leaving this backend ends it after the token under way. What is done stays \
                     done; the rest is not done, and nobody comes back to it."
                } else {
                    "Leaving this backend ends it after the part under way. What is done stays \
                     done; the rest waits here and is offered when you come back."
                }
                .to_owned(),
            ];
            (text, "Switch")
        } else {
            return None;
        };
        let title = safe_line(&format!("Switch to {name}"));
        let place = safe_line(&format!("{}  {}", self.place(), self.backend()));
        let deed = Deed::Switch(name.to_owned());
        Some(Confirm::new(title, place, vec![Stage { text, button }], deed))
    }
}

impl Model {
    /// Goes to the backend of that name, after a question where something would be
    /// lost.
    pub(super) fn switch_to(&mut self, name: &str) {
        if name == self.backends.open && !self.link.reach.signed_out {
            self.backends.opening = None;
            let name = Safe::line(name);
            self.say(Kind::Info, format!("{name} is the backend that is open"));
            return;
        }
        if let Some(reason) = self.bound() {
            self.say(Kind::Refused, reason);
            return;
        }
        // Help and messages have nothing to lose.
        self.layers.retain(|place| !as_a::<Reader>(place).is_some_and(Reader::is_of_program));
        match self.shared.question(self.layers.find(), name) {
            Some(dialog) => {
                self.layers.push(dialog);
            }
            None => self.open_backend(name.to_owned(), false),
        }
    }

    /// Why the open backend can't be left now: it still owes an answer.
    fn bound(&self) -> Option<&'static str> {
        self.owes_answers().then_some("A change is under way here: its answer comes first")
    }

    /// The other backend answered, or it can't be opened.
    pub(super) fn opened(&mut self, ticket: Ticket, result: Answer<Known>) {
        let wanted = self.backends.opening.take_if(|opening| opening.ticket == ticket);
        let Some(Opening { name, agreed, .. }) = wanted else { return };
        let shown = Safe::line(&name);
        let (session, catalogue) = match result {
            Ok(known) => *known,
            Err(error) => {
                if name == self.backends.open {
                    self.failed("sign in again", &error);
                    return;
                }
                let here = Safe::line(&self.backends.open);
                let text = format!("Could not switch to {shown}, still at {here}: {error}");
                self.say(Kind::Error, text);
                return;
            }
        };
        // Nothing that was begun meanwhile is taken from under the operator's hands.
        if self.leaving || self.owes_answers() || self.is_engaged(agreed) {
            let key = self.keymap.first_key_of(crate::tui::command::Command::Backend);
            let text = format!("{shown} answers: {key} goes there once this is done");
            self.say(Kind::Info, text);
            return;
        }
        self.put(Effect::Switch(ticket));
        self.settle_at(name, session, catalogue);
    }

    /// Whether a question or a form that was filled in is open.
    fn is_engaged(&self, agreed: bool) -> bool {
        let asked = |place: &dyn Place| {
            is_a::<Confirm>(place) || is_a::<Issue>(place) || is_a::<CommandLine>(place)
        };
        let begun = || self.layers.find::<Form>().is_some_and(Form::is_changed);
        self.layers.iter().any(asked) || (!agreed && (begun() || self.would_interrupt()))
    }

    /// Begins anew at another backend. What is about the operator, the window and the
    /// run goes along; what is about the records does not.
    fn settle_at(&mut self, name: String, session: Session, catalogue: Catalogue) {
        let mut options = self.options.clone();
        options.page_size = self.configured_page_size;
        let mut new = Self::new(options, session, catalogue);
        new.now = self.now;
        new.told.1 = self.now;
        new.theme = self.theme.clone();
        let readings = std::mem::take(&mut new.link.reach);
        new.link = self.link.onward();
        new.link.reach = readings;
        new.backends = BackendChoices {
            open: name,
            opening: None,
            offers: std::mem::take(&mut self.backends.offers),
        };
        new.notices = std::mem::take(&mut self.notices);
        new.outbox = std::mem::take(&mut self.outbox);
        new.unconfirmed = std::mem::take(&mut self.unconfirmed);
        new.unkept = std::mem::take(&mut self.unkept);
        new.views = std::mem::take(&mut self.views);
        new.recall(std::mem::take(&mut self.state));
        let (columns, rows) = self.size;
        *self = new;
        let operator = &self.session.operator;
        let role = self.session.role().map(|role| format!(" ({role})")).unwrap_or_default();
        let text = format!("You are {}{role}, at {}", operator.name, self.backend());
        self.say(Kind::Info, text);
        self.warn_of_credential();
        self.warn_of_clock();
        self.begin(columns, rows);
    }
}

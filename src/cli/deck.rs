//! What every command works with: the backend it asks, who asks, and where the
//! answer goes.

use std::sync::Arc;

use super::call::{Invocation, block_on};
use super::confirm::{Consent, Consented, Question, confirm};
use super::connect::{self, For};
use super::failure::{Ended, Failure};
use super::output::Output;
use crate::backend::Backend;
use crate::backend::local::LocalBackend;
use crate::domain::view::Views;
use crate::domain::{Catalogue, Operator, Refusal, Role, Time, Verb};
use crate::wire::{Abilities, Ability, Run, Session, TokenView};

/// A command at work.
pub(super) struct Deck {
    /// Who answers.
    pub(super) backend: Arc<dyn Backend>,
    /// Who asks.
    pub(super) session: Session,
    /// Where results go.
    pub(super) output: Output,
    /// Whether changes are made.
    pub(super) run: Run,
    /// The views that are kept beside the settings.
    pub(super) views: Views,
    consent: Consent,
    read_only: bool,
    /// What the command takes of the backend.
    needs: Vec<Ability>,
    /// The store itself, where the backend is one on this machine.
    store: Option<Arc<LocalBackend>>,
}

/// The accounts an operator works on, by name.
pub(super) fn realm(operator: &Operator, catalogue: &Catalogue) -> String {
    if operator.role == Role::Superadmin {
        return "all accounts".to_owned();
    }
    let accounts = operator.accounts_in(catalogue);
    accounts.iter().map(|account| account.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Says that what was told or done goes by a time that may be wrong. Asked anew: the
/// command may have put it right.
async fn warn_of_clock(output: Output, backend: &dyn Backend) {
    if let Ok(Session { clock_jump: Some(jump), .. }) = backend.session().await {
        let refusal = Refusal::ClockJumped(jump);
        output.warn(refusal.code(), &refusal.to_string());
    }
}

impl Deck {
    /// Opens the backend, does the work, and closes the backend whatever came of
    /// it, so that the last uses it still holds are written.
    pub(super) fn with<W>(call: &Invocation, work: W) -> Ended
    where
        W: AsyncFnOnce(&Self) -> Ended,
    {
        Self::taking(call, vec![], work)
    }

    fn taking<W>(call: &Invocation, needs: Vec<Ability>, work: W) -> Ended
    where
        W: AsyncFnOnce(&Self) -> Ended,
    {
        // Each command has one of these, so what they share stands elsewhere.
        block_on(async {
            let deck = Self::open(call, needs).await?;
            let outcome = work(&deck).await;
            deck.close(outcome).await
        })
    }

    async fn open(call: &Invocation<'_>, needs: Vec<Ability>) -> Result<Self, Failure> {
        let (backend, store) = connect::open(call, For::Command).await?;
        match backend.session().await {
            Ok(session) => Ok(Self { needs, store, ..Self::new(call, backend, session) }),
            Err(error) => {
                // What was wrong first is what is said.
                drop(backend.close().await);
                Err(error.into())
            }
        }
    }

    async fn close(self, outcome: Ended) -> Ended {
        if self.session.clock_jump.is_some() && outcome.is_ok() {
            warn_of_clock(self.output, self.backend.as_ref()).await;
        }
        let closed = self.backend.close().await;
        let exit = outcome?;
        closed?;
        Ok(exit)
    }

    /// The same for a command that takes something of the backend: where that is lacked, it
    /// is said and nothing else is done.
    pub(super) fn able<W>(call: &Invocation, needs: Vec<Ability>, work: W) -> Ended
    where
        W: AsyncFnOnce(&Self) -> Ended,
    {
        Self::taking(call, needs, async |deck| {
            for ability in &deck.needs {
                deck.session.abilities.must(&Abilities::default(), *ability)?;
            }
            work(deck).await
        })
    }

    fn new(call: &Invocation, backend: Arc<dyn Backend>, session: Session) -> Self {
        let Invocation { common, settings, output, .. } = call;
        let consent = Consent { yes: common.yes, words: common.confirm.clone() };
        let run = if common.dry_run { Run::Dry } else { Run::Real };
        let read_only = settings.read_only;
        let (output, needs, store) = (*output, vec![], None);
        let views = settings.views.clone();
        Self { backend, session, output, run, views, consent, read_only, needs, store }
    }

    /// The store, for what only whoever is at its machine may do.
    pub(super) fn store(&self) -> Result<&LocalBackend, Failure> {
        self.store.as_deref().ok_or_else(|| {
            Failure::Usage(format!(
                "'{}' is a server: run this where its store is",
                self.session.backend
            ))
        })
    }

    /// Who asks.
    pub(super) fn operator(&self) -> &Operator {
        &self.session.operator
    }

    /// The time by the backend's clock.
    pub(super) fn now(&self) -> Time {
        self.session.now
    }

    /// Whether nothing is to be changed but only said.
    pub(super) fn is_dry(&self) -> bool {
        self.run == Run::Dry
    }

    /// Refuses where nothing may be changed, before anything is asked or planned.
    pub(super) fn must_write(&self) -> Result<(), Failure> {
        if self.read_only { Err(Refusal::ReadOnly.into()) } else { Ok(()) }
    }

    /// Whether the backend can do something that a command does not need to have.
    pub(super) fn can(&self, ability: Ability) -> bool {
        self.session.abilities.refusal(ability).is_none()
    }

    /// Whether this may be done to a token now: by the rules, and by what the backend or the
    /// row says that it lacks.
    pub(super) fn allows(&self, verb: Verb, view: &TokenView) -> Result<(), Refusal> {
        view.allows(verb, self.operator(), self.now())?;
        self.session.abilities.must(&view.abilities, Ability::of(verb))
    }

    /// Returns where the question is answered with yes.
    pub(super) fn confirm(&self, question: &Question) -> Result<Consented, Failure> {
        confirm(&self.consent, question, &self.warnings(None))
    }

    /// The same about one token, whose row may say more than the backend of all.
    pub(super) fn confirm_of(
        &self,
        view: &TokenView,
        question: &Question,
    ) -> Result<Consented, Failure> {
        confirm(&self.consent, question, &self.warnings(Some(view)))
    }

    /// Says what has to be known of what is done without a question.
    pub(super) fn warn_of(&self, view: Option<&TokenView>) {
        self.warnings(view).iter().for_each(|warning| self.output.note(warning));
    }

    fn warnings(&self, view: Option<&TokenView>) -> Vec<String> {
        let row = view.map(|view| view.abilities.clone()).unwrap_or_default();
        self.session.abilities.warnings(&row, &self.needs)
    }

    /// "Acme on local": names the account and the backend, as every question does.
    pub(super) fn place(&self, account: &str) -> String {
        format!("{account} on {} ({})", self.session.backend, self.session.place)
    }
}

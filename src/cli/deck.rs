//! What every command works with: the backend it asks, who asks, and where the
//! answer goes.

use std::sync::Arc;

use super::args::Common;
use super::confirm::{Answer, Consent, Question, confirm};
use super::exit::{Failure, Outcome};
use super::login::system_login;
use super::output::{Format, Output};
use crate::backend::Backend;
use crate::backend::local::{LocalBackend, LocalOptions};
use crate::config::Loaded;
use crate::domain::{Operator, Refusal, Time};
use crate::wire::{Run, Session};

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
    consent: Consent,
    read_only: bool,
}

/// What a local store is opened with.
pub(super) fn local_options(settings: &Loaded, now: Option<Time>) -> LocalOptions {
    LocalOptions {
        path: settings.store.clone(),
        login: settings.login.clone(),
        system_login: system_login(),
        now,
        read_only: settings.read_only,
        name: settings.backend.clone(),
    }
}

/// The form of the output, from the flag, else the settings.
pub(super) fn format(common: &Common, settings: &Loaded) -> Result<Format, Failure> {
    match (common.output, &settings.output) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(Format::default()),
        (None, Some(word)) => word.parse().map_err(|_| {
            Failure::Usage(format!(
                "TOKENDECK_OUTPUT: '{word}' is not a form: table, json, jsonl or csv"
            ))
        }),
    }
}

impl Deck {
    /// Opens the backend, does the work, and closes the backend whatever came of
    /// it, so that the last uses it still holds are written.
    pub(super) async fn with<W>(common: &Common, settings: &Loaded, work: W) -> Outcome
    where
        W: AsyncFnOnce(&Self) -> Outcome,
    {
        let output = Output::new(format(common, settings)?);
        let backend: Arc<dyn Backend> = LocalBackend::open(local_options(settings, common.now))?;
        let outcome = match backend.session().await {
            Ok(session) => {
                let deck = Self::new(Arc::clone(&backend), session, output, common, settings);
                work(&deck).await
            }
            Err(error) => Err(error.into()),
        };
        let closed = backend.close().await;
        let exit = outcome?;
        closed?;
        Ok(exit)
    }

    fn new(
        backend: Arc<dyn Backend>,
        session: Session,
        output: Output,
        common: &Common,
        settings: &Loaded,
    ) -> Self {
        let consent = Consent { yes: common.yes, words: common.confirm.clone() };
        let run = if common.dry_run { Run::Dry } else { Run::Real };
        Self { backend, session, output, run, consent, read_only: settings.read_only }
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

    /// Returns where the question is answered with yes.
    pub(super) fn confirm(&self, question: &Question) -> Result<Answer, Failure> {
        confirm(&self.consent, question)
    }

    /// "Acme on local": names the account and the backend, as every question does.
    pub(super) fn place(&self, account: &str) -> String {
        format!("{account} on {} ({})", self.session.backend, self.session.place)
    }
}

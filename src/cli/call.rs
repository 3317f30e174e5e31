//! One call of the program: its common flags, the settings in force, and where the
//! results go.

use std::pin::Pin;

use super::args::Common;
use super::failure::{Ended, Failure};
use super::judge::Owners;
use super::login::system_login;
use super::output::{Format, Output};
use crate::backend::BackendError;
use crate::backend::local::{LocalOptions, StorePlace};
use crate::config::{self, Loaded};
use crate::domain::{FieldError, GivenReason};

/// One call of the program.
pub(super) struct Invocation<'c> {
    pub(super) common: &'c Common,
    pub(super) settings: Loaded,
    pub(super) output: Output,
    /// Why something is changed.
    pub(super) reason: Option<GivenReason>,
}

impl<'c> Invocation<'c> {
    /// Reads the settings for a call with these flags. All of them are checked, whatever
    /// the call needs: a slip that nobody is told of comes to light on the day it matters.
    pub(super) fn prepare(common: &'c Common) -> Result<Self, Failure> {
        let environment = |name: &str| std::env::var_os(name);
        let settings = config::load(&common.flags(), &environment, &Owners)?;
        let output = Output::new(format(common, &settings)?);
        let reason = common.reason.as_deref().map(reason).transpose()?;
        Ok(Self { common, settings, output, reason })
    }

    /// The call, where its backend is a store on this machine.
    pub(super) fn here(self) -> Result<Self, Failure> {
        if self.settings.remote.is_none() {
            return Ok(self);
        }
        let name = &self.settings.backend;
        Err(Failure::Usage(format!(
            "'{name}' is a server: run this where its store is, or name a store with --backend"
        )))
    }

    /// The form of the output.
    pub(super) fn format(&self) -> Format {
        self.output.format()
    }

    /// The place of the store that is there.
    pub(super) fn place(&self) -> Result<StorePlace, Failure> {
        Ok(StorePlace::of(&self.settings.store).map_err(BackendError::from)?)
    }

    /// What a local store is opened with.
    pub(super) fn local_options(&self) -> LocalOptions {
        LocalOptions {
            path: self.settings.store.clone(),
            login: self.settings.login.clone(),
            system_login: system_login(),
            now: self.common.now,
            read_only: self.settings.read_only,
            name: self.settings.backend.clone(),
        }
    }
}

/// What was given for `--reason`. It is not repeated where it is refused.
fn reason(text: &str) -> Result<GivenReason, Failure> {
    let wrong = |error: FieldError| Failure::Usage(format!("--reason: {}", error.message));
    if text.trim().is_empty() {
        let message = "--reason is blank, and nothing was done: leave it out, or say why";
        return Err(Failure::Usage(message.to_owned()));
    }
    GivenReason::of(text).map_err(wrong)
}

/// The form of errors before the settings are read, or where they can't be: from the
/// flag, else the variable.
pub(super) fn early_format(flag: Option<Format>) -> Format {
    let variable = || std::env::var("TOKENDECK_OUTPUT").ok()?.parse().ok();
    flag.or_else(variable).unwrap_or_default()
}

/// The form of the output, from the flag, else the settings.
fn format(common: &Common, settings: &Loaded) -> Result<Format, Failure> {
    match (common.output, &settings.output) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(Format::default()),
        (None, Some(word)) => {
            let known = word.parse().ok().filter(|form| *form != Format::Md);
            known.ok_or_else(|| {
                Failure::Usage(format!(
                    "TOKENDECK_OUTPUT: '{word}' is not a form: table, json, jsonl or csv"
                ))
            })
        }
    }
}

/// Does work that waits for a backend.
pub(super) fn block_on(work: impl Future<Output = Ended>) -> Ended {
    // Boxed, so that the runtime's way to wait is compiled once instead of for each command.
    wait(Box::pin(work))
}

fn wait(work: Pin<Box<dyn Future<Output = Ended> + '_>>) -> Ended {
    // Two threads: one follows the store while the other draws or asks.
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(work)
}

//! `tokendeck verify`. The verdict is the result, so it stands on standard output,
//! one line: "accepted" (exit 0), or the reason such as "revoked" (exit 1). Whoever
//! holds a value may ask; it takes no user of the store.

use secrecy::ExposeSecret;

use super::args::VerifyArgs;
use super::call::{Invocation, block_on};
use super::connect::{self, For};
use super::exit::Finish;
use super::failure::{Ended, Failure};
use super::output::{self, Format, Output, Sheet};
use super::{input, resolve};
use crate::backend::{Backend, BackendError};
use crate::domain::leak::{self, Leak};
use crate::domain::verify::{Rejection, Request};
use crate::domain::{ModuleId, Refusal, TokenValue};
use crate::wire::VerifyAnswer;

/// Reads a value and says whether it may pass.
pub(super) fn run(call: &Invocation, args: &VerifyArgs) -> Ended {
    must_count(call)?;
    let text = input::secret(&args.input, "tokendeck verify")?;
    block_on(async {
        let (backend, _) = connect::open(call, For::Bearer).await?;
        let text = text.expose_secret();
        let answer = ask(backend.as_ref(), text, args).await;
        // First of all, for a gateway waits for it and for nothing else.
        let told = answer.and_then(|answer| {
            print(call.output, &answer)?;
            hint(call.output, text);
            Ok(answer)
        });
        // The use must be written before the command ends.
        let closed = backend.close().await;
        let answer = told?;
        if let Err(error) = closed {
            call.output.warn("use_not_recorded", &not_recorded(&error));
        }
        Ok(if answer.accepted { Finish::Done } else { Finish::No })
    })
}

/// The verdict stands, whatever became of its record.
fn not_recorded(error: &BackendError) -> String {
    let why = match error.code() {
        "store_busy" => "another process is writing to the store".to_owned(),
        _ => error.to_string(),
    };
    format!("the use could not be recorded: {why}. The verdict stands")
}

/// A server knows of no verify that is none. Refused, so that nobody takes a use for
/// a trial.
fn must_count(call: &Invocation) -> Result<(), Failure> {
    if call.settings.remote.is_none() {
        return Ok(());
    }
    let flag = match (call.common.dry_run, call.settings.read_only_everywhere) {
        (true, _) => "--dry-run",
        (false, true) => "--read-only",
        (false, false) if call.settings.held.is_some() => return Err(Refusal::ReadOnly.into()),
        (false, false) => return Ok(()),
    };
    let name = &call.settings.backend;
    let message = format!("'{name}' is a server, where a pass counts as a use: leave {flag} out");
    Err(Failure::Usage(message))
}

/// A value among other text is refused as that text, for that is what was presented.
fn hint(output: Output, text: &str) {
    let is_value = TokenValue::parse(text).is_ok();
    if let (false, Some(Leak::Value(_))) = (is_value, leak::find(text)) {
        output.warn(
            "value_in_text",
            "there is a token value in it, with other text around it or broken over lines: pipe \
             the value alone, or ask 'tokendeck lookup -' whose it is",
        );
    }
}

async fn ask(
    backend: &dyn Backend,
    text: &str,
    args: &VerifyArgs,
) -> Result<VerifyAnswer, Failure> {
    let module = match &args.module {
        Some(text) => Some(module(backend, text).await?),
        None => None,
    };
    let request = Request { module, method: args.method.clone() };
    Ok(match TokenValue::parse(text) {
        Ok(value) => backend.verify(value, request).await?,
        Err(_) => no_value(),
    })
}

/// A module by id, which anyone may name, or by name, which only a user of the
/// store can look up.
async fn module(backend: &dyn Backend, text: &str) -> Result<ModuleId, Failure> {
    let catalogue = match (backend.catalogue().await, text.parse()) {
        (Ok(catalogue), _) => catalogue,
        (Err(_), Ok(id)) => return Ok(id),
        (Err(error), Err(_)) => return Err(error.into()),
    };
    resolve::module(&catalogue, text)
}

/// What has not even the form of a value is as unknown as one of another store.
fn no_value() -> VerifyAnswer {
    VerifyAnswer { accepted: false, reason: Some(Rejection::Unknown), token: None, name: None }
}

fn print(output: Output, answer: &VerifyAnswer) -> Result<(), Failure> {
    let word = answer.reason.map_or_else(|| "accepted".to_owned(), |reason| reason.to_string());
    if output.format() == Format::Table {
        return output::print(&format!("{word}\n"));
    }
    output.record(answer, |_| {
        Sheet::of_record(vec![
            ("accepted", answer.accepted.to_string()),
            ("reason", answer.reason.map_or_else(String::new, |reason| reason.to_string())),
            ("token", answer.token.map_or_else(String::new, |id| id.to_string())),
            ("name", answer.name.clone().unwrap_or_default()),
        ])
    })
}

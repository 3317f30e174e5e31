//! `tokendeck backend`: the backends there are, whether one answers, and those that are
//! added, changed and removed.

mod change;
mod kept;

use std::path::PathBuf;

use serde::Serialize;

use super::args::BackendCommand;
use super::call::{Invocation, block_on};
use super::connect::{ServerOpener, server};
use super::deck::realm;
use super::exit::Finish;
use super::failure::Ended;
use super::output::Sheet;
use crate::backend::local::{LocalBackend, LocalOptions};
use crate::config::{self, BackendSettings, ReachedBy};
use crate::domain::Refusal;
use crate::domain::calendar::{end_day, seconds};
use crate::wire::Session;

/// What to do about a credential that ends soon.
pub(super) const RENEW: &str =
    "ask whoever runs the server for a new one ('tokendeck operator create')";

#[derive(Serialize)]
struct Listed {
    total: usize,
    backends: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    name: String,
    kind: String,
    place: String,
    default: bool,
    colour: Option<String>,
    read_only: bool,
}

#[derive(Serialize)]
struct Tested<'s> {
    session: &'s Session,
    ms: u128,
}

/// Does what the command says.
pub(super) fn run(call: &Invocation, command: &BackendCommand) -> Ended {
    match command {
        BackendCommand::List => list(call),
        BackendCommand::Test { name } => test(call, name),
        BackendCommand::Add(args) => change::add(call, args),
        BackendCommand::Edit(args) => change::edit(call, args),
        BackendCommand::Remove { name } => change::remove(call, name),
    }
}

fn list(call: &Invocation) -> Ended {
    let line = |(name, backend): (&String, &BackendSettings)| Line {
        name: name.clone(),
        kind: backend.kind.to_string(),
        place: backend.url.clone().unwrap_or_else(|| path(backend).display().to_string()),
        default: *name == call.settings.backend,
        colour: backend.colour.map(|colour| colour.to_string()),
        read_only: backend.read_only,
    };
    let backends: Vec<Line> = call.settings.config.backends.iter().map(line).collect();
    let listed = Listed { total: backends.len(), backends };
    call.output.list(&listed, &listed.backends, |_| {
        let mark = |yes: bool| if yes { "yes" } else { "" }.to_owned();
        let row = |line: &Line| {
            let colour = line.colour.clone().unwrap_or_default();
            let (default, read_only) = (mark(line.default), mark(line.read_only));
            let place = line.place.clone();
            vec![line.name.clone(), line.kind.clone(), place, default, colour, read_only]
        };
        let rows = listed.backends.iter().map(row).collect();
        Sheet::new(vec!["Name", "Kind", "Place", "Default", "Colour", "Read-only"], rows)
    })?;
    Ok(Finish::Done)
}

/// The file of a local store.
pub(super) fn path(backend: &BackendSettings) -> PathBuf {
    backend.path.clone().or_else(config::data_file).unwrap_or_default()
}

fn test(call: &Invocation, name: &str) -> Ended {
    let known = call.settings.config.backends.get(name);
    let missing = || Refusal::NotFound { what: "backend", name: name.to_owned() };
    let backend = known.ok_or_else(missing)?;
    block_on(async {
        let opened = match (backend.kind, backend.remote()) {
            (ReachedBy::Remote, Some(remote)) => {
                server(&ServerOpener::of(call), name, &remote).await?
            }
            _ => LocalBackend::open(LocalOptions {
                path: path(backend),
                name: name.to_owned(),
                ..call.local_options()
            })?,
        };
        let start = std::time::Instant::now();
        let session = opened.session().await?;
        let ms = start.elapsed().as_millis();
        let credential = session.credential_expires_at.map_or_else(|| "-".to_owned(), seconds);
        let realm = realm(&session.operator, &opened.catalogue().await?);
        call.output.record(&Tested { session: &session, ms }, |_| {
            let operator = &session.operator;
            let role = session.role().map(|role| format!("{role} of ")).unwrap_or_default();
            Sheet::of_record(vec![
                ("Backend", format!("{name} ({})", session.kind)),
                ("Place", session.place.clone()),
                ("You are", format!("{} ({}), {role}{realm}", operator.name, operator.login)),
                ("Credential ends", credential),
                ("Answered in", format!("{ms} ms")),
            ])
        })?;
        if let Some(end) = session.credential_ends_soon() {
            call.output.note(&format!("your operator credential ends {}: {RENEW}", end_day(end)));
        }
        opened.close().await?;
        Ok(Finish::Done)
    })
}

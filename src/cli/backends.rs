//! `tokendeck backend`: the backends there are, whether one answers, and a new one.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::args::{BackendAddArgs, BackendCommand};
use super::call::{Invocation, block_on};
use super::connect::{ServerOpener, server};
use super::credential;
use super::deck::realm;
use super::exit::Finish;
use super::failure::{Ended, Failure};
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
        BackendCommand::Add(args) => add(call, args),
    }
}

fn list(call: &Invocation) -> Ended {
    let line = |(name, backend): (&String, &BackendSettings)| Line {
        name: name.clone(),
        kind: backend.kind.to_string(),
        place: backend.url.clone().unwrap_or_else(|| path(backend).display().to_string()),
        default: *name == call.settings.backend,
    };
    let backends: Vec<Line> = call.settings.config.backends.iter().map(line).collect();
    let listed = Listed { total: backends.len(), backends };
    call.output.list(&listed, &listed.backends, |_| {
        let mark = |line: &Line| if line.default { "yes" } else { "" }.to_owned();
        let row = |line: &Line| {
            vec![line.name.clone(), line.kind.clone(), line.place.clone(), mark(line)]
        };
        let rows = listed.backends.iter().map(row).collect();
        Sheet::new(vec!["Name", "Kind", "Place", "Default"], rows)
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

/// Adds a server to the file beside the settings, which nobody else writes.
fn add(call: &Invocation, args: &BackendAddArgs) -> Ended {
    let settings = call.settings.settings.iter().find(|setting| setting.key == "config");
    let settings = settings.map(|setting| PathBuf::from(&setting.value));
    let settings = settings.filter(|path| path.is_absolute()).or_else(config::config_file);
    let none = || Failure::Usage("there is no home folder to keep it in: name --config".to_owned());
    let file = config::backends_file(&settings.ok_or_else(none)?);
    let entry = entry(args)?;
    let unread = |error| Failure::Usage(format!("cannot read '{}': {error}", file.display()));
    let written = config::read_if_there(&file).map_err(unread)?.unwrap_or_default();
    if call.settings.config.backends.contains_key(&args.name) {
        let message =
            format!("there is a backend '{}' already: edit {}", args.name, file.display());
        return Err(Failure::Usage(message));
    }
    if call.common.dry_run {
        call.output.note(&format!("would add to '{}':\n{entry}", file.display()));
        return Ok(Finish::Done);
    }
    let text =
        if written.is_empty() { entry } else { format!("{}\n\n{entry}", written.trim_end()) };
    write(&file, &text).map_err(|error| Failure::Write { path: file.clone(), error })?;
    call.output.note(&format!("'{}' added to '{}'", args.name, file.display()));
    if let Err(why) = credential::in_file(&config::from_here(&args.credential_file)) {
        call.output.note(&format!("before it can be used: {}", why.message()));
    }
    call.output.note(&format!(
        "try it: tokendeck backend test {0}; use it: tokendeck --backend {0}",
        args.name
    ));
    Ok(Finish::Done)
}

/// The path as it is meant here, whatever folder the program is started in later.
fn from_anywhere(path: &Path) -> Result<PathBuf, Failure> {
    if config::expand(path) != path {
        return Ok(path.to_owned());
    }
    std::path::absolute(path).map_err(|error| Failure::Usage(error.to_string()))
}

/// The entry as the file holds it, judged as the file will be.
fn entry(args: &BackendAddArgs) -> Result<String, Failure> {
    #[derive(Serialize)]
    struct Entry<'a> {
        kind: &'a str,
        url: &'a str,
        credential_file: PathBuf,
        #[serde(skip_serializing_if = "Option::is_none")]
        ca_file: Option<PathBuf>,
    }
    let entry = Entry {
        kind: "remote",
        url: args.url.trim(),
        credential_file: from_anywhere(&args.credential_file)?,
        ca_file: args.ca_file.as_deref().map(from_anywhere).transpose()?,
    };
    let unfit = |error: toml::ser::Error| Failure::Usage(error.to_string());
    let text = toml::to_string(&entry).map_err(unfit)?;
    let text = format!("[backends.{}]\n{text}", args.name);
    config::parse(&text, "backends.toml", &())?;
    crate::backend::remote::check_url(&args.url)?;
    Ok(text)
}

/// Written whole or not at all, in a folder that nobody else writes to. A link stays one:
/// what it leads to is written.
fn write(file: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let file = &if file.is_symlink() { file.canonicalize()? } else { file.to_owned() };
    let draft = file.with_extension("toml.new");
    let mut new =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    new.write_all(text.as_bytes())?;
    new.sync_all()?;
    std::fs::rename(&draft, file)
}

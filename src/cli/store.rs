//! `tokendeck store`: makes a store, says how it is, and checks it. None of these
//! shows a token, so none needs an operator.

use std::path::PathBuf;

use serde::Serialize;

use super::accept_clock;
use super::args::{FillArgs, StoreCommand};
use super::call::Invocation;
use super::exit::Finish;
use super::failure::{Ended, Failure};
use super::keep;
use super::login::system_login;
use super::output::{Format, Output, Progress, Sheet};
use crate::backend::BackendError;
use crate::backend::local::{
    self, EXAMPLE_LOGIN, Filling, InitKind, NewPlace, ReserveState, StorePlace, StoreStatus,
};
use crate::domain::Refusal;
use crate::domain::calendar::seconds;
use crate::text::thousands;

/// Does what the command says.
pub(super) fn run(call: &Invocation, command: &StoreCommand) -> Ended {
    match command {
        StoreCommand::Init { example, trial } => init(call, *example, *trial),
        StoreCommand::Fill(args) => fill(call, args),
        StoreCommand::Backup { file } => keep::backup(call, file),
        StoreCommand::Restore { file } => keep::restore(call, file),
        StoreCommand::Status => status(call),
        StoreCommand::AcceptClock => accept_clock::run(call),
        StoreCommand::Check => check(call),
    }
}

fn init(call: &Invocation, example: bool, trial: bool) -> Ended {
    let Invocation { common, settings, output, .. } = call;
    if settings.read_only {
        return Err(Refusal::ReadOnly.into());
    }
    let path = &settings.store;
    let kind = match (example, trial) {
        (true, _) => InitKind::Example { shift_to: None },
        (false, true) => InitKind::Trial,
        (false, false) => InitKind::Normal,
    };
    let place = NewPlace::of(path).map_err(BackendError::from)?;
    if common.dry_run {
        output.note(&format!("would make a store at '{}'", path.display()));
        return Ok(Finish::Done);
    }
    let report = local::init(&place, kind, &system_login())?;
    // The store is there; a reserve is made later too, once there is room.
    let made = StorePlace::of(path).map_err(BackendError::from);
    let reserve = made.and_then(|place| local::make_reserve(&place)).unwrap_or_default();
    let reserve_shown = reserve.as_ref().map(|path| path.display().to_string());
    output.record(&Made { report: &report, reserve }, |format| {
        let mut root = report.operator.clone();
        if example && format == Format::Table {
            root = format!("{root}; try --as {EXAMPLE_LOGIN}");
        }
        Sheet::of_record(vec![
            ("Path", report.path.display().to_string()),
            ("Key file", report.key_file.display().to_string()),
            ("Reserve", reserve_shown.unwrap_or_else(|| "not made: no room for it".to_owned())),
            ("Kind", report.kind.to_string()),
            ("Superadmin", root),
            ("Tokens", report.tokens.to_string()),
        ])
    })?;
    Ok(Finish::Done)
}

/// Adds made-up tokens.
fn fill(call: &Invocation, args: &FillArgs) -> Ended {
    let Invocation { common, settings, output, .. } = call;
    if settings.read_only {
        return Err(Refusal::ReadOnly.into());
    }
    let options = call.local_options();
    if common.dry_run {
        local::may_fill(&options.path)?;
        let place = options.path.display();
        let tokens = thousands(args.tokens);
        output.note(&format!("would add {tokens} made-up tokens to '{place}'"));
        return Ok(Finish::Done);
    }
    let (tokens, seed, accounts) = (args.tokens, args.seed, args.accounts.into());
    let filling = Filling { tokens, seed, accounts, active: args.active };
    let mut progress = Progress::new(*output);
    let told = &mut |made| progress.show("fill", made, args.tokens);
    let report = local::fill(&options, filling, told);
    drop(progress);
    let report = report?;
    output.record(&report, |_| {
        Sheet::of_record(vec![
            ("Path", report.path.display().to_string()),
            ("Store", if report.made { "made" } else { "there before" }.to_owned()),
            ("Tokens", report.tokens.to_string()),
            ("Accounts", report.accounts.to_string()),
            ("Seed", report.seed.to_string()),
        ])
    })?;
    Ok(Finish::Done)
}

/// What was made, as JSON.
#[derive(Serialize)]
struct Made<'r> {
    #[serde(flatten)]
    report: &'r local::InitReport,
    /// The file that keeps room for revoke and disable; none = there is no room for it.
    reserve: Option<PathBuf>,
}

fn status(call: &Invocation) -> Ended {
    let status = local::status(call.place()?).map_err(BackendError::from)?;
    call.output.record(&status, |_| Sheet::of_record(lines(&status)))?;
    Ok(Finish::Done)
}

fn lines(status: &StoreStatus) -> Vec<(&'static str, String)> {
    let files = status
        .files
        .iter()
        .map(|file| format!("{} {} bytes, mode {}", file.path.display(), file.size, file.mode));
    let counts = &status.counts;
    vec![
        ("Kind", status.kind.to_string()),
        ("Retention", status.retention.to_string()),
        ("Prefix", status.prefix.clone()),
        ("Schema", status.schema.to_string()),
        ("Sequence", status.sequence.to_string()),
        ("Last event", status.last_event_at.map_or_else(|| "-".to_owned(), seconds)),
        ("Time known", status.clock_mark.map_or_else(|| "-".to_owned(), seconds)),
        ("Tokens", counts.tokens.to_string()),
        ("Users", counts.users.to_string()),
        ("Accounts", counts.accounts.to_string()),
        ("Modules", counts.modules.to_string()),
        ("Scopes", counts.scopes.to_string()),
        ("Groups", counts.groups.to_string()),
        ("Files", files.collect::<Vec<_>>().join("; ")),
        ("Reserve", reserve(status.reserve)),
        ("Free", status.free.map_or_else(|| "-".to_owned(), |free| format!("{free} bytes"))),
        ("Key", status.key_problem.clone().unwrap_or_else(|| "in place".to_owned())),
    ]
}

fn reserve(state: ReserveState) -> String {
    match state {
        ReserveState::Whole => "in place".to_owned(),
        ReserveState::Released { left } => {
            format!("released, {left} bytes left: only revoke and disable work until it is filled")
        }
        ReserveState::Missing => "never made".to_owned(),
    }
}

#[derive(Serialize)]
struct Checked {
    well: bool,
    findings: Vec<Looked>,
}

#[derive(Serialize)]
struct Looked {
    what: String,
    problem: Option<String>,
}

/// Files, structure, key and the chain of events.
fn check(call: &Invocation) -> Ended {
    let looked = local::check(call.place()?).map_err(BackendError::from)?.into_iter();
    let findings: Vec<_> =
        looked.map(|finding| Looked { what: finding.what, problem: finding.problem }).collect();
    let well = findings.iter().all(|finding| finding.problem.is_none());
    print(call.output, &Checked { well, findings })?;
    Ok(if well { Finish::Done } else { Finish::No })
}

fn print(output: Output, checked: &Checked) -> Result<(), Failure> {
    output.list(checked, &checked.findings, |format| {
        let fine = if format == Format::Csv { "" } else { "well" };
        let problem = |look: &Looked| look.problem.clone().unwrap_or_else(|| fine.to_owned());
        let row = |look: &Looked| vec![look.what.clone(), problem(look)];
        Sheet::new(vec!["What", "Problem"], checked.findings.iter().map(row).collect())
    })
}

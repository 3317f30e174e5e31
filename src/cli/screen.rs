//! Opens the terminal program: plain `tokendeck` on the operator's own store, and
//! `tokendeck demo` on a throwaway copy of the example.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use super::call::{Invocation, block_on};
use super::connect::{self, For};
use super::exit::Finish;
use super::failure::{Ended, Failure};
use super::judge::own_commands;
use super::locale::Terminal;
use super::login::system_login;
use super::state_file::StateFile;
use super::switch::{Configured, DemoPeople};
use super::themes::ThemeShelf;
use crate::backend::local::{
    self, EXAMPLE_LOGIN, EXAMPLE_ROOT, InitKind, LocalBackend, LocalOptions, NewPlace,
};
use crate::backend::{Backend, BackendError};
use crate::config::{self, RowsOfPage};
use crate::domain::{Catalogue, Query, Window};
use crate::tui::clipboard::{Plan, Setting};
use crate::tui::{self, Command, Keymap, Options, Setup};
use crate::wire::Session;

/// The terminal program on the backend in force. A first start makes the store.
pub(super) fn open(call: &Invocation) -> Ended {
    must_have_terminal()?;
    block_on(async {
        let (backend, _) = connect::open(call, For::Screen).await?;
        // Without a home folder the store was named by hand; the view lies beside it.
        let state =
            config::state_file().unwrap_or_else(|| call.settings.store.with_extension("view"));
        let backends = Arc::new(Configured::of(call));
        let memory = StateFile::new(state);
        let views = call.settings.views_file.clone();
        let memory = Arc::new(match views {
            Some(views) => memory.with_views(views),
            None => memory,
        });
        let far = call.settings.remote.as_ref().map(|_| chrono::Utc::now());
        show(Setup { backend, far, backends, options: options(call), first_message: None, memory })
            .await
    })
}

/// The terminal program on the example. Its folder goes when the program does.
pub(super) fn demo(call: &Invocation) -> Ended {
    must_have_terminal()?;
    let folder = tempfile::Builder::new()
        .prefix("tokendeck-demo-")
        .permissions(std::fs::Permissions::from_mode(0o700))
        .tempdir()
        .map_err(Failure::Folder)?;
    let path = folder.path().join("store.db");
    // With a frozen clock the fixture's own dates are the right ones.
    let shift_to = if call.common.now.is_some() { None } else { Some(chrono::Utc::now()) };
    let place = NewPlace::of(&path).map_err(BackendError::from)?;
    local::init(&place, InitKind::Example { shift_to }, &system_login())?;
    // What the settings say of a backend is not said of the demo.
    let read_only = call.settings.read_only_everywhere;
    let usual = LocalOptions { read_only, ..call.local_options() };
    let login = usual.login.clone().or_else(|| Some(EXAMPLE_LOGIN.to_owned()));
    let chosen = LocalOptions { path, login, name: "demo".to_owned(), ..usual };
    block_on(async {
        let backend = LocalBackend::open(chosen.clone())?;
        let session = backend.session().await?;
        let options = options(call);
        let sought = Query { search: TRY.to_owned(), ..Query::default() };
        let finds = backend.list(sought, Window { offset: 0, limit: 1 }).await?.total > 0;
        let message = greeting(&session, &options.keymap, finds);
        let all = everybody(&chosen).await?;
        let people = Arc::new(DemoPeople::of(chosen, &session.operator, &all));
        let state = folder.path().join("state.toml");
        let (memory, first_message) = (Arc::new(StateFile::new(state)), Some(message));
        show(Setup { backend, far: None, backends: people, options, first_message, memory }).await
    })
}

/// Whom the demo can be tried as, and what is to be seen then.
const PEOPLE: [(&str, &str); 3] =
    [(EXAMPLE_LOGIN, "tokens"), ("kim", "users"), (EXAMPLE_ROOT, "everything")];

/// Words of a search that finds something in the example, by whoever sees it.
const TRY: &str = "robot";

/// "You are Ada, Admin. Try /robot, Enter, !. p: kim users, rosa everything": whose screen it
/// is, a first thing to do, and whom else it can be seen as for what.
fn greeting(session: &Session, keymap: &Keymap, finds: bool) -> String {
    let operator = &session.operator;
    let first = operator.name.split_whitespace().next().unwrap_or(&operator.login);
    let role = session.role().map(|role| format!(", {role}")).unwrap_or_default();
    let key = |command| keymap.keys_of(command).into_iter().next().filter(|key| !key.is_empty());
    let danger = key(Command::Revoke).filter(|_| operator.manage_tokens);
    let danger = danger.and_then(|keys| keys.split(' ').next().map(|first| format!(", {first}")));
    let danger = danger.unwrap_or_default();
    let way = key(Command::Search).filter(|_| finds);
    let way = way.map(|search| format!(" Try {search}{TRY}, Enter{danger}."));
    let others = PEOPLE.into_iter().filter(|(login, _)| *login != operator.login);
    let others: Vec<_> = others.take(2).map(|(login, what)| format!("{login} {what}")).collect();
    let others = key(Command::Backend).map(|switch| format!(" {switch}: {}", others.join(", ")));
    let [way, others] = [way, others].map(Option::unwrap_or_default);
    format!("You are {first}{role}.{way}{others}")
}

/// The catalogue of the demo as nobody's accounts narrow it.
async fn everybody(demo: &LocalOptions) -> Result<Catalogue, BackendError> {
    let login = Some(EXAMPLE_ROOT.to_owned());
    let backend = LocalBackend::open(LocalOptions { login, ..demo.clone() })?;
    let all = backend.catalogue().await?;
    backend.close().await?;
    Ok(all)
}

/// It closes the backend that is open at the end.
async fn show(setup: Setup) -> Ended {
    tui::run(setup).await.map_err(failed)?;
    Ok(Finish::Done)
}

/// A backend that failed under the screen ends it as it would end a command.
fn failed(report: color_eyre::Report) -> Failure {
    match report.downcast::<BackendError>() {
        Ok(error) => error.into(),
        Err(report) => Failure::Screen(format!("{report:#}")),
    }
}

fn must_have_terminal() -> Result<(), Failure> {
    if !Terminal::of_process().moves_its_cursor() {
        return Err(Failure::Usage(
            "TERM=dumb: this terminal can't move its cursor, so there is no screen; \
             for such a line there are commands: tokendeck --help"
                .to_owned(),
        ));
    }
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        return Ok(());
    }
    Err(Failure::Usage(
        "the terminal program needs a terminal on standard input and output; \
         for scripts there are commands: tokendeck --help"
            .to_owned(),
    ))
}

fn options(call: &Invocation) -> Options {
    let config = &call.settings.config;
    let (ui, own) = (&config.ui, own_commands(&config.commands));
    let keymap = Keymap::remapped(&config.keys).unwrap_or_default();
    let terminal = Terminal::of_process();
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    Options {
        page_size: match ui.page_size {
            RowsOfPage::Auto => tui::PageSize::Auto,
            RowsOfPage::Rows(rows) => tui::PageSize::Rows(rows.into()),
        },
        reveal_seconds: ui.reveal_seconds.into(),
        escape_ms: ui.escape_ms.into(),
        // The settings were judged when they were read.
        keymap: keymap.with_own(&own).unwrap_or_default(),
        own,
        themes: ThemeShelf::read(&ui.theme).themes,
        theme: ui.theme.clone(),
        color: terminal.has_color(),
        unicode: terminal.shows_marks(),
        slow_link: set("SSH_TTY") || set("SSH_CONNECTION"),
        read_only: call.settings.read_only_everywhere,
        frozen_clock: call.common.now.is_some(),
        export_dir: config::from_here(&ui.export_dir),
        clipboard: clipboard_plan(ui.clipboard, &|name| std::env::var_os(name)),
        zone: tui::Zone::Local,
    }
}

/// The ways to the clipboard under that setting, in that environment.
pub(super) fn clipboard_plan(
    setting: config::ClipboardUse,
    environment: &dyn Fn(&str) -> Option<OsString>,
) -> Plan {
    let setting = match setting {
        config::ClipboardUse::Auto => Setting::Auto,
        config::ClipboardUse::Native => Setting::Native,
        config::ClipboardUse::Osc52 => Setting::Terminal,
        config::ClipboardUse::Off => Setting::Off,
    };
    Plan::new(setting, environment)
}

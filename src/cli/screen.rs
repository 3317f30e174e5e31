//! Opens the terminal program: plain `tokendeck` on the operator's own store, and
//! `tokendeck demo` on a throwaway copy of the example.

use std::io::{self, IsTerminal};
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use super::args::Common;
use super::deck::local_options;
use super::exit::{Exit, Failure, Outcome};
use super::login::system_login;
use crate::backend::Backend;
use crate::backend::local::{self, InitKind, LocalBackend, LocalOptions};
use crate::config::{Loaded, PageSize, Ui};
use crate::tui::{self, Options, Setup};

/// Whom the demo takes you for.
const DEMO_LOGIN: &str = "ada";

/// The terminal program on the backend in force. A first start makes the store.
pub(super) async fn open(common: &Common, settings: &Loaded) -> Outcome {
    must_have_terminal()?;
    let backend = LocalBackend::open_or_init(local_options(settings, common.now))?;
    show(backend, options(&settings.config.ui, common), None).await
}

/// The terminal program on the example. Its folder goes when the program does.
pub(super) async fn demo(common: &Common, settings: &Loaded) -> Outcome {
    must_have_terminal()?;
    let folder = tempfile::Builder::new()
        .prefix("tokendeck-demo-")
        .permissions(std::fs::Permissions::from_mode(0o700))
        .tempdir()
        .map_err(|error| Failure::Usage(format!("cannot make a folder for the demo: {error}")))?;
    let path = folder.path().join("store.db");
    // With a frozen clock the fixture's own dates are the right ones.
    let shift_to = if common.now.is_some() { None } else { Some(chrono::Utc::now()) };
    local::init(&path, InitKind::Example { shift_to }, &system_login())?;
    let login = settings.login.clone().unwrap_or_else(|| DEMO_LOGIN.to_owned());
    let backend = LocalBackend::open(LocalOptions {
        path,
        login: Some(login),
        name: "demo".to_owned(),
        ..local_options(settings, common.now)
    })?;
    let message = greeting(&backend.session().await?);
    show(backend, options(&settings.config.ui, common), Some(message)).await
}

fn greeting(session: &crate::wire::Session) -> String {
    let operator = &session.operator;
    format!(
        "You are {}, {}, on a throwaway copy of the example; --as kim, rosa or dora shows others",
        operator.name, operator.role
    )
}

async fn show(
    backend: Arc<LocalBackend>,
    options: Options,
    first_message: Option<String>,
) -> Outcome {
    let backend: Arc<dyn Backend> = backend;
    let setup = Setup { backend: Arc::clone(&backend), options, first_message };
    let shown = tui::run(setup).await;
    let closed = backend.close().await;
    shown.map_err(|report| Failure::Screen(report.to_string()))?;
    closed?;
    Ok(Exit::Done)
}

fn must_have_terminal() -> Result<(), Failure> {
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        return Ok(());
    }
    Err(Failure::Usage(
        "the terminal program needs a terminal on standard input and output; \
         for scripts there are commands: tokendeck --help"
            .to_owned(),
    ))
}

fn options(ui: &Ui, common: &Common) -> Options {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    Options {
        page_size: match ui.page_size {
            PageSize::Auto => tui::PageSize::Auto,
            PageSize::Rows(rows) => tui::PageSize::Rows(rows.into()),
        },
        reveal_seconds: ui.reveal_seconds.into(),
        escape_ms: ui.escape_ms.into(),
        color: !set("NO_COLOR"),
        unicode: speaks_utf8(),
        slow_link: set("SSH_TTY") || set("SSH_CONNECTION"),
        frozen_clock: common.now.is_some(),
    }
}

/// Whether the locale says UTF-8: the first of these variables that is set decides.
fn speaks_utf8() -> bool {
    let first = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    let locale = first.unwrap_or_default().to_ascii_lowercase().replace('-', "");
    locale.contains("utf8")
}

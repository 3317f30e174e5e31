//! `tokendeck doctor`: looks at all that the program stands on and says what works
//! and what to do. Changes nothing, and looks on where something is broken.

mod check;
mod clipboard;
mod clock;
mod page;
mod server;
mod settings;
mod store;
mod terminal;

use std::ffi::OsString;

use serde::Serialize;

use self::check::{Check, State};
use super::args::Common;
use super::call::{Invocation, early_format};
use super::exit::Finish;
use super::failure::{Ended, Failure};
use super::locale::Terminal;
use super::output::{self, Format, Output, Sheet};
use super::screen;
use crate::config;
use crate::tui::clipboard::Plan;

#[derive(Serialize)]
struct Report {
    well: bool,
    checks: Vec<Check>,
}

/// Looks at everything. Settings that can't be read leave the store unlooked at, for
/// they say where it is.
pub(super) fn run(common: &Common, call: &Result<Invocation, Failure>) -> Ended {
    let output = match call {
        Ok(call) => call.output,
        Err(_) => Output::new(early_format(common.output)),
    };
    let environment = |name: &str| std::env::var_os(name);
    let mut checks = terminal::checks(&Terminal::of_process(), &environment);
    checks.extend(clipboard::checks(plan(call, &environment), &environment));
    checks.extend(settings::checks(call));
    if let Ok(call) = call {
        match &call.settings.remote {
            Some(remote) => checks.extend(server::checks(call, remote)),
            None => checks.extend(store::checks(&call.settings.store)),
        }
    }
    let well = checks.iter().all(|check| check.state != State::Problem);
    print(output, &Report { well, checks })?;
    Ok(if well { Finish::Done } else { Finish::No })
}

/// The way to the clipboard by the settings, or by the usual ones where they can't
/// be read.
fn plan(
    call: &Result<Invocation, Failure>,
    environment: &dyn Fn(&str) -> Option<OsString>,
) -> Plan {
    let setting = call
        .as_ref()
        .map_or_else(|_| config::ClipboardUse::default(), |call| call.settings.config.ui.clipboard);
    screen::clipboard_plan(setting, environment)
}

fn print(output: Output, report: &Report) -> Result<(), Failure> {
    if output.format() == Format::Table {
        return output::print(&page::of(&report.checks, output.columns()));
    }
    output.list(report, &report.checks, |_| {
        let row = |check: &Check| {
            let advice = check.advice.clone().unwrap_or_default();
            vec![check.area.to_owned(), check.state.to_string(), check.found.clone(), advice]
        };
        Sheet::new(
            vec!["Area", "State", "Found", "Advice"],
            report.checks.iter().map(row).collect(),
        )
    })
}

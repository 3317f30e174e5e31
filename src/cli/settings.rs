//! `tokendeck config`: the settings in force, and the file that documents them.

use serde::Serialize;

use super::call::Call;
use super::exit::Exit;
use super::failure::Outcome;
use super::output::Sheet;
use crate::config::Setting;

#[derive(Serialize)]
struct Shown<'s> {
    settings: Vec<Line<'s>>,
}

#[derive(Serialize)]
struct Line<'s> {
    key: &'s str,
    value: &'s str,
    source: String,
}

impl<'s> Line<'s> {
    fn of(setting: &'s Setting) -> Self {
        Self { key: &setting.key, value: &setting.value, source: setting.source.to_string() }
    }
}

/// Every setting with its source.
pub(super) fn show(call: &Call) -> Outcome {
    let shown = Shown { settings: call.settings.settings.iter().map(Line::of).collect() };
    call.output.list(&shown, &shown.settings, |_| {
        let row =
            |line: &Line| vec![line.key.to_owned(), line.value.to_owned(), line.source.clone()];
        Sheet::new(vec!["Key", "Value", "Source"], shown.settings.iter().map(row).collect())
    })?;
    Ok(Exit::Done)
}

//! `tokendeck config`: the settings in force, and the file that documents them.

use serde::Serialize;

use super::exit::{Exit, Outcome};
use super::output::{Output, Sheet};
use crate::config::{Loaded, Setting};

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

/// Every setting with its source.
pub(super) fn show(output: Output, settings: &Loaded) -> Outcome {
    let line = |setting: &'_ Setting| setting.source.to_string();
    let lines: Vec<Line> = settings
        .settings
        .iter()
        .map(|s| Line { key: &s.key, value: &s.value, source: line(s) })
        .collect();
    let shown = Shown { settings: lines };
    output.list(&shown, &shown.settings, |_| {
        let row =
            |line: &Line| vec![line.key.to_owned(), line.value.to_owned(), line.source.clone()];
        Sheet::new(vec!["Key", "Value", "Source"], shown.settings.iter().map(row).collect())
    })?;
    Ok(Exit::Done)
}

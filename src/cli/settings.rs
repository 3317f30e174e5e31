//! `tokendeck config`: the settings in force, and the file that documents them.

use std::borrow::Cow;

use serde::Serialize;

use super::call::Invocation;
use super::exit::Finish;
use super::failure::Ended;
use super::output::Sheet;
use crate::config::{Config, LoadedSetting, SettingSource};
use crate::domain::leak;
use crate::tui::{Command, Keymap};

#[derive(Serialize)]
struct Shown<'s> {
    settings: Vec<Line<'s>>,
}

#[derive(Serialize)]
struct Line<'s> {
    key: Cow<'s, str>,
    value: Cow<'s, str>,
    source: String,
}

impl<'s> Line<'s> {
    fn of(setting: &'s LoadedSetting) -> Self {
        Self {
            key: setting.key.as_str().into(),
            // Whatever was written there by mistake is nothing to be printed.
            value: leak::hide(&setting.value).into(),
            source: setting.source.to_string(),
        }
    }

    /// The keys of a command, as the file would hold them.
    fn of_command(command: Command, config: &Config, keymap: &Keymap) -> Self {
        let own = config.keys.values().any(|commands| commands.contains_key(command.name()));
        let source = if own { SettingSource::File } else { SettingSource::Default };
        Self {
            key: format!("keys.{}.{command}", command.section().name()).into(),
            value: format!("{:?}", keymap.keys_of(command)).into(),
            source: source.to_string(),
        }
    }
}

/// Every setting with its source, the keys of every command among them.
pub(super) fn show(call: &Invocation) -> Ended {
    let config = &call.settings.config;
    let keymap = Keymap::remapped(&config.keys).unwrap_or_default();
    let keys = Command::all().map(|command| Line::of_command(command, config, &keymap));
    let own = config.commands.iter().map(|(name, command)| Line {
        key: format!("commands.{name}.run").into(),
        value: leak::hide(&format!("{:?}", command.run)).into(),
        source: SettingSource::File.to_string(),
    });
    let all = call.settings.settings.iter().map(Line::of).chain(keys).chain(own);
    let shown = Shown { settings: all.collect() };
    call.output.list(&shown, &shown.settings, |_| {
        let row =
            |line: &Line| vec![line.key.to_string(), line.value.to_string(), line.source.clone()];
        Sheet::new(vec!["Key", "Value", "Source"], shown.settings.iter().map(row).collect())
    })?;
    Ok(Finish::Done)
}

//! What the program writes about itself: manual pages, the documented
//! settings file and its schema. All of it comes from the tables in force and works
//! however wrong the settings are.

use std::fs;
use std::path::Path;

use clap::CommandFactory as _;
use serde_json::{Value, json};
use strum::IntoEnumIterator as _;

use super::Cli;
use super::exit::Finish;
use super::failure::{Ended, Failure};
use super::output;
use crate::config::{self, Config};
use crate::tui::{Command, Scope};

/// One page for the program and one for each verb.
pub(super) fn manual(folder: &Path) -> Ended {
    let failed = |error| Failure::Write { path: folder.to_owned(), error };
    fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(Cli::command(), folder).map_err(failed)?;
    Ok(Finish::Done)
}

/// The file that documents every setting.
pub(super) fn default_settings() -> Ended {
    output::print(config::DEFAULT_FILE)?;
    Ok(Finish::Done)
}

/// The schema of the settings file.
pub(super) fn schema() -> Ended {
    let mut schema = schemars::schema_for!(Config);
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert("keys".to_owned(), keys_schema());
    }
    output::print(&format!("{:#}\n", Value::from(schema)))?;
    Ok(Finish::Done)
}

/// The keys as the settings file holds them: the names of scopes and commands are
/// the screen's, so the settings themselves could not say them.
fn keys_schema() -> Value {
    let scopes = Scope::iter().map(|scope| (scope.name().to_owned(), scope_schema(scope)));
    json!({
        "description": "Keys in place of those that ship, by scope and command.",
        "type": "object",
        "properties": scopes.collect::<serde_json::Map<_, _>>(),
        "additionalProperties": false,
    })
}

fn scope_schema(scope: Scope) -> Value {
    let commands = Command::all().filter(|command| command.may_stand_under(scope));
    let entry = |command: Command| {
        let row = command.row();
        let schema = json!({
            "description": row.help,
            "type": "array",
            "items": { "type": "string" },
            "default": row.keys,
        });
        (command.name().to_owned(), schema)
    };
    json!({
        "type": "object",
        "properties": commands.map(entry).collect::<serde_json::Map<_, _>>(),
        "additionalProperties": false,
    })
}

//! The verbs that are not about single tokens.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::free_text::FreeText;
use crate::domain::Method;

/// Checks a value.
#[derive(Debug, Args)]
pub(in crate::cli) struct VerifyArgs {
    /// "-": the value is read from standard input
    #[arg(value_name = "INPUT")]
    pub(in crate::cli) input: String,
    /// Module to be called, by id or name
    #[arg(long, value_name = "MODULE", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) module: Option<String>,
    /// Method of the call
    #[arg(long, value_name = "METHOD", default_value = "GET")]
    pub(in crate::cli) method: Method,
}

/// Finds records.
#[derive(Debug, Args)]
pub(in crate::cli) struct LookupArgs {
    /// "-": a text with values or GUIDs anywhere in it, or an id or name, is read from standard
    /// input; it is never echoed
    #[arg(value_name = "INPUT")]
    pub(in crate::cli) input: String,
    /// Revoke the tokens whose values are in it, after one question for all of them
    #[arg(long)]
    pub(in crate::cli) revoke: bool,
}

/// The settings.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ConfigCommand {
    /// Every setting in force, with its source
    Show,
    /// Print the file that documents every setting
    Default,
    /// Print the JSON schema of the file, for editors that complete and check it
    Schema,
}

/// Writes the manual.
#[derive(Debug, Args)]
pub(in crate::cli) struct ManArgs {
    /// Folder to write the pages to; it is made if it is not there
    #[arg(value_name = "DIR")]
    pub(in crate::cli) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CompletionArgs {
    /// Shell
    #[arg(value_name = "SHELL")]
    pub(in crate::cli) shell: clap_complete::Shell,
}

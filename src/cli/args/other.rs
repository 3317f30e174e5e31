//! The verbs that are not about single tokens.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::domain::Method;
use crate::domain::calendar::When;

/// Checks a value.
#[derive(Debug, Args)]
pub(in crate::cli) struct VerifyArgs {
    /// "-": the value is read from standard input
    #[arg(value_name = "INPUT")]
    pub(in crate::cli) input: String,
    /// Module to be called, by id or name
    #[arg(long, value_name = "MODULE", allow_hyphen_values = true, value_parser = super::FreeText)]
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

/// The audit trail.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum AuditCommand {
    /// List events, newest first
    List(AuditListArgs),
    /// Check the chain of events from the first to the last
    Verify,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AuditListArgs {
    /// About this token only, by id, GUID or unambiguous name
    #[arg(long, value_name = "ID", allow_hyphen_values = true, value_parser = super::FreeText)]
    pub(in crate::cli) token: Option<String>,
    /// Done by this user only, by id, login or name
    #[arg(long, value_name = "USER", allow_hyphen_values = true, value_parser = super::FreeText)]
    pub(in crate::cli) by: Option<String>,
    /// Not before this: a date, an instant, or a time ago such as 24h or 30d
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) since: Option<When>,
    /// Rows at the most
    #[arg(long, value_name = "N")]
    pub(in crate::cli) limit: Option<usize>,
    /// Rows to leave out at the start
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) offset: usize,
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

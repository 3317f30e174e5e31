//! The command line as clap reads it: one file per family of verbs. Knows words
//! and their forms, not what they do.

mod audit;
mod backend;
mod blank;
mod catalog;
mod filter;
mod free_text;
mod operator;
mod other;
mod policy;
#[cfg(feature = "server")]
mod serve;
mod store;
mod token;
mod user;
mod view;
mod word;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub(super) use audit::{
    AuditCommand, AuditExportArgs, AuditFilters, AuditFollowArgs, AuditListArgs, AuditTimes,
    AuditVerifyArgs,
};
pub(super) use backend::{BackendAddArgs, BackendCommand, BackendEditArgs};
pub(super) use catalog::{
    AccountFields, AddCommand, CatalogCommand, CatalogKind, EditCommand, GroupFields, ModuleFields,
    RemoveArgs, RuleDays, UserFields,
};
pub(super) use filter::FilterArgs;
use free_text::FreeText;
pub(super) use operator::{OperatorCommand, OperatorCreateArgs, OperatorRevokeArgs};
pub(super) use other::{CompletionArgs, ConfigCommand, LookupArgs, ManArgs, VerifyArgs};
pub(super) use policy::{PolicyCheckArgs, PolicyCommand};
#[cfg(feature = "server")]
pub(super) use serve::{Listen, ServeArgs};
pub(super) use store::{FillArgs, JobCommand, StoreCommand};
pub(super) use token::{
    ActArgs, CreateArgs, DropOldArgs, EditArgs, Grants, HandOverArgs, ImportArgs, ListArgs,
    RegenerateArgs, ReportArgs, RevokeAllArgs, ShowArgs, TokenCommand, ValueArgs,
};

pub(super) use user::{PeopleArgs, UserCommand, Whom};
pub(super) use view::ViewCommand;

use super::output::Format;
use crate::config::Flags;
use crate::domain::Time;
use crate::domain::calendar::When;

/// A keyboard-driven console for API tokens.
///
/// Without a command it opens the terminal program on the default backend.
#[derive(Debug, Parser)]
#[command(name = "tokendeck", version, after_help = EXITS, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Option<CliCommand>,
}

const EXITS: &str = "\
Exit codes: 0 done; 1 refused by the state or the rules, a value that verify rejects, or \
tokens that policy check finds; \
2 wrong usage; 3 not permitted; 4 not found; 5 partly done, or a change of unknown outcome: \
look before you repeat it; 6 store or server unavailable; 7 changed meanwhile; \
70 a fault of ours.

No flag or argument takes a token value: values are read from standard input.";

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Common options")]
#[expect(clippy::doc_markdown, reason = "these comments are the help text as people see it")]
pub(super) struct Common {
    /// Backend to open, by its name in the settings [env: TOKENDECK_BACKEND]
    #[arg(long, global = true, value_name = "NAME")]
    pub(super) backend: Option<String>,
    /// File of the store [env: TOKENDECK_STORE]
    #[arg(long, global = true, value_name = "PATH")]
    pub(super) store: Option<PathBuf>,
    /// Whom the store takes you for; default: the system's login [env: TOKENDECK_AS]
    #[arg(long = "as", global = true, value_name = "USER")]
    pub(super) login: Option<String>,
    /// Change nothing [env: TOKENDECK_READ_ONLY]
    #[arg(long, global = true)]
    pub(super) read_only: bool,
    /// Settings file [env: TOKENDECK_CONFIG]
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Freeze the clock at this instant; example and trial stores only
    #[arg(long, global = true, value_name = "TIME", value_parser = instant)]
    pub(super) now: Option<Time>,
    /// Form of the output [default: table] [env: TOKENDECK_OUTPUT]
    #[arg(long, short, global = true, value_name = "FORM")]
    pub(super) output: Option<Format>,
    /// Answer yes to the question a dangerous verb asks
    #[arg(long, global = true)]
    pub(super) yes: bool,
    /// The words a screen would want typed, such as "revoke 19"
    #[arg(long, global = true, value_name = "WORDS")]
    pub(super) confirm: Option<String>,
    /// Why something is changed; kept for ever with what is on record of it
    #[arg(long, global = true, value_name = "TEXT", allow_hyphen_values = true, value_parser = FreeText)]
    pub(super) reason: Option<String>,
    /// Say what would be done, skipped or refused, and do nothing
    #[arg(long, global = true)]
    pub(super) dry_run: bool,
}

impl Common {
    /// What is said about settings.
    pub(super) fn flags(&self) -> Flags {
        Flags {
            config: self.config.clone(),
            backend: self.backend.clone(),
            store: self.store.clone(),
            login: self.login.clone(),
            read_only: self.read_only,
            output: self.output.map(|format| format.to_string()),
        }
    }
}

fn instant(text: &str) -> Result<Time, String> {
    match text.parse() {
        Ok(When::Instant(time)) => Ok(time),
        Ok(When::Span(_) | When::Day(_) | When::EndOfMonth | When::EndOfYear) | Err(_) => {
            Err("write an instant such as 2026-03-10T12:00:00Z".to_owned())
        }
    }
}

/// The families of verbs.
#[derive(Debug, Subcommand)]
pub(super) enum CliCommand {
    /// List, show, create, change and end tokens
    #[command(subcommand)]
    Token(TokenCommand),
    /// Check a value on standard input: exit 0 "accepted", or exit 1 and the reason
    ///
    /// A pass counts as a use of the token: it sets its last access, and the first one
    /// of an exported value accepts it. With --dry-run it does not.
    Verify(VerifyArgs),
    /// Whose is a value, GUID or id on standard input, and in which state
    Lookup(LookupArgs),
    /// The audit trail
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Users and the tokens they hold: list, request, accept, remove, generate & export
    #[command(subcommand)]
    User(UserCommand),
    /// Accounts, users, modules, scopes and permission groups
    #[command(subcommand)]
    Catalog(CatalogCommand),
    /// What accounts ask of their tokens, and which do not keep to it
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Views: what a list of tokens shows, under a name
    #[command(subcommand)]
    View(ViewCommand),
    /// List, show, resume, stop and abandon bulk work
    #[command(subcommand)]
    Job(JobCommand),
    /// Credentials for operators who come through a server
    #[command(subcommand)]
    Operator(OperatorCommand),
    /// Backends: stores on this machine and servers
    #[command(subcommand)]
    Backend(BackendCommand),
    /// Make, fill, check, save and restore stores
    #[command(subcommand)]
    Store(StoreCommand),
    /// Serve the store to operators elsewhere, over HTTP
    ///
    /// They sign in with a credential of 'operator create'. Another address than this
    /// machine's own needs TLS, here or in a proxy before it.
    ///
    /// Standard output gets one line, "serving on URL", once it answers; standard error
    /// is the log, one JSON object a line, without values or names.
    #[cfg(feature = "server")]
    Serve(ServeArgs),
    /// The terminal program on a throwaway copy of the example
    Demo,
    /// The settings in force
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Look at terminal, clipboard, settings, store and clock: what works, what to do
    ///
    /// Ends with 0 where everything works, warnings or not, and with 1 where something
    /// is broken.
    Doctor,
    /// Completion script for a shell
    Completions(CompletionArgs),
    /// Manual pages, one a verb
    Man(ManArgs),
}

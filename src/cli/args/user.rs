//! The verbs of `tokendeck user`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::blank::{self, GivenFlag};
use super::free_text::FreeText;
use super::word::word;
use crate::cli::failure::Failure;
use crate::domain::Role;
use crate::wire::HoldingFilter;

/// Users and the tokens they hold.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum UserCommand {
    /// List users with what they hold
    List(PeopleArgs),
    /// Ask for a token on behalf of users; each accepts their own
    Request(HolderArgs),
    /// Take a requested or exported token of yours into service; prints a new value
    Accept(HolderArgs),
    /// Withdraw requests and exported values that wait for acceptance
    Cancel(HolderArgs),
    /// Remove the tokens of users that reach a module
    Remove(HolderArgs),
    /// Let users in again, and their tokens with them
    Enable(SwitchArgs),
    /// Keep users out, with their credentials and tokens, until they are enabled again
    Disable(SwitchArgs),
    /// Replace the tokens of users by new ones whose values are written to a file
    GenerateExport(ExportArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct PeopleArgs {
    /// Words that all occur in name, login, id or e-mail
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) search: Option<String>,
    /// Account, by id or name; none or all = all of yours
    #[arg(long, value_name = "ACCOUNT", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) account: Option<String>,
    /// Modules asked about, by id or name; none = tokens are counted
    #[arg(long, value_name = "MODULE", value_delimiter = ',', allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) module: Vec<String>,
    /// Only users with this: has, pending, nothing
    #[arg(long, value_name = "WHAT", value_parser = word::<HoldingFilter>)]
    pub(in crate::cli) holding: Option<HoldingFilter>,
    /// Only users of these roles
    #[arg(long, value_name = "ROLE", value_delimiter = ',', value_parser = word::<Role>)]
    pub(in crate::cli) role: Vec<Role>,
    /// Column to sort by, with - for descending: name, id, token, expires
    #[arg(long, value_name = "COLUMN", default_value = "name", allow_hyphen_values = true)]
    pub(in crate::cli) sort: String,
    /// Rows at the most
    #[arg(long, value_name = "N")]
    pub(in crate::cli) limit: Option<usize>,
    /// Rows to leave out at the start
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) offset: usize,
}

/// For whom, and for what.
#[derive(Debug, Args)]
pub(in crate::cli) struct Whom {
    /// Users, by id, login or name
    #[arg(value_name = "USER", required = true)]
    pub(in crate::cli) users: Vec<String>,
    /// Modules, by id or name: one token per user and module
    #[arg(long, value_name = "MODULE", value_delimiter = ',', allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) module: Vec<String>,
    /// Account, by id or name; not needed where you have just one
    #[arg(long, value_name = "ACCOUNT", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) account: Option<String>,
}

impl Whom {
    /// Refuses what is given and says nothing.
    pub(in crate::cli) fn refuse_blank(&self) -> Result<(), Failure> {
        let Self { users, module, account } = self;
        blank::refuse([
            GivenFlag::many("USER", users),
            GivenFlag::many("--module", module),
            GivenFlag::one("--account", account.as_ref()),
        ])
    }
}

/// Who leaves, or comes back.
#[derive(Debug, Args)]
pub(in crate::cli) struct SwitchArgs {
    /// Users, by id, login or name
    #[arg(value_name = "USER", required = true)]
    pub(in crate::cli) users: Vec<String>,
}

impl SwitchArgs {
    /// Refuses what is given and says nothing.
    pub(in crate::cli) fn refuse_blank(&self) -> Result<(), Failure> {
        blank::refuse([GivenFlag::many("USER", &self.users)])
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct HolderArgs {
    #[command(flatten)]
    pub(in crate::cli) whom: Whom,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExportArgs {
    #[command(flatten)]
    pub(in crate::cli) whom: Whom,
    /// Folder for the file [default: the setting for it, else here]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) export_dir: Option<PathBuf>,
}

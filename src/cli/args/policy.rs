//! The verbs about the rules of accounts.

use clap::{Args, Subcommand};

use super::filter::FilterArgs;

/// The rules of accounts. They are set by "catalog edit account".
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PolicyCommand {
    /// List the tokens that break the rules of their account: exit 1 where there are any
    ///
    /// A token offends that lives longer than its account allows, never ends where it has
    /// to, or was not used for too long; only one that could be used, now or later. It says
    /// what is so and changes nothing: exit 0 = none, 1 = some.
    Check(PolicyCheckArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct PolicyCheckArgs {
    /// Switch them off, after a question; they can be switched on again
    #[arg(long)]
    pub(in crate::cli) disable: bool,
    #[command(flatten)]
    pub(in crate::cli) filters: FilterArgs,
}

//! The verbs about views.

use clap::Subcommand;

/// Views: what a list of tokens shows, under a name. The screen keeps them (":view save").
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ViewCommand {
    /// List the views, built in and kept, with how many tokens each has
    List,
}

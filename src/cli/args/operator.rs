//! The verbs of operator credentials.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::free_text::FreeText;
use crate::domain::Guid;

/// Credentials with which operators sign in to this store's server.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum OperatorCommand {
    /// Make a credential for a user and print it, once
    Create(OperatorCreateArgs),
    /// List the credentials of the users you look after
    List,
    /// Revoke the credentials of a user
    Revoke(OperatorRevokeArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct OperatorCreateArgs {
    /// User, by id, login or name
    #[arg(value_name = "USER")]
    pub(in crate::cli) user: String,
    /// When it ends: 1m to 12m, 90d or a date
    #[arg(long, value_name = "WHEN", default_value = "3m")]
    pub(in crate::cli) expires: String,
    /// What it is called, such as where it is used
    #[arg(long, value_name = "NAME", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) name: Option<String>,
    /// New file of mode 600 to write it to, instead of showing it
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct OperatorRevokeArgs {
    /// User, by id, login or name
    #[arg(value_name = "USER")]
    pub(in crate::cli) user: String,
    /// Only this one, by the GUID that 'operator list' shows
    #[arg(long, value_name = "GUID")]
    pub(in crate::cli) credential: Option<Guid>,
}

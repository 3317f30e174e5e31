//! The verbs of backends.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Backends by name: stores on this machine and servers.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum BackendCommand {
    /// List the backends of the settings
    List,
    /// Ask a backend who you are there
    Test {
        /// Backend, by its name
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Add a server
    Add(BackendAddArgs),
    /// Change a server that 'backend add' wrote
    Edit(BackendEditArgs),
    /// Take a server that 'backend add' wrote out of the settings; its credential stays
    Remove {
        /// Backend, by its name
        #[arg(value_name = "NAME")]
        name: String,
    },
}

#[derive(Debug, Args)]
pub(in crate::cli) struct BackendAddArgs {
    /// A name of your choice
    #[arg(value_name = "NAME")]
    pub(in crate::cli) name: String,
    /// Its address: https, or http to this machine itself
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) url: String,
    /// File with your credential, mode 600
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) credential_file: PathBuf,
    /// Certificates to trust beside the platform's, PEM
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) ca_file: Option<PathBuf>,
    /// What marks it on screen: red, green, yellow, blue, magenta, cyan, white, bright-red ...
    #[arg(long, value_name = "COLOUR")]
    pub(in crate::cli) colour: Option<String>,
    /// Change nothing there, in commands and on screen, until the file says otherwise
    #[arg(long)]
    pub(in crate::cli) set_read_only: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct BackendEditArgs {
    /// Backend, by its name
    #[arg(value_name = "NAME")]
    pub(in crate::cli) name: String,
    /// Another name for it
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) rename: Option<String>,
    /// Its address: https, or http to this machine itself
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) url: Option<String>,
    /// File with your credential, mode 600; in place of a command that prints it
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) credential_file: Option<PathBuf>,
    /// Certificates to trust beside the platform's, PEM
    #[arg(long, value_name = "FILE", conflicts_with = "no_ca_file")]
    pub(in crate::cli) ca_file: Option<PathBuf>,
    /// Trust the platform's certificates only
    #[arg(long)]
    pub(in crate::cli) no_ca_file: bool,
    /// What marks it on screen: red, green, yellow, blue, magenta, cyan, white, bright-red ...
    #[arg(long, value_name = "COLOUR")]
    pub(in crate::cli) colour: Option<String>,
    /// Change nothing there, in commands and on screen, until the file says otherwise
    #[arg(long)]
    pub(in crate::cli) set_read_only: bool,
    /// Let it be changed again
    #[arg(long, conflicts_with = "set_read_only")]
    pub(in crate::cli) unset_read_only: bool,
}

//! The verbs of `tokendeck store` and `tokendeck job`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Makes, fills, checks, saves and restores stores.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum StoreCommand {
    /// Make a store at --store or the usual place
    Init {
        /// Fill it with the example; its values are public
        #[arg(long, conflicts_with = "trial")]
        example: bool,
        /// For made-up tokens; takes --now and is never used for real ones
        #[arg(long)]
        trial: bool,
    },
    /// What the store is and how much is in it
    Status,
    /// Check files, structure and audit chain
    Check,
    /// Have the store go by this machine's clock, where one of both is off: Superadmins only
    ///
    /// A clock that jumped ahead is not believed until then, and one event of a clock that was
    /// wrong keeps the store in the future. Says first what lives again and what ends by it,
    /// and is put on record; --confirm takes 'accept DATE', the day of this clock.
    AcceptClock,
    /// Add made-up tokens to a trial store, which is made if there is none
    Fill(FillArgs),
    /// Write a verified copy of the store to a new file; its key file is no part of it
    Backup {
        /// File to write; one that exists is left as it is
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Put a backup in the place of the store, which is kept beside it
    Restore {
        /// Backup to take
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(in crate::cli) struct FillArgs {
    /// How many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=5_000_000))]
    pub(in crate::cli) tokens: u64,
    /// What makes two stores alike
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(in crate::cli) seed: u64,
    /// In how many accounts
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub(in crate::cli) accounts: u16,
    /// All of them active, so that it is known what a bulk action will do
    #[arg(long)]
    pub(in crate::cli) active: bool,
}

/// Bulk work that was started.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum JobCommand {
    /// List jobs, newest first: yours, or all for a Superadmin
    List,
    /// Show one job
    Show {
        /// Id
        #[arg(value_name = "JOB")]
        job: String,
        /// How each of its items ended too
        #[arg(long)]
        items: bool,
    },
    /// Go on with a job that was interrupted or stopped, with your rights
    Resume {
        /// Id
        #[arg(value_name = "JOB")]
        job: String,
    },
    /// Stop a job after the part under way; it can be resumed
    Stop {
        /// Id
        #[arg(value_name = "JOB")]
        job: String,
    },
    /// Give a job up; what it has done stays
    Abandon {
        /// Id
        #[arg(value_name = "JOB")]
        job: String,
    },
}

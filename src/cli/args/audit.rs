//! The verbs of the audit trail.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::free_text::FreeText;
use crate::domain::EventAction;
use crate::domain::calendar::When;
use crate::domain::event::Point;

/// The audit trail.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum AuditCommand {
    /// List events, newest first
    List(AuditListArgs),
    /// Write events to standard output, oldest first: JSON lines, or CSV with --output csv
    ///
    /// A Superadmin's lines carry the bytes and hashes of their events, so that
    /// 'audit verify --file' proves them without the store; others get what they may read.
    Export(AuditExportArgs),
    /// Write events as they come, a line each, until Ctrl-C or until nobody reads
    ///
    /// With --after the last sequence that was read, nothing is lost between two runs.
    Follow(AuditFollowArgs),
    /// Check the chain of events from the first to the last, and print its head
    ///
    /// Keep the head elsewhere: with --expect it proves later that all up to it is as it
    /// was, whoever could write to the store.
    Verify(AuditVerifyArgs),
}

/// Which events.
#[derive(Debug, Args)]
pub(in crate::cli) struct AuditFilters {
    /// About this token only, by id, GUID or unambiguous name
    #[arg(long, value_name = "ID", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) token: Option<String>,
    /// Done by this user only, by id, login or name
    #[arg(long, value_name = "USER", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) by: Option<String>,
    /// Of these kinds only, such as created, edited, revoked; commas separate
    #[arg(long, value_name = "ACTION", value_delimiter = ',', value_parser = EventAction::known)]
    pub(in crate::cli) action: Vec<EventAction>,
}

/// When.
#[derive(Debug, Args)]
pub(in crate::cli) struct AuditTimes {
    /// Not before this: a date, an instant, or a time ago such as 24h or 30d
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) since: Option<When>,
    /// Before this: a date, an instant, or a time ago such as 24h or 30d
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) until: Option<When>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AuditListArgs {
    #[command(flatten)]
    pub(in crate::cli) filters: AuditFilters,
    #[command(flatten)]
    pub(in crate::cli) times: AuditTimes,
    /// With a smaller number only: the next page, whatever is written meanwhile
    #[arg(long, value_name = "NO")]
    pub(in crate::cli) before: Option<u64>,
    /// With a greater number only
    #[arg(long, value_name = "NO")]
    pub(in crate::cli) after: Option<u64>,
    /// Rows at the most
    #[arg(long, value_name = "N")]
    pub(in crate::cli) limit: Option<usize>,
    /// Rows to leave out at the start
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) offset: usize,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AuditExportArgs {
    #[command(flatten)]
    pub(in crate::cli) filters: AuditFilters,
    #[command(flatten)]
    pub(in crate::cli) times: AuditTimes,
    /// With a greater number only
    #[arg(long, value_name = "NO")]
    pub(in crate::cli) after: Option<u64>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AuditFollowArgs {
    #[command(flatten)]
    pub(in crate::cli) filters: AuditFilters,
    /// With a greater number only, those of before too; where it is not given, what comes
    /// from now on
    #[arg(long, value_name = "NO")]
    pub(in crate::cli) after: Option<u64>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AuditVerifyArgs {
    /// A head that was kept: the chain must still go through it
    #[arg(long, value_name = "NO:HASH")]
    pub(in crate::cli) expect: Option<Point>,
    /// The JSON lines of 'audit export' instead of the store
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) file: Option<PathBuf>,
}

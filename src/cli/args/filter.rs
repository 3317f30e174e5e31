//! The filters of a list, which bulk verbs take too.

use clap::Args;

use crate::domain::SortKey;
use crate::domain::calendar::Span;

/// Which tokens; all filters must hold.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Filters")]
pub(in crate::cli) struct Filters {
    /// Words that all occur in the name, in any order and case
    #[arg(long, value_name = "WORDS")]
    pub(in crate::cli) search: Option<String>,
    /// Part of the GUID, dashes optional
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) guid: Option<String>,
    /// Statuses: active, scheduled, pending, disabled, expired, revoked, deleted, inactive, all
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub(in crate::cli) status: Vec<String>,
    /// Modules it reaches, by id or name; one of them is enough
    #[arg(long, value_name = "MODULE", value_delimiter = ',')]
    pub(in crate::cli) module: Vec<String>,
    /// Scopes it carries, by id or name; one of them is enough
    #[arg(long, value_name = "SCOPE", value_delimiter = ',')]
    pub(in crate::cli) scope: Vec<String>,
    /// Account, by id or name
    #[arg(long, value_name = "ACCOUNT")]
    pub(in crate::cli) account: Option<String>,
    /// User it was issued to, by id, login or name
    #[arg(long, value_name = "USER")]
    pub(in crate::cli) owner: Option<String>,
    /// Ends within this time from now, such as 30d
    #[arg(long, value_name = "SPAN")]
    pub(in crate::cli) expires_within: Option<Span>,
    /// Not used for this time, or never, such as 90d
    #[arg(long, value_name = "SPAN")]
    pub(in crate::cli) unused_for: Option<Span>,
    /// Never used
    #[arg(long)]
    pub(in crate::cli) never_used: bool,
}

impl Filters {
    /// Whether any filter was given, so that a bulk verb has a set to work on.
    pub(in crate::cli) fn is_given(&self) -> bool {
        let texts = [&self.search, &self.guid, &self.account, &self.owner];
        let lists = [&self.status, &self.module, &self.scope];
        texts.iter().any(|text| text.is_some())
            || lists.iter().any(|list| !list.is_empty())
            || self.expires_within.is_some()
            || self.unused_for.is_some()
            || self.never_used
    }
}

/// In which order, and how many.
#[derive(Debug, Args)]
pub(in crate::cli) struct Sorting {
    /// Columns to sort by, such as expires,-name (minus: descending)
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', allow_hyphen_values = true)]
    pub(in crate::cli) sort: Vec<SortKey>,
    /// Rows at the most
    #[arg(long, value_name = "N")]
    pub(in crate::cli) limit: Option<usize>,
    /// Rows to leave out at the start
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) offset: usize,
}

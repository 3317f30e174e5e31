//! The filters of a list, which bulk verbs take too.

use clap::Args;

use super::blank::{self, GivenFlag};
use super::free_text::FreeText;
use crate::cli::failure::Failure;
use crate::domain::calendar::When;
use crate::domain::{SortKey, query};

/// Which tokens; all filters must hold.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Filters", after_long_help = terms())]
pub(in crate::cli) struct FilterArgs {
    /// Terms of the query language, such as 'level:Billing=full -status:active'
    ///
    /// All of them are told at the end of this help. A bare word is text: in a list and
    /// name: where something is done.
    #[arg(long, value_name = "TERMS", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) filter: Option<String>,
    /// A view, built in or kept: its terms, and for a list its order and columns; 'view list'
    /// tells them
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) view: Option<String>,
    /// Words that all occur, in any order and case: for a list in name, id, GUID, owner or
    /// description, for what acts in the name
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) search: Option<String>,
    /// Part of the GUID, dashes optional
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) guid: Option<String>,
    /// Statuses: active, scheduled, pending, disabled, expired, revoked, deleted, inactive, all
    #[arg(long, value_name = "STATUS", value_delimiter = ',')]
    pub(in crate::cli) status: Vec<String>,
    /// Modules it reaches, by id or name; one of them is enough
    #[arg(long, value_name = "MODULE", value_delimiter = ',', allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) module: Vec<String>,
    /// Scopes it carries, by id or name; one of them is enough
    #[arg(long, value_name = "SCOPE", value_delimiter = ',', allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) scope: Vec<String>,
    /// Account, by id or name; all is no filter
    #[arg(long, value_name = "ACCOUNT", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) account: Option<String>,
    /// User it was issued to, by id, login or name
    #[arg(long, value_name = "USER", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) owner: Option<String>,
    /// Ends within this time from now, such as 30d, or before this day
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) expires_within: Option<When>,
    /// Not used for this time, such as 90d, nor since this day; or never
    ///
    /// Only tokens that could be used: active ones, and exported ones that their first
    /// use would accept, of accounts in service; unless --status names others.
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) unused_for: Option<When>,
    /// Never used
    #[arg(long)]
    pub(in crate::cli) never_used: bool,
}

/// What the query language consists of, for the help of each verb that takes it.
fn terms() -> String {
    format!("Terms of --filter:\n{}", query::help())
}

impl FilterArgs {
    /// Refuses a filter that is given and says nothing. For a verb that acts: a list may
    /// show all.
    pub(in crate::cli) fn refuse_blank(&self) -> Result<(), Failure> {
        let Self {
            filter,
            view,
            search,
            guid,
            status,
            module,
            scope,
            account,
            owner,
            // Read by clap, which takes no blank for a time.
            expires_within: _,
            unused_for: _,
            never_used: _,
        } = self;
        blank::refuse([
            GivenFlag::one("--filter", filter.as_ref()),
            GivenFlag::one("--view", view.as_ref()),
            GivenFlag::one("--search", search.as_ref()),
            GivenFlag::one("--guid", guid.as_ref()).without(&['-']),
            GivenFlag::many("--status", status),
            GivenFlag::many("--module", module),
            GivenFlag::many("--scope", scope),
            GivenFlag::one("--account", account.as_ref()),
            GivenFlag::one("--owner", owner.as_ref()),
        ])
    }

    /// Whether any filter was given at all. Whether it leaves tokens out, the query knows.
    pub(in crate::cli) fn is_given(&self) -> bool {
        let Self {
            filter,
            view,
            search,
            guid,
            status,
            module,
            scope,
            account,
            owner,
            expires_within,
            unused_for,
            never_used,
        } = self;
        let texts = [filter, view, search, guid, account, owner];
        let lists = [status, module, scope];
        texts.iter().any(|text| text.is_some())
            || lists.iter().any(|list| !list.is_empty())
            || expires_within.is_some()
            || unused_for.is_some()
            || *never_used
    }
}

/// What of each row is written.
#[derive(Debug, Args)]
pub(in crate::cli) struct Shape {
    /// Columns of a table or CSV file, with commas: those of the list, such as
    /// name,last-access, and the fields of CSV, such as `owner_name`
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', conflicts_with = "quiet")]
    pub(in crate::cli) columns: Vec<String>,
    /// Bare ids, one a line, such as 'token disable -' reads
    #[arg(long, short)]
    pub(in crate::cli) quiet: bool,
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

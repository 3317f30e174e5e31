//! The verbs of `tokendeck token`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::blank::{self, GivenFlag};
use super::filter::{FilterArgs, Shape, Sorting};
use super::free_text::FreeText;
use crate::cli::failure::Failure;
use crate::domain::Overlap;

/// List, show, create, change and end tokens.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum TokenCommand {
    /// List tokens
    List(ListArgs),
    /// Show one token
    Show(ShowArgs),
    /// Write what is asked after a leak or a leaver: what tokens could reach and when, who
    /// made and changed them, when they were used, what was done, and what proves it
    ///
    /// As Markdown, or as JSON with -o json; it holds no value. The proof is the head of
    /// the log, which a Superadmin may read: 'audit verify --expect' checks it later.
    Report(ReportArgs),
    /// Print the value of an account token; the audit trail records it first
    Value(ValueArgs),
    /// Make a token and print its value
    Create(CreateArgs),
    /// Change settings of a token; what is not named stays
    Edit(EditArgs),
    /// Switch tokens on
    Enable(ActArgs),
    /// Switch tokens off for the time being
    Disable(ActArgs),
    /// Give a token a new value and print it, or many tokens and write them to a file
    ///
    /// The old values die at once or after an overlap. Of many, those of users are left
    /// out: 'user generate-export' replaces them.
    Regenerate(RegenerateArgs),
    /// Give tokens to another user of their account, or back to the account
    HandOver(HandOverArgs),
    /// End the overlap of a regenerate: the old value stops working at once
    DropOld(DropOldArgs),
    /// Take tokens out of service for good; their records stay
    Revoke(ActArgs),
    /// Revoke every token of an account or a user
    RevokeAll(RevokeAllArgs),
    /// Remove tokens for good; cancels the request of a pending one
    Delete(ActArgs),
    /// Make tokens out of a file, with new values in another
    ///
    /// The file is CSV with a line of titles, with commas or semicolons, or JSON with an
    /// object a line: name, account, owner, access, groups, scopes, description, labels,
    /// enabled, expires, guid, prefix, hash and a few more; what 'token list -o csv' and '-o
    /// jsonl' write fits. A row with hash, guid and prefix keeps the value that its holder
    /// has, one with an owner and no hash becomes a request, any other gets a new value.
    /// All rows are looked at first, and nothing is done where one is bad. What is there
    /// already stays as it is, so that the same file may be imported again.
    Import(ImportArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportArgs {
    /// File of tokens, or "-"
    #[arg(value_name = "FILE")]
    pub(in crate::cli) file: PathBuf,
    /// New file for the new values, for its owner alone
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,
    /// Leave bad rows out instead of doing nothing
    #[arg(long)]
    pub(in crate::cli) skip_bad: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ListArgs {
    #[command(flatten)]
    pub(in crate::cli) filters: FilterArgs,
    #[command(flatten)]
    pub(in crate::cli) sorting: Sorting,
    #[command(flatten)]
    pub(in crate::cli) shape: Shape,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ShowArgs {
    /// Id, GUID or unambiguous name
    #[arg(value_name = "ID")]
    pub(in crate::cli) token: String,
    /// Its audit trail too
    #[arg(long)]
    pub(in crate::cli) audit: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ReportArgs {
    /// Ids, GUIDs or unambiguous names; - reads them from standard input, one a line; none =
    /// those that the filters find
    #[arg(value_name = "ID")]
    pub(in crate::cli) tokens: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) filters: FilterArgs,
    /// New file of mode 600; JSON where its name ends in .json
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ValueArgs {
    /// Id, GUID or unambiguous name
    #[arg(value_name = "ID")]
    pub(in crate::cli) token: String,
}

/// What a token may reach and when, for create and edit.
#[derive(Debug, Args)]
pub(in crate::cli) struct Grants {
    /// Level of a module: MODULE=read, MODULE=full or MODULE=no; may be repeated
    #[arg(long, value_name = "MODULE=LEVEL", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) module: Vec<String>,
    /// Permission group to add, by id or name; may be repeated
    #[arg(long, value_name = "GROUP", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) group: Vec<String>,
    /// Scope to add, by id or name; may be repeated
    #[arg(long, value_name = "SCOPE", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) scope: Vec<String>,
    /// Free text
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) description: Option<String>,
    /// End: never, 3m, 6m, 12m, 90d, eom, eoy or a date, which is its last day
    ///
    /// Without it a new token of an account never ends, and one with an owner ends
    /// after 6 months; an edit leaves the end as it is.
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) expires: Option<String>,
    /// Start: a date, 90d from now, or now for none
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) valid_from: Option<String>,
    /// Label to set, such as team=pay; may be repeated
    #[arg(long, value_name = "NAME=TEXT", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) label: Vec<String>,
    /// Switched off
    #[arg(long)]
    pub(in crate::cli) disabled: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CreateArgs {
    /// Name, unique in the account
    #[arg(value_name = "NAME")]
    pub(in crate::cli) name: String,
    /// Account by id or name, or "all"; not needed where you have just one
    #[arg(long, value_name = "ACCOUNT", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) account: Option<String>,
    /// User it is issued to, by id, login or name
    #[arg(long, value_name = "USER", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) owner: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) grants: Grants,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct EditArgs {
    /// Id, GUID or unambiguous name
    #[arg(value_name = "ID")]
    pub(in crate::cli) token: String,
    /// New name
    #[arg(long, value_name = "NAME", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) name: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) grants: Grants,
    /// Permission group to take away, by id or name; may be repeated
    #[arg(long, value_name = "GROUP", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) remove_group: Vec<String>,
    /// Scope to take away, by id or name; may be repeated
    #[arg(long, value_name = "SCOPE", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) remove_scope: Vec<String>,
    /// Label to take away, by its name; may be repeated
    #[arg(long, value_name = "NAME", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) remove_label: Vec<String>,
    /// Switched on
    #[arg(long, conflicts_with = "disabled")]
    pub(in crate::cli) enabled: bool,
}

impl EditArgs {
    /// Whether anything is to change.
    pub(in crate::cli) fn names_something(&self) -> bool {
        let Grants { module, group, scope, description, expires, valid_from, label, disabled } =
            &self.grants;
        let removed = [&self.remove_group, &self.remove_scope, &self.remove_label];
        let mut lists = [module, group, scope, label].into_iter().chain(removed);
        let texts = [description, expires, valid_from, &self.name];
        lists.any(|list| !list.is_empty())
            || texts.iter().any(|text| text.is_some())
            || *disabled
            || self.enabled
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct DropOldArgs {
    /// Id, GUID or unambiguous name
    #[arg(value_name = "ID")]
    pub(in crate::cli) token: String,
    /// End well where no older value is in force
    #[arg(long)]
    pub(in crate::cli) if_needed: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RegenerateArgs {
    /// Ids, GUIDs or unambiguous names; - reads them from standard input, one a line; none =
    /// those that the filters find
    #[arg(value_name = "ID")]
    pub(in crate::cli) tokens: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) filters: FilterArgs,
    /// New end, counted from now: never, 3m, 6m, 12m, 90d, eom, eoy or a date
    ///
    /// Without it a new value lives as long as the old one was to live from its issue:
    /// one without end has none again, one of 3 months gets 3 months. Where nobody knows
    /// when the old one was issued, it is 6 months.
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) expires: Option<String>,
    /// How long the old value still passes: none, or up to 90d such as 30min, 12h, 10d, 2w
    #[arg(long, value_name = "TIME", default_value_t = Overlap::NONE)]
    pub(in crate::cli) overlap: Overlap,
    /// New file of mode 600 for the values, wanted for more than one token
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) out: Option<PathBuf>,
}

impl RegenerateArgs {
    /// Refuses what is given and says nothing.
    pub(in crate::cli) fn refuse_blank(&self) -> Result<(), Failure> {
        // What has no form is no time and no file, and is refused as that.
        let Self { tokens, filters, expires: _, overlap: _, out: _ } = self;
        blank::refuse([GivenFlag::many("ID", tokens)])?;
        filters.refuse_blank()
    }
}

/// Tokens by name, or all that the filters find.
#[derive(Debug, Args)]
pub(in crate::cli) struct ActArgs {
    /// Ids, GUIDs or unambiguous names; - reads them from standard input, one a line; none =
    /// those that the filters find
    #[arg(value_name = "ID")]
    pub(in crate::cli) tokens: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) filters: FilterArgs,
    /// End well where a token named here is like that already
    #[arg(long)]
    pub(in crate::cli) if_needed: bool,
}

impl ActArgs {
    /// Refuses what is given and says nothing.
    pub(in crate::cli) fn refuse_blank(&self) -> Result<(), Failure> {
        let Self { tokens, filters, if_needed: _ } = self;
        blank::refuse([GivenFlag::many("ID", tokens)])?;
        filters.refuse_blank()
    }
}

/// Tokens, and who gets them.
#[derive(Debug, Args)]
pub(in crate::cli) struct HandOverArgs {
    #[command(flatten)]
    pub(in crate::cli) which: ActArgs,
    /// User by id, login or name; or "account": no user's any more
    #[arg(long, value_name = "USER|account", required = true, allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) to: String,
    /// Leave the value as it is, which whoever had the token still knows
    ///
    /// Without it a token gets a new value, which is printed. Several at once keep theirs.
    #[arg(long, conflicts_with = "overlap")]
    pub(in crate::cli) keep_value: bool,
    /// How long the old value passes beside a new one: none, or up to 90d such as 12h, 10d
    #[arg(long, value_name = "TIME", default_value_t = Overlap::NONE)]
    pub(in crate::cli) overlap: Overlap,
}

impl HandOverArgs {
    /// Refuses what is given and says nothing.
    pub(in crate::cli) fn refuse_blank(&self) -> Result<(), Failure> {
        blank::refuse([GivenFlag::one("--to", Some(&self.to))])?;
        self.which.refuse_blank()
    }
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(in crate::cli) struct RevokeAllArgs {
    /// Account, by id or name
    #[arg(long, value_name = "ACCOUNT", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) account: Option<String>,
    /// User the tokens were issued to, by id, login or name
    #[arg(long, value_name = "USER", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) owner: Option<String>,
}

impl RevokeAllArgs {
    /// Refuses what is given and says nothing.
    pub(in crate::cli) fn refuse_blank(&self) -> Result<(), Failure> {
        let Self { account, owner } = self;
        blank::refuse([
            GivenFlag::one("--account", account.as_ref()),
            GivenFlag::one("--owner", owner.as_ref()),
        ])
    }
}

//! The verbs of `tokendeck catalog`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::free_text::FreeText;
use super::word::word;
use crate::domain::catalogue::Breach;
use crate::domain::{EntryKind, Role, policy};

/// What exists before tokens can use it.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum CatalogCommand {
    /// List entries
    List {
        /// Of this kind only
        #[arg(value_name = "KIND")]
        kind: Option<CatalogKind>,
    },
    /// Add an entry and print its id
    #[command(subcommand)]
    Add(AddCommand),
    /// Change an entry; what is not named stays
    #[command(subcommand)]
    Edit(EditCommand),
    /// Remove an entry that nothing uses; an account is disabled instead
    Remove(RemoveArgs),
    /// Add and change entries so that all of a file are there; removes none
    ///
    /// All of the file is done or nothing. Entries are found by their id where one
    /// is given, else by name (users by login); settings left out stay as they are.
    Import {
        /// File that ends in .toml or .json, as export writes it, or "-"
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Write what you know of the catalogue to a file
    Export {
        /// New file that ends in .toml or .json, or "-"
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// The five kinds of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum CatalogKind {
    /// Accounts
    Account,
    /// Modules
    Module,
    /// Scopes
    Scope,
    /// Permission groups
    Group,
    /// Users
    User,
}

impl From<CatalogKind> for EntryKind {
    fn from(kind: CatalogKind) -> Self {
        match kind {
            CatalogKind::Account => Self::Account,
            CatalogKind::Module => Self::Module,
            CatalogKind::Scope => Self::Scope,
            CatalogKind::Group => Self::Group,
            CatalogKind::User => Self::User,
        }
    }
}

/// What is added.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum AddCommand {
    /// Add an account
    Account {
        /// Name, unique
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        fields: AccountFields,
    },
    /// Add a module
    Module {
        /// Name, unique
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        fields: ModuleFields,
    },
    /// Add a scope; it is yours at once
    Scope {
        /// Name, unique in the account
        #[arg(value_name = "NAME")]
        name: String,
        /// Account by id or name; not needed where you have just one
        #[arg(long, value_name = "ACCOUNT", allow_hyphen_values = true, value_parser = FreeText)]
        account: Option<String>,
    },
    /// Add a permission group
    Group {
        /// Name, unique in the account
        #[arg(value_name = "NAME")]
        name: String,
        /// Account by id or name, or "all"; not needed where you have just one
        #[arg(long, value_name = "ACCOUNT", allow_hyphen_values = true, value_parser = FreeText)]
        account: Option<String>,
        #[command(flatten)]
        fields: GroupFields,
    },
    /// Add a user
    User {
        /// Login, unique
        #[arg(id = "new_login", value_name = "LOGIN")]
        login: String,
        #[command(flatten)]
        fields: UserFields,
    },
}

/// What is changed.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum EditCommand {
    /// Change an account
    Account {
        #[command(flatten)]
        entry: NamedEntry,
        #[command(flatten)]
        fields: AccountFields,
        /// Back in service
        #[arg(long, conflicts_with = "disabled")]
        enabled: bool,
    },
    /// Change a module
    Module {
        #[command(flatten)]
        entry: NamedEntry,
        #[command(flatten)]
        fields: ModuleFields,
        /// Account it is no longer enabled for, by id or name; may be repeated
        #[arg(long, value_name = "ACCOUNT", allow_hyphen_values = true, value_parser = FreeText)]
        remove_account: Vec<String>,
        /// Path prefix to take away; may be repeated
        #[arg(long, value_name = "PATH")]
        remove_path: Vec<String>,
    },
    /// Change a scope
    Scope {
        #[command(flatten)]
        entry: NamedEntry,
    },
    /// Change a permission group
    Group {
        #[command(flatten)]
        entry: NamedEntry,
        #[command(flatten)]
        fields: GroupFields,
    },
    /// Change a user
    User {
        /// Id, login or unambiguous name
        #[arg(value_name = "ID")]
        user: String,
        /// New login
        #[arg(id = "new_login", long = "login", value_name = "LOGIN")]
        login: Option<String>,
        #[command(flatten)]
        fields: UserFields,
        /// Account to take away, with its scopes; may be repeated
        #[arg(long, value_name = "ACCOUNT", allow_hyphen_values = true, value_parser = FreeText)]
        remove_account: Vec<String>,
        /// Scope to take away, by id or name; may be repeated
        #[arg(long, value_name = "SCOPE", allow_hyphen_values = true, value_parser = FreeText)]
        remove_scope: Vec<String>,
    },
}

/// An entry, and what it is to be called.
#[derive(Debug, Args)]
pub(in crate::cli) struct NamedEntry {
    /// Id or unambiguous name
    #[arg(value_name = "ID")]
    pub(in crate::cli) id: String,
    /// New name
    #[arg(long, value_name = "NAME", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) name: Option<String>,
}

#[derive(Debug, Default, Args)]
pub(in crate::cli) struct AccountFields {
    /// URL at which its tokens are used; "" for none
    #[arg(long, value_name = "URL")]
    pub(in crate::cli) endpoint: Option<String>,
    /// Out of service: verify refuses its tokens
    #[arg(long)]
    pub(in crate::cli) disabled: bool,
    #[command(flatten)]
    pub(in crate::cli) rules: RuleFields,
}

/// What the tokens of an account are to keep to; what is not named stays.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Rules for its tokens")]
pub(in crate::cli) struct RuleFields {
    /// Longest life of a value, in whole days: 90d, 12w, 6m; none for any
    ///
    /// It counts from the issue of the value, or from its Valid from. A token without end
    /// lives too long for any.
    #[arg(long, value_name = "TIME", value_parser = RuleDays::read)]
    pub(in crate::cli) longest_life: Option<RuleDays>,
    /// Each token must have an end
    #[arg(long, conflicts_with = "never_allowed")]
    pub(in crate::cli) never_forbidden: bool,
    /// A token may have no end, where no longest life says otherwise
    #[arg(long)]
    pub(in crate::cli) never_allowed: bool,
    /// How long one that could be used may lie unused: 90d, 12w, 6m; none for ever
    #[arg(long, value_name = "TIME", value_parser = RuleDays::read)]
    pub(in crate::cli) idle: Option<RuleDays>,
    /// What becomes of one whose end breaks a rule: refuse or flag
    #[arg(long, value_name = "WHAT", value_parser = word::<Breach>)]
    pub(in crate::cli) breach: Option<Breach>,
}

/// The days of a rule; none = the rule goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) struct RuleDays(pub(in crate::cli) Option<u32>);

impl RuleDays {
    fn read(text: &str) -> Result<Self, String> {
        policy::read_days(text).map(Self)
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ModuleFields {
    /// Account it is enabled for, by id or name; may be repeated
    #[arg(long, value_name = "ACCOUNT", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) account: Vec<String>,
    /// Path prefix by which a gateway knows it; may be repeated
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) path: Vec<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct GroupFields {
    /// Level of a module: MODULE=read, MODULE=full or MODULE=no; may be repeated
    #[arg(long, value_name = "MODULE=LEVEL", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) module: Vec<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct UserFields {
    /// Full name; default for a new user: the login
    #[arg(long, value_name = "NAME", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) name: Option<String>,
    /// E-mail address; "" for none
    #[arg(long, value_name = "ADDRESS")]
    pub(in crate::cli) email: Option<String>,
    /// Role: superadmin, partner, admin, viewer or member; default for a new user: member
    #[arg(long, value_name = "ROLE", value_parser = word::<Role>)]
    pub(in crate::cli) role: Option<Role>,
    /// May change tokens; on by default for a new superadmin, partner or admin
    #[arg(long, conflicts_with = "no_manage_tokens")]
    pub(in crate::cli) manage_tokens: bool,
    /// May not change tokens
    #[arg(long)]
    pub(in crate::cli) no_manage_tokens: bool,
    /// Account to add, by id or name; may be repeated
    #[arg(long, value_name = "ACCOUNT", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) account: Vec<String>,
    /// Scope to add, by id or name; may be repeated
    #[arg(long, value_name = "SCOPE", allow_hyphen_values = true, value_parser = FreeText)]
    pub(in crate::cli) scope: Vec<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RemoveArgs {
    /// Kind
    #[arg(value_name = "KIND")]
    pub(in crate::cli) kind: CatalogKind,
    /// Id or unambiguous name
    #[arg(value_name = "ID")]
    pub(in crate::cli) entry: String,
}

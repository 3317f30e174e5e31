//! The words of the query language: one row each, from which parser, help, completion and
//! the list in an error are made.

use strum::IntoEnumIterator as _;

use crate::text::did_you_mean;

/// A word that a term begins with, or is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    strum::EnumIter,
    strum::EnumString,
    strum::Display,
)]
#[strum(serialize_all = "kebab-case")]
pub enum QueryWord {
    /// The derived status.
    Status,
    /// The account.
    Account,
    /// Whom it was issued to.
    Owner,
    /// Who made it.
    By,
    /// A module it reaches.
    Module,
    /// A scope it carries.
    Scope,
    /// A permission group it carries.
    Group,
    /// Its effective level of a module.
    Level,
    /// Its id.
    Id,
    /// A part of its GUID.
    Guid,
    /// Words anywhere in it.
    Text,
    /// Words of its name.
    Name,
    /// When it ends.
    Expires,
    /// When it was made.
    Created,
    /// When it was last used.
    Used,
    /// When it was revoked.
    Revoked,
    /// Usable and not used for so long.
    Unused,
    /// A label, or its text.
    Label,
    /// It has no end.
    Never,
    /// It was never used.
    NeverUsed,
    /// Two values of it pass.
    Overlap,
    /// Its owner is out of service.
    OwnerDisabled,
    /// Its account is out of service.
    AccountDisabled,
    /// Either of them is.
    OutOfService,
    /// It breaks a rule of its account.
    Offends,
    /// Its name may be taken for another's.
    Lookalike,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spelling {
    /// What a term begins with, `exp<` and `exp>`; or the whole of it: `never`.
    pub starts: &'static [&'static str],
    /// What follows it; empty where it stands alone.
    pub wants: &'static str,
    /// What it finds, in few words.
    pub about: &'static str,
    /// What it was called before, still read.
    aliases: &'static [&'static str],
}

const fn spelled(
    starts: &'static [&'static str],
    wants: &'static str,
    about: &'static str,
) -> Spelling {
    Spelling { starts, wants, about, aliases: &[] }
}

impl QueryWord {
    /// How it is written, and what it finds.
    pub fn spelling(self) -> Spelling {
        match self {
            Self::Status => {
                spelled(&["status:"], "STATUS", "of these statuses; deleted ones only so")
            }
            Self::Account => {
                spelled(&["account:"], "ACCOUNT", "of these accounts; all is no filter")
            }
            Self::Owner => spelled(&["owner:"], "USER", "issued to one of these users"),
            Self::By => spelled(&["by:"], "USER", "made by one of these users"),
            Self::Module => {
                spelled(&["module:"], "MODULE", "reaching one of these, be it by a group")
            }
            Self::Scope => spelled(&["scope:"], "SCOPE", "with one of these scopes"),
            Self::Group => spelled(&["group:"], "GROUP", "with one of these permission groups"),
            Self::Level => spelled(
                &["level:"],
                "MODULE=LEVEL",
                "exactly read or full there, groups included, or any; * for any module",
            ),
            Self::Id => spelled(&["id:"], "ID", "these"),
            Self::Guid => spelled(&["guid:"], "TEXT", "with this in the GUID, dashes optional"),
            Self::Text => spelled(
                &["text:"],
                "WORDS",
                "words in name, id, GUID, owner or description; of id and GUID four letters or more",
            ),
            Self::Name => spelled(&["name:"], "WORDS", "words in the name"),
            Self::Expires => Spelling {
                aliases: &["expires<", "expires>"],
                ..spelled(
                    &["exp<", "exp>"],
                    "WHEN",
                    "ending before or after, by the day shown; 30d is ahead",
                )
            },
            Self::Created => {
                spelled(&["created<", "created>"], "WHEN", "made before or after; 30d is ago")
            }
            Self::Used => {
                spelled(&["used<", "used>"], "WHEN", "last used before or after; 30d is ago")
            }
            Self::Revoked => {
                spelled(&["revoked<", "revoked>"], "WHEN", "revoked before or after; 30d is ago")
            }
            Self::Unused => Spelling {
                aliases: &["unused>"],
                ..spelled(
                    &["unused:"],
                    "WHEN",
                    "usable, and not used for so long or since that day, or never",
                )
            },
            Self::Label => {
                spelled(&["label:"], "KEY=TEXT", "with this label; KEY alone for any text")
            }
            Self::Never => spelled(&["never"], "", "without an end"),
            Self::NeverUsed => {
                Spelling { aliases: &["never-used"], ..spelled(&["neverused"], "", "never used") }
            }
            Self::Overlap => spelled(&["overlap"], "", "whose older value still passes"),
            Self::OwnerDisabled => spelled(&["owner-disabled"], "", "of a user out of service"),
            Self::AccountDisabled => {
                spelled(&["account-disabled"], "", "of an account out of service")
            }
            Self::OutOfService => spelled(&["out-of-service"], "", "of either"),
            Self::Offends => spelled(&["offends"], "", "breaking a rule of its account"),
            Self::Lookalike => spelled(
                &["lookalike"],
                "",
                "with a name that may be taken for another's of its account",
            ),
        }
    }

    /// What a term with it begins with, without the sign behind it: `status`, `exp`.
    pub fn key(self) -> &'static str {
        let start = self.spelling().starts.first().copied().unwrap_or_default();
        start.trim_end_matches([':', '<', '>'])
    }

    /// All that a term may begin with, in the order of the language.
    pub fn starts() -> Vec<&'static str> {
        Self::iter().flat_map(|word| word.spelling().starts.iter().copied()).collect()
    }

    /// The word that a term begins with or is, in either case.
    pub(super) fn of(start: &str) -> Option<Self> {
        let is = |known: &&'static str| known.eq_ignore_ascii_case(start);
        Self::iter().find(|word| {
            let Spelling { starts, aliases, .. } = word.spelling();
            starts.iter().chain(aliases).any(is)
        })
    }
}

/// What the language consists of, a line a word: for help.
pub fn help() -> String {
    let line = |word: QueryWord| {
        let Spelling { starts, wants, about, .. } = word.spelling();
        let written: Vec<_> = starts.iter().map(|start| format!("{start}{wants}")).collect();
        format!("  {:<30} {about}", written.join(" "))
    };
    let lines: Vec<_> = QueryWord::iter().map(line).collect();
    format!("{}\n\n{RULES}", lines.join("\n"))
}

const RULES: &str = "All terms must hold. A - before a term takes what it would find away; quotes keep \
blanks and commas together; commas join what any of is enough. WHEN is 30d, 12w, 6m, 24h or a \
date such as 2026-01-31.";

/// What is said of a word that there is not.
pub(super) fn unknown(typed: &str, start: &str) -> String {
    let starts = QueryWord::starts();
    let meant = did_you_mean(start, starts.iter().copied())
        .map_or_else(String::new, |hint| format!("{hint} "));
    format!(
        "'{typed}' is not a filter: {meant}there are {}, and in quotes it is a word to search for",
        starts.join(" ")
    )
}

//! The file of a catalogue, TOML or JSON: entries under the name of their kind,
//! which refer to each other by name or id. What it leaves out of an entry that is
//! there already stays as it is.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::cli::failure::Failure;
use crate::domain::catalogue::{Breach, Rules};
use crate::domain::{AccountId, AccountStatus, GroupId, Level, ModuleId, Role, ScopeId, UserId};
use crate::text::did_you_mean;

/// No catalogue is larger, in bytes.
const LIMIT: u64 = 32 << 20;

/// All of a file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct File {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) account: Vec<AccountEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) module: Vec<ModuleEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) scope: Vec<ScopeEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) group: Vec<GroupEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) user: Vec<UserEntry>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AccountEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<AccountId>,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<AccountStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) endpoint: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rules: Option<RulesEntry>,
}

/// The rules of an account; 0 days are none.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) longest_days: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) never_forbidden: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) idle_days: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) breach: Option<Breach>,
}

impl RulesEntry {
    /// The rules of an account as a file has them, so that whoever imports it elsewhere
    /// has just these.
    pub(super) fn of(rules: Rules) -> Self {
        Self {
            longest_days: Some(rules.longest_days.unwrap_or(0)),
            never_forbidden: Some(rules.never_forbidden),
            idle_days: Some(rules.idle_days.unwrap_or(0)),
            breach: Some(rules.breach),
        }
    }

    /// Lays them over what there is.
    pub(super) fn lay_over(&self, rules: &mut Rules) {
        let days = |said: Option<u32>, before: Option<u32>| match said {
            None => before,
            Some(0) => None,
            Some(days) => Some(days),
        };
        rules.longest_days = days(self.longest_days, rules.longest_days);
        rules.never_forbidden = self.never_forbidden.unwrap_or(rules.never_forbidden);
        rules.idle_days = days(self.idle_days, rules.idle_days);
        rules.breach = self.breach.unwrap_or(rules.breach);
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ModuleEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<ModuleId>,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) accounts: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) paths: Option<Vec<String>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScopeEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<ScopeId>,
    pub(super) name: String,
    pub(super) account: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<GroupId>,
    pub(super) name: String,
    /// None = all accounts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) account: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) access: Option<BTreeMap<String, Level>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UserEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<UserId>,
    pub(super) login: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) role: Option<Role>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) manage_tokens: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) accounts: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) scopes: Option<Vec<String>>,
    /// Whether a new user is out of service; of one who is there an import changes it not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) disabled: Option<bool>,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CatalogForm {
    Toml,
    Json,
}

impl CatalogForm {
    /// By the ending of the name; none for "-".
    pub(super) fn of(path: &Path) -> Result<Option<Self>, Failure> {
        if path.as_os_str() == "-" {
            return Ok(None);
        }
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "toml" => Ok(Some(Self::Toml)),
            "json" => Ok(Some(Self::Json)),
            _ => Err(Failure::Usage(format!(
                "'{}': name a file that ends in .toml or .json, or -",
                path.display()
            ))),
        }
    }
}

/// Reads a file, or standard input for "-".
pub(super) fn read(path: &Path) -> Result<File, Failure> {
    let form = CatalogForm::of(path)?;
    let (name, text) = if form.is_none() {
        ("standard input".to_owned(), take(std::io::stdin().lock()))
    } else {
        (path.display().to_string(), std::fs::File::open(path).and_then(take))
    };
    let text = text.map_err(|error| Failure::Usage(format!("cannot read '{name}': {error}")))?;
    let as_json =
        form.map_or_else(|| text.trim_start().starts_with('{'), |f| f == CatalogForm::Json);
    if as_json {
        serde_json::from_str(&text).map_err(|error| wrong(&name, &error.to_string()))
    } else {
        toml::from_str(&text).map_err(|error: toml::de::Error| wrong(&name, &error.to_string()))
    }
}

fn take(file: impl std::io::Read) -> std::io::Result<String> {
    let mut text = String::new();
    file.take(LIMIT + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LIMIT {
        return Err(std::io::Error::other("it is larger than a catalogue can be"));
    }
    Ok(text)
}

/// What the parser says has line and column; the nearest known word is ours.
fn wrong(name: &str, said: &str) -> Failure {
    let hint = said.split_once("unknown field ").and_then(|(_, rest)| {
        let words: Vec<_> = rest.split('`').skip(1).step_by(2).collect();
        let (unknown, known) = words.split_first()?;
        did_you_mean(unknown, known.iter().copied()).map(|hint| format!("\n{hint}"))
    });
    Failure::Unreadable(format!("{name}: {}{}", said.trim_end(), hint.unwrap_or_default()))
}

//! What stands behind the `?` of a call: written by the client, read by the server
//! and listed in the document, from one place each.

mod events;

use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

use crate::domain::calendar::{DayEnd, When};
use crate::domain::name::MAX_DESCRIPTION;
use crate::domain::query::parse_statuses;
use crate::domain::{
    AccountFilter, Direction, FieldError, GivenReason, Query, SortKey, Time, Window,
};
use crate::wire::{Run, UserColumn, UserQuery};

use super::form::{ACCOUNT, COLUMNS, MANY, MODULES, ROLES, STATUSES, USER, formed};
use super::form::{Parameter, ParameterForm};
use super::{DEFAULT_ROWS, MAX_ROWS};

/// What a client writes.
pub type Pairs = Vec<(&'static str, String)>;

/// What a server was given, each name once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given(pub BTreeMap<String, String>);

impl Given {
    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn one<T: FromStr>(&self, name: &str) -> Result<Option<T>, FieldError>
    where
        T::Err: Display,
    {
        let read = |text: &str| text.parse().map_err(|error| wrong(name, error));
        self.text(name).map(read).transpose()
    }

    fn many<T: FromStr, C: FromIterator<T>>(&self, name: &str) -> Result<C, FieldError>
    where
        T::Err: Display,
    {
        words(self.text(name).unwrap_or_default())
            .map(|word| word.parse().map_err(|error| wrong(name, error)))
            .collect()
    }

    fn time(&self, name: &str) -> Result<Option<Time>, FieldError> {
        // Relative dates are for people at a screen; here "now" is somebody else's.
        let read = |text: &str| {
            let instant = match text.parse() {
                Ok(when @ (When::Instant(_) | When::Day(_))) => {
                    when.at(Time::UNIX_EPOCH, DayEnd::Start)
                }
                Ok(When::Span(_) | When::EndOfMonth | When::EndOfYear) | Err(_) => None,
            };
            instant.ok_or_else(|| wrong(name, "write an instant such as 2026-03-10T12:00:00Z"))
        };
        self.text(name).map(read).transpose()
    }

    fn number(&self, name: &str, least: u64) -> Result<Option<u64>, FieldError> {
        let number: Option<u64> = self.one(name)?;
        if number.is_some_and(|number| !(least..=MANY).contains(&number)) {
            return Err(wrong(name, format!("{least} to {MANY}")));
        }
        Ok(number)
    }

    fn flag(&self, name: &str) -> Result<bool, FieldError> {
        match self.text(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(wrong(name, "write true or false")),
        }
    }
}

fn wrong(name: &str, message: impl Display) -> FieldError {
    FieldError::new(name, message.to_string())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty())
}

fn joined<T: ToString>(items: impl IntoIterator<Item = T>) -> Option<String> {
    let words: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    (!words.is_empty()).then(|| words.join(","))
}

fn instant(time: Time) -> String {
    time.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}

/// What can be asked behind the `?`.
pub trait Parameters: Sized {
    /// Every parameter there is.
    fn list() -> Vec<&'static Parameter>;
    /// It as pairs; what is as usual is left out.
    fn write(&self) -> Pairs;
    /// It out of pairs.
    fn read(given: &Given) -> Result<Self, FieldError>;
}

impl Parameters for () {
    fn list() -> Vec<&'static Parameter> {
        vec![]
    }

    fn write(&self) -> Pairs {
        vec![]
    }

    fn read(_: &Given) -> Result<Self, FieldError> {
        Ok(())
    }
}

impl<A: Parameters, B: Parameters> Parameters for (A, B) {
    fn list() -> Vec<&'static Parameter> {
        [A::list(), B::list()].concat()
    }

    fn write(&self) -> Pairs {
        [self.0.write(), self.1.write()].concat()
    }

    fn read(given: &Given) -> Result<Self, FieldError> {
        Ok((A::read(given)?, B::read(given)?))
    }
}

static WINDOW: [Parameter; 2] = [
    formed("offset", ParameterForm::Number(0, MANY), "Rows to leave out at the start."),
    formed(
        "limit",
        ParameterForm::Number(1, MAX_ROWS as u64),
        "Rows at the most: 1 to 1000, 100 where nothing is said.",
    ),
];

impl Parameters for Window {
    fn list() -> Vec<&'static Parameter> {
        WINDOW.iter().collect()
    }

    fn write(&self) -> Pairs {
        vec![("offset", self.offset.to_string()), ("limit", self.limit.to_string())]
    }

    fn read(given: &Given) -> Result<Self, FieldError> {
        let offset = given.one("offset")?.unwrap_or(0);
        let limit = given.one("limit")?.unwrap_or(DEFAULT_ROWS);
        if offset as u64 > MANY {
            return Err(wrong("offset", format!("at most {MANY}")));
        }
        if !(1..=MAX_ROWS).contains(&limit) {
            return Err(wrong("limit", format!("1 to {MAX_ROWS}")));
        }
        Ok(Self { offset, limit })
    }
}

static RUN: [Parameter; 1] =
    [formed("dry_run", ParameterForm::Flag, "Make every check and change nothing.")];

impl Parameters for Run {
    fn list() -> Vec<&'static Parameter> {
        RUN.iter().collect()
    }

    fn write(&self) -> Pairs {
        match self {
            Self::Dry => vec![("dry_run", "true".to_owned())],
            Self::Real => vec![],
        }
    }

    fn read(given: &Given) -> Result<Self, FieldError> {
        Ok(if given.flag("dry_run")? { Self::Dry } else { Self::Real })
    }
}

/// Why it is done, where whoever asks says so. Of every call that may change something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why(pub Option<GivenReason>);

static WHY: [Parameter; 1] = [formed(
    "reason",
    ParameterForm::Text(MAX_DESCRIPTION),
    "Why it is done: kept for ever with what is on record of it, and read by whoever may read that.",
)];

impl Parameters for Why {
    fn list() -> Vec<&'static Parameter> {
        WHY.iter().collect()
    }

    fn write(&self) -> Pairs {
        self.0.iter().map(|reason| ("reason", reason.to_string())).collect()
    }

    fn read(given: &Given) -> Result<Self, FieldError> {
        Ok(Self(given.text("reason").map(GivenReason::of).transpose()?))
    }
}

/// An id, a GUID or a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference(pub String);

static REFERENCE: [Parameter; 1] = [Parameter {
    required: true,
    ..formed("reference", ParameterForm::Some, "An id, a GUID or an unambiguous name.")
}];

impl Parameters for Reference {
    fn list() -> Vec<&'static Parameter> {
        REFERENCE.iter().collect()
    }

    fn write(&self) -> Pairs {
        vec![("reference", self.0.clone())]
    }

    fn read(given: &Given) -> Result<Self, FieldError> {
        let text = given.text("reference").ok_or_else(|| wrong("reference", "name a token"))?;
        Ok(Self(text.to_owned()))
    }
}

static QUERY: [Parameter; 13] = [
    formed(
        "filter",
        ParameterForm::Some,
        "Terms of the query language, such as level:Billing=full -status:active; a bare word is text:. Lengths of time count from the server's clock.",
    ),
    formed(
        "search",
        ParameterForm::Some,
        "Words that must all occur, each in name, id, GUID, owner or description.",
    ),
    formed("name", ParameterForm::Some, "Words that must all occur in the name."),
    formed(
        "guid",
        ParameterForm::Part,
        "A part of the GUID, dashes optional; of several parts, any.",
    ),
    formed("account", ACCOUNT, "Tokens of this account."),
    formed("owner", USER, "Tokens of this user."),
    formed(
        "status",
        ParameterForm::Words(STATUSES),
        "Statuses, with commas: active, scheduled, pending, disabled, expired, revoked, deleted; inactive for all but active.",
    ),
    formed("module", MODULES, "Tokens that reach one of these modules, with commas."),
    formed("scope", ParameterForm::Ids("SCP", 1), "Tokens with one of these scopes, with commas."),
    formed("expires_before", ParameterForm::Instant, "Tokens that end before this."),
    formed(
        "unused_since",
        ParameterForm::Instant,
        "Tokens not used since, of those that could be used where no status is named.",
    ),
    formed("never_used", ParameterForm::Flag, "Tokens never used."),
    formed(
        "sort",
        ParameterForm::Orders(COLUMNS),
        "Columns, with commas; a hyphen before one for descending: -expires,name.",
    ),
];

impl Parameters for Query {
    fn list() -> Vec<&'static Parameter> {
        QUERY.iter().collect()
    }

    fn write(&self) -> Pairs {
        let filled =
            |text: &str, form: ParameterForm| (!form.is_blank(text)).then(|| text.to_owned());
        let statuses = self.statuses.iter().map(|status| status.to_string().to_lowercase());
        let pairs = [
            ("filter", filled(&self.filter, ParameterForm::Some)),
            ("search", filled(&self.search, ParameterForm::Some)),
            ("name", filled(&self.text, ParameterForm::Some)),
            ("guid", filled(&self.guid, ParameterForm::Part)),
            ("account", account_text(self.account)),
            ("owner", self.owner.map(|id| id.to_string())),
            ("status", joined(statuses)),
            ("module", joined(&self.modules)),
            ("scope", joined(&self.scopes)),
            ("expires_before", self.expires_before.map(instant)),
            ("unused_since", self.unused_since.map(instant)),
            ("never_used", self.never_used.then(|| "true".to_owned())),
            ("sort", joined(&self.sort)),
        ];
        pairs.into_iter().filter_map(|(name, text)| Some((name, text?))).collect()
    }

    fn read(given: &Given) -> Result<Self, FieldError> {
        let statuses = words(given.text("status").unwrap_or_default());
        let usual = Self::default().sort;
        let sort = given.text("sort").map_or(Ok(usual), SortKey::parse_list);
        Ok(Self {
            filter: given.text("filter").unwrap_or_default().to_owned(),
            search: given.text("search").unwrap_or_default().to_owned(),
            text: given.text("name").unwrap_or_default().to_owned(),
            guid: given.text("guid").unwrap_or_default().to_owned(),
            account: account(given)?,
            owner: given.one("owner")?,
            statuses: parse_statuses(statuses).map_err(|error| wrong("status", error))?,
            modules: given.many("module")?,
            scopes: given.many("scope")?,
            expires_before: given.time("expires_before")?,
            unused_since: given.time("unused_since")?,
            never_used: given.flag("never_used")?,
            sort: sort.map_err(|error| wrong("sort", error))?,
        })
    }
}

fn account_text(filter: AccountFilter) -> Option<String> {
    filter.one().map(|id| id.to_string())
}

fn account(given: &Given) -> Result<AccountFilter, FieldError> {
    Ok(AccountFilter::from(given.one("account")?))
}

static USERS: [Parameter; 6] = [
    formed(
        "search",
        ParameterForm::Some,
        "Words that must all occur in name, login, id or e-mail.",
    ),
    formed("account", ACCOUNT, "Users of this account."),
    formed("module", MODULES, "The modules asked about, with commas; none = all, counted."),
    formed(
        "holding",
        ParameterForm::Word(&["has", "pending", "nothing"]),
        "Users who hold this: has, pending or nothing.",
    ),
    formed("role", ParameterForm::Words(ROLES), "Users of these roles, with commas."),
    formed(
        "sort",
        ParameterForm::Order(&["name", "id", "token", "expires"]),
        "name, id, token or expires; a hyphen before it for descending.",
    ),
];

impl Parameters for UserQuery {
    fn list() -> Vec<&'static Parameter> {
        USERS.iter().collect()
    }

    fn write(&self) -> Pairs {
        let (column, direction) = self.sort;
        let hyphen = if direction == Direction::Descending { "-" } else { "" };
        let search = self.words.join(" ");
        let pairs = [
            ("search", Some(search).filter(|text| !text.is_empty())),
            ("account", account_text(self.account)),
            ("module", joined(&self.modules)),
            ("holding", self.holding.map(|holding| holding.to_string())),
            ("role", joined(self.roles.iter().map(|role| role.to_string().to_lowercase()))),
            ("sort", Some(format!("{hyphen}{column}"))),
        ];
        pairs.into_iter().filter_map(|(name, text)| Some((name, text?))).collect()
    }

    fn read(given: &Given) -> Result<Self, FieldError> {
        let search = given.text("search").unwrap_or_default();
        let holding = given.text("holding").map(|text| {
            text.parse().map_err(|_| wrong("holding", "write has, pending or nothing"))
        });
        Ok(Self {
            words: search.split_whitespace().map(str::to_owned).collect(),
            account: account(given)?,
            modules: given.many("module")?,
            holding: holding.transpose()?,
            roles: given.many("role")?,
            sort: user_sort(given.text("sort").unwrap_or_default())?,
        })
    }
}

fn user_sort(text: &str) -> Result<(UserColumn, Direction), FieldError> {
    let (direction, name) = match text.strip_prefix('-') {
        Some(rest) => (Direction::Descending, rest),
        None => (Direction::Ascending, text),
    };
    if name.is_empty() {
        return Ok((UserColumn::default(), direction));
    }
    let column = name.parse().map_err(|_| wrong("sort", "write name, id, token or expires"))?;
    Ok((column, direction))
}

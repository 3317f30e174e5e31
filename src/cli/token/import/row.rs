//! From the cells of a line to the token it stands for. Names and ids are looked up in
//! what the operator knows; whether the token may be made, the backend says.

use std::collections::{BTreeMap, BTreeSet};

use super::file::{CsvCell, CsvLine, Wrong};
use crate::cli::failure::Failure;
use crate::cli::resolve;
use crate::domain::calendar::{DayEnd, parse_date};
use crate::domain::{
    AccountId, Catalogue, Expiry, Guid, Level, ModuleId, Operator, Settings, Time, UserId, name,
    policy,
};
use crate::text::Safe;
use crate::wire::{HeldValue, ImportRow};

/// Where the lines are read.
pub(super) struct RowPlace<'c> {
    pub(super) catalogue: &'c Catalogue,
    pub(super) operator: &'c Operator,
    pub(super) now: Time,
}

/// What a field is, or what is wrong with it.
type Read<T> = Result<T, (&'static str, String)>;

impl RowPlace<'_> {
    /// The token that a line stands for, or all that is wrong with it.
    pub(super) fn row(&self, line: &CsvLine) -> Result<ImportRow, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let account = noted(self.account(line), &mut wrong);
        let owner = noted(self.owner(line), &mut wrong).flatten();
        let value = noted(held(line), &mut wrong).flatten();
        let known = account.flatten();
        let end = noted(self.end(line, known, (owner, value.is_some())), &mut wrong).flatten();
        let settings = Settings {
            name: noted(called(line), &mut wrong).unwrap_or_default(),
            description: noted(description(line), &mut wrong).unwrap_or_default(),
            access: noted(self.access(line), &mut wrong).unwrap_or_default(),
            groups: noted(
                line.each("groups", |text| resolve::group(self.catalogue, known, text)),
                &mut wrong,
            )
            .unwrap_or_default(),
            scopes: noted(
                line.each("scopes", |text| resolve::scope(self.catalogue, known, text)),
                &mut wrong,
            )
            .unwrap_or_default(),
            labels: noted(labels(line), &mut wrong).unwrap_or_default(),
            enabled: noted(enabled(line), &mut wrong).unwrap_or(true),
            valid_from: noted(self.start(line), &mut wrong).flatten(),
            valid_to: end,
        };
        noted(not_ended(line), &mut wrong);
        match account {
            Some(account) if wrong.is_empty() => {
                Ok(ImportRow { line: line.number, account, owner, settings, value })
            }
            _ => {
                let at = |(field, message): (&str, String)| Wrong::new(line.number, field, message);
                Err(wrong.into_iter().map(at).collect())
            }
        }
    }

    /// The account named, or the only one that the operator has; none = all accounts.
    fn account(&self, line: &CsvLine) -> Read<Option<AccountId>> {
        let by_id = line.text("account");
        let Some(text) = line.text("account_name").or(by_id) else {
            let accounts = self.operator.accounts_in(self.catalogue);
            return match accounts.as_slice() {
                [only] => Ok(Some(only.id)),
                _ => Err(("account", "Name the account".to_owned())),
            };
        };
        let all = self.catalogue.account_name(None);
        if text.eq_ignore_ascii_case("all") || name::key(text) == name::key(&all) {
            return Ok(None);
        }
        found("account", resolve::account(self.catalogue, text)).map(Some)
    }

    /// The user: by the name beside an id, if there is one, for the id of another store is
    /// somebody else's here.
    fn owner(&self, line: &CsvLine) -> Read<Option<UserId>> {
        let (id, named) = (line.text("owner"), line.text("owner_name"));
        let (Some(text), Some(named)) = (id, named) else {
            let Some(text) = id.or(named) else { return Ok(None) };
            let text = line.names.get(text).map_or(text, String::as_str);
            return found("owner", self.user(id, text)).map(Some);
        };
        found("owner", self.user(Some(text), named)).map(Some)
    }

    fn user(&self, id: Option<&str>, named: &str) -> Result<UserId, Failure> {
        let same = |id: &UserId| {
            let user = self.catalogue.users.get(id);
            user.is_some_and(|user| name::key(&user.name) == name::key(named))
        };
        match id.and_then(|id| id.parse().ok()).filter(same) {
            Some(id) => Ok(id),
            None => resolve::user(self.catalogue, named),
        }
    }

    /// `MODULE=read` or `MODULE Read`, as lists have it.
    fn access(&self, line: &CsvLine) -> Read<BTreeMap<ModuleId, Level>> {
        let form = |text: &str| {
            let text = Safe::line(text);
            ("access", format!("'{text}' is not MODULE=read or MODULE=full"))
        };
        let pair = |(module, level): (&str, &str), text: &str| {
            let module = found("access", resolve::module(self.catalogue, module.trim()))?;
            Ok((module, level.trim().parse().map_err(|_| form(text))?))
        };
        match line.cells.get("access") {
            None => Ok(BTreeMap::new()),
            Some(CsvCell::Pairs(pairs)) => {
                let named = |id: &String| line.names.get(id).unwrap_or(id).clone();
                pairs.iter().map(|(id, level)| pair((&named(id), level), level)).collect()
            }
            Some(_) => {
                let split = |text: &String| {
                    let parts = text.rsplit_once('=').or_else(|| text.trim().rsplit_once(' '));
                    pair(parts.ok_or_else(|| form(text))?, text)
                };
                line.list("access").iter().map(split).collect()
            }
        }
    }

    /// What has begun needs no beginning.
    fn start(&self, line: &CsvLine) -> Read<Option<Time>> {
        let Some(text) = line.text("valid_from") else { return Ok(None) };
        let start = parse_date(text, self.now, DayEnd::Start);
        let start = start.map_err(|error| ("valid_from", error.to_string()))?;
        Ok(Some(start).filter(|start| *start > self.now))
    }

    /// The end: of a token of an account never, of a request with its value, of a user's
    /// own value what the account allows, where the line says nothing.
    fn end(
        &self,
        line: &CsvLine,
        account: Option<AccountId>,
        (owner, held): (Option<UserId>, bool),
    ) -> Read<Option<Time>> {
        let Some(text) = line.text("expires").or(line.text("valid_to")) else {
            let chosen = owner.filter(|_| held);
            return Ok(chosen.and_then(|_| policy::default_end(account, self.catalogue, self.now)));
        };
        let end = Expiry::parse(text, self.now);
        end.map(|end| end.valid_to(self.now)).map_err(|error| ("expires", error.to_string()))
    }
}

impl CsvLine {
    fn text(&self, column: &str) -> Option<&str> {
        match self.cells.get(column) {
            Some(CsvCell::Text(text)) => Some(text.as_str()).filter(|text| !text.trim().is_empty()),
            Some(CsvCell::List(_) | CsvCell::Pairs(_)) | None => None,
        }
    }

    /// A list, or the parts of a text between commas, semicolons or bars. Ids that the line
    /// has names for are those names.
    fn list(&self, column: &str) -> Vec<String> {
        let parts = match self.cells.get(column) {
            None => vec![],
            Some(CsvCell::List(list)) => list.clone(),
            Some(CsvCell::Pairs(pairs)) => pairs.keys().cloned().collect(),
            Some(CsvCell::Text(text)) => {
                let mark = ['|', ';', ','].into_iter().find(|mark| text.contains(*mark));
                text.split(mark.unwrap_or(',')).map(|part| part.trim().to_owned()).collect()
            }
        };
        let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
        parts.map(|part| self.names.get(&part).cloned().unwrap_or(part)).collect()
    }

    /// Entries by name or id.
    fn each<I: Ord>(
        &self,
        column: &'static str,
        find: impl Fn(&str) -> Result<I, Failure>,
    ) -> Read<BTreeSet<I>> {
        self.list(column).iter().map(|text| found(column, find(text))).collect()
    }
}

/// What was read; what is wrong is noted.
fn noted<T>(read: Read<T>, wrong: &mut Vec<(&'static str, String)>) -> Option<T> {
    read.map_err(|error| wrong.push(error)).ok()
}

fn found<T>(field: &'static str, found: Result<T, Failure>) -> Read<T> {
    found.map_err(|failure| (field, failure.message()))
}

fn called(line: &CsvLine) -> Read<String> {
    name::check(line.text("name").unwrap_or_default(), "Name").map_err(|why| ("name", why))
}

fn description(line: &CsvLine) -> Read<String> {
    let text = line.text("description").unwrap_or_default();
    name::check_description(text).map_err(|why| ("description", why))
}

/// The value that its holder has; its GUID counts for nothing without its hash.
fn held(line: &CsvLine) -> Read<Option<HeldValue>> {
    let Some(hash) = line.text("hash") else { return Ok(None) };
    let Some(guid) = line.text("guid") else {
        return Err(("guid", "A hash needs the GUID of its value".to_owned()));
    };
    let Some(prefix) = line.text("prefix") else {
        return Err(("prefix", "A hash needs the prefix of its value".to_owned()));
    };
    let guid: Guid = guid.parse().map_err(|_| ("guid", "Not a GUID".to_owned()))?;
    let text = |text: &str| text.trim().chars().take(80).collect::<String>();
    Ok(Some(HeldValue { guid, prefix: text(prefix), hash: text(hash) }))
}

/// `env=prod, team=core`.
fn labels(line: &CsvLine) -> Read<BTreeMap<String, String>> {
    if let Some(CsvCell::Pairs(pairs)) = line.cells.get("labels") {
        return Ok(pairs.clone());
    }
    let pair = |text: &String| {
        let (key, value) = text
            .split_once('=')
            .ok_or_else(|| ("labels", format!("'{}' is not KEY=VALUE", Safe::line(text))))?;
        Ok((key.trim().to_owned(), value.trim().to_owned()))
    };
    line.list("labels").iter().map(pair).collect()
}

fn enabled(line: &CsvLine) -> Read<bool> {
    let disabled =
        line.text("status").is_some_and(|status| status.eq_ignore_ascii_case("disabled"));
    let Some(text) = line.text("enabled") else { return Ok(!disabled) };
    match text.to_lowercase().as_str() {
        "true" | "yes" | "1" => Ok(true),
        "false" | "no" | "0" => Ok(false),
        _ => Err(("enabled", "Write true or false".to_owned())),
    }
}

/// What was taken out of service somewhere must not come back by this door.
fn not_ended(line: &CsvLine) -> Read<()> {
    let ended = ["revoked", "deleted", "expired"];
    match line.text("status").map(str::to_lowercase) {
        Some(status) if ended.contains(&status.as_str()) => {
            Err(("status", format!("It is {status}: leave it out, or empty its status")))
        }
        _ => Ok(()),
    }
}

//! Filters as they are typed: `status:active exp<30d scope:"North plant" robot`.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::str::FromStr;

use super::record;
use crate::domain::calendar::{DayEnd, When};
use crate::domain::query::parse_statuses;
use crate::domain::{Module, Scope, Time};
use crate::tui::filters::Filters;
use crate::tui::model::Model;

/// What a filter may begin with.
pub(super) const KEYS: [&str; 8] =
    ["status:", "module:", "scope:", "name:", "guid:", "exp<", "unused>", "never-used"];

/// All that narrows the list: the searches and the filters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::tui) struct Narrow {
    /// Words of the name.
    pub(in crate::tui) text: String,
    /// A part of the GUID.
    pub(in crate::tui) guid: String,
    /// The filters.
    pub(in crate::tui) filters: Filters,
}

/// Reads what is to narrow the list from now on.
pub(super) fn parse(text: &str, model: &Model) -> Result<Narrow, String> {
    let mut narrow = Narrow::default();
    for part in split(text)? {
        take(&part, &mut narrow, model)?;
    }
    Ok(narrow)
}

/// The parts between spaces; what stands in double quotes is kept together.
fn split(text: &str) -> Result<Vec<String>, String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut quoted = false;
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => parts.push(std::mem::take(&mut part)),
            c => part.push(c),
        }
    }
    parts.push(part);
    parts.retain(|part| !part.is_empty());
    if quoted { Err("a quote is not closed".to_owned()) } else { Ok(parts) }
}

fn take(part: &str, narrow: &mut Narrow, model: &Model) -> Result<(), String> {
    if part == "never-used" {
        narrow.filters.never_used = true;
        return Ok(());
    }
    let Some(at) = part.find([':', '<', '>']) else {
        add_word(&mut narrow.text, part);
        return Ok(());
    };
    let (key, value) = part.split_at_checked(at + 1).unwrap_or((part, ""));
    if value.is_empty() {
        return Err(format!("'{key}' wants something after it"));
    }
    let filters = &mut narrow.filters;
    match key {
        "status:" => filters.statuses.extend(parse_statuses(value.split(','))?),
        "module:" => {
            let known = modules(model).map(|module| (module.id, module.name.as_str()));
            filters.modules.extend(several("module", value, known)?);
        }
        "scope:" => {
            let known = scopes(model).map(|scope| (scope.id, scope.name.as_str()));
            filters.scopes.extend(several("scope", value, known)?);
        }
        "name:" => add_word(&mut narrow.text, value),
        "guid:" => value.clone_into(&mut narrow.guid),
        "exp<" | "expires<" => {
            filters.expires_within =
                Some(time(value, |when| when.at(model.wall(), DayEnd::Start))?);
        }
        "unused>" => {
            filters.unused_for = Some(time(value, |when| when.ago(model.wall()))?);
        }
        _ => {
            return Err(format!(
                "'{part}' is not a filter: {} or a word of the name",
                KEYS.join(" ")
            ));
        }
    }
    Ok(())
}

/// The modules of the accounts that are listed.
pub(super) fn modules(model: &Model) -> impl Iterator<Item = &Module> {
    model.catalogue.modules_of(model.account())
}

/// The scopes of the accounts that are listed, as far as the operator holds them.
pub(super) fn scopes(model: &Model) -> impl Iterator<Item = &Scope> {
    let here = model.account();
    let scopes = model.catalogue.scopes.values();
    scopes
        .filter(move |scope| here.is_none_or(|account| scope.account == account))
        .filter(|scope| model.session.operator.holds(scope))
}

fn add_word(text: &mut String, word: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}

fn several<'c, I>(
    what: &str,
    text: &str,
    known: impl Iterator<Item = (I, &'c str)>,
) -> Result<BTreeSet<I>, String>
where
    I: Copy + Ord + Display + FromStr,
{
    let known: Vec<_> = known.collect();
    text.split(',').map(|name| record::one(what, name.trim(), &known)).collect()
}

/// A time that leads to a date there is.
fn time(text: &str, instant: impl Fn(When) -> Option<Time>) -> Result<When, String> {
    let form = |_| format!("'{text}' is not a time such as 30d, 12w, 6m, 24h or 2027-01-31");
    let when = text.parse::<When>().map_err(form)?;
    match instant(when) {
        Some(_) => Ok(when),
        None => Err(format!("'{text}' lies outside the calendar")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Status;
    use crate::domain::calendar::Span;
    use crate::tui::fixture;

    fn filter(text: &str) -> Result<Narrow, String> {
        parse(text, &fixture::model())
    }

    #[test]
    fn filters_are_read_together() {
        let query = filter("status:active,pending exp<30d never-used bulk name:\"0 1\"");
        let Narrow { text, filters, .. } = query.unwrap_or_default();
        assert_eq!(filters.statuses, BTreeSet::from([Status::Active, Status::Pending]));
        assert_eq!(text, "bulk 0 1");
        assert_eq!(
            (filters.never_used, filters.expires_within),
            (true, Some(When::Span(Span::Days(30))))
        );
    }

    #[test]
    fn a_wrong_filter_is_told_what_would_be_right() {
        let error = |text| filter(text).err().unwrap_or_default();
        assert!(error("status:dead").contains("'dead' is not a status: active"));
        assert!(error("exp<soon").contains("'soon' is not a time such as 30d"));
        assert!(error("size:3").contains("'size:3' is not a filter: status: module:"));
        assert_eq!(error("scope:\"North"), "a quote is not closed");
        assert_eq!(error("status:"), "'status:' wants something after it");
    }
}

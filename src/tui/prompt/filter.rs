//! Filters as they are typed: `status:active exp<30d scope:"North plant" robot`.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::str::FromStr;

use super::record;
use crate::domain::calendar::Span;
use crate::domain::query::parse_statuses;
use crate::domain::{Query, Time};
use crate::tui::model::Model;

/// What a filter may begin with.
pub(super) const KEYS: [&str; 9] =
    ["status:", "module:", "scope:", "owner:", "name:", "guid:", "exp<", "unused>", "never-used"];

/// The query with these filters alone; account and order stay.
pub(super) fn parse(text: &str, model: &Model) -> Result<Query, String> {
    let before = &model.list.query;
    let mut query =
        Query { account: before.account, sort: before.sort.clone(), ..Query::default() };
    for part in split(text)? {
        take(&part, &mut query, model)?;
    }
    Ok(query)
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

fn take(part: &str, query: &mut Query, model: &Model) -> Result<(), String> {
    if part == "never-used" {
        query.never_used = true;
        return Ok(());
    }
    let Some(at) = part.find([':', '<', '>']) else {
        add_word(&mut query.text, part);
        return Ok(());
    };
    let (key, value) = part.split_at_checked(at + 1).unwrap_or((part, ""));
    if value.is_empty() {
        return Err(format!("'{key}' wants something after it"));
    }
    let catalogue = &model.catalogue;
    match key {
        "status:" => query.statuses.extend(parse_statuses(value.split(','))?),
        "module:" => {
            let known = catalogue.modules.values().map(|module| (module.id, module.name.as_str()));
            query.modules.extend(several("module", value, known)?);
        }
        "scope:" => {
            let known = catalogue.scopes.values().map(|scope| (scope.id, scope.name.as_str()));
            query.scopes.extend(several("scope", value, known)?);
        }
        "owner:" => {
            let users = catalogue.users.values();
            let known: Vec<_> =
                users.flat_map(|u| [(u.id, u.login.as_str()), (u.id, u.name.as_str())]).collect();
            query.owner = Some(record::one("user", value, &known)?);
        }
        "name:" => add_word(&mut query.text, value),
        "guid:" => value.clone_into(&mut query.guid),
        "exp<" | "expires<" => {
            query.expires_before = Some(limit(value, |span| span.after(model.wall()))?);
        }
        "unused>" => query.unused_since = Some(limit(value, |span| span.before(model.wall()))?),
        _ => {
            return Err(format!(
                "'{part}' is not a filter: {} or a word of the name",
                KEYS.join(" ")
            ));
        }
    }
    Ok(())
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

fn limit(text: &str, instant: impl Fn(Span) -> Option<Time>) -> Result<Time, String> {
    let span = text
        .parse::<Span>()
        .map_err(|_| format!("'{text}' is not a time such as 30d, 12w, 6m or 24h"))?;
    instant(span).ok_or_else(|| format!("'{text}' lies outside the calendar"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Status;
    use crate::tui::fixture;

    fn filter(text: &str) -> Result<Query, String> {
        parse(text, &fixture::model())
    }

    #[test]
    fn filters_are_read_together() {
        let query = filter("status:active,pending exp<30d never-used bulk name:\"0 1\"");
        let query = query.unwrap_or_default();
        assert_eq!(query.statuses, BTreeSet::from([Status::Active, Status::Pending]));
        assert_eq!(query.text, "bulk 0 1");
        assert!(query.never_used && query.expires_before.is_some());
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

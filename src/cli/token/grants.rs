//! From flags to settings: what is named changes, all else stays.

use crate::cli::args::Grants;
use crate::cli::failure::Failure;
use crate::cli::resolve;
use crate::domain::calendar::{DayEnd, parse_date};
use crate::domain::{AccountId, Catalogue, Expiry, Refusal, Settings, Time, label};

/// Where the names of modules, groups and scopes are looked up, and when.
pub(super) struct GrantPlace<'c> {
    pub(super) catalogue: &'c Catalogue,
    pub(super) account: Option<AccountId>,
    pub(super) now: Time,
}

/// Lays the flags over the settings.
pub(super) fn apply(
    settings: &mut Settings,
    grants: &Grants,
    place: &GrantPlace<'_>,
) -> Result<(), Failure> {
    for text in &grants.module {
        grant(settings, text, place)?;
    }
    for text in &grants.group {
        settings.groups.insert(resolve::group(place.catalogue, place.account, text)?);
    }
    for text in &grants.scope {
        settings.scopes.insert(resolve::scope(place.catalogue, place.account, text)?);
    }
    if let Some(text) = &grants.description {
        settings.description.clone_from(text);
    }
    if let Some(text) = &grants.expires {
        settings.valid_to = expiry(text, place.now)?.valid_to(place.now);
    }
    if let Some(text) = &grants.valid_from {
        settings.valid_from = start(text, place.now)?;
    }
    for text in &grants.label {
        let (key, text) = label::parse(text).map_err(|error| Refusal::field("labels", error))?;
        label::set(&mut settings.labels, key, text);
    }
    if grants.disabled {
        settings.enabled = false;
    }
    Ok(())
}

/// `MODULE=read`; the last `=` counts, for a name may hold one.
fn grant(settings: &mut Settings, text: &str, place: &GrantPlace<'_>) -> Result<(), Failure> {
    let form = || Failure::Usage(format!("--module: '{text}' is not MODULE=read, =full or =no"));
    let (module, level) = text.rsplit_once('=').ok_or_else(form)?;
    let module = resolve::module(place.catalogue, module)?;
    if level.eq_ignore_ascii_case("no") {
        settings.access.remove(&module);
    } else {
        settings.access.insert(module, level.parse().map_err(|_| form())?);
    }
    Ok(())
}

/// The end that a text stands for.
pub(super) fn expiry(text: &str, now: Time) -> Result<Expiry, Failure> {
    Expiry::parse(text, now).map_err(|error| Refusal::field("expires", error.to_string()).into())
}

fn start(text: &str, now: Time) -> Result<Option<Time>, Failure> {
    if text.eq_ignore_ascii_case("now") {
        return Ok(None);
    }
    parse_date(text, now, DayEnd::Start)
        .map(Some)
        .map_err(|error| Refusal::field("valid_from", error.to_string()).into())
}

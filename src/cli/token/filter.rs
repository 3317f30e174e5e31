//! From filters as typed to a query.

use std::collections::BTreeSet;

use crate::cli::args::Filters;
use crate::cli::deck::Deck;
use crate::cli::failure::Failure;
use crate::cli::resolve;
use crate::domain::calendar::Span;
use crate::domain::query::parse_statuses;
use crate::domain::{AccountFilter, Catalogue, Query, SortKey, Time};

/// The query that the filters stand for.
pub(super) async fn query(
    deck: &Deck,
    filters: &Filters,
    sort: &[SortKey],
) -> Result<Query, Failure> {
    let catalogue = deck.backend.catalogue().await?;
    let statuses = parse_statuses(filters.status.iter().map(String::as_str));
    let mut query = Query {
        text: filters.search.clone().unwrap_or_default(),
        guid: filters.guid.clone().unwrap_or_default(),
        statuses: statuses.map_err(Failure::Usage)?,
        never_used: filters.never_used,
        expires_before: limit("--expires-within", filters.expires_within, |span| {
            span.after(deck.now())
        })?,
        unused_since: limit("--unused-for", filters.unused_for, |span| span.before(deck.now()))?,
        ..Query::default()
    };
    if !sort.is_empty() {
        query.sort = sort.to_vec();
    }
    name_records(&mut query, filters, &catalogue)?;
    Ok(query)
}

fn name_records(
    query: &mut Query,
    filters: &Filters,
    catalogue: &Catalogue,
) -> Result<(), Failure> {
    let mut account = None;
    if let Some(text) = &filters.account {
        let id = resolve::account(catalogue, text)?;
        account = Some(id);
        query.account = AccountFilter::One(id);
    }
    if let Some(text) = &filters.owner {
        query.owner = Some(resolve::user(catalogue, text)?);
    }
    query.modules = filters
        .module
        .iter()
        .map(|text| resolve::module(catalogue, text))
        .collect::<Result<BTreeSet<_>, _>>()?;
    query.scopes = filters
        .scope
        .iter()
        .map(|text| resolve::scope(catalogue, account, text))
        .collect::<Result<BTreeSet<_>, _>>()?;
    Ok(())
}

fn limit(
    flag: &str,
    span: Option<Span>,
    instant: impl Fn(Span) -> Option<Time>,
) -> Result<Option<Time>, Failure> {
    span.map(|span| {
        instant(span).ok_or_else(|| Failure::Usage(format!("{flag}: lies outside the calendar")))
    })
    .transpose()
}

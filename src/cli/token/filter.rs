//! From filters as typed to a query.

use std::collections::BTreeSet;

use crate::cli::args::Filters;
use crate::cli::deck::Deck;
use crate::cli::failure::Failure;
use crate::cli::{moment, resolve};
use crate::domain::query::parse_statuses;
use crate::domain::{AccountFilter, Catalogue, Query, SortKey};

/// The query that the filters stand for.
pub(in crate::cli) async fn query(
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
        expires_before: filters
            .expires_within
            .map(|when| moment::ahead("--expires-within", when, deck.now()))
            .transpose()?,
        unused_since: filters
            .unused_for
            .map(|when| moment::past("--unused-for", when, deck.now()))
            .transpose()?,
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

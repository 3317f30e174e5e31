//! From filters as typed to a query.

use std::collections::BTreeSet;

use crate::cli::args::FilterArgs;
use crate::cli::deck::Deck;
use crate::cli::failure::Failure;
use crate::cli::{moment, resolve};
use crate::domain::query::{Bare, QueryTerms, parse_statuses};
use crate::domain::view::{SavedView, view_named};
use crate::domain::{AccountFilter, Catalogue, Query, SortKey};

/// Whether an account is none in particular.
pub(in crate::cli) fn is_all(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case("all")
}

/// The query that the filters stand for. A bare word, and `--search`, look everywhere in a
/// list and at the name where something is done.
pub(in crate::cli) async fn query(
    deck: &Deck,
    filters: &FilterArgs,
    sort: &[SortKey],
    bare: Bare,
) -> Result<Query, Failure> {
    let view = view_of(deck, filters)?;
    let terms = terms(filters, &view, bare)?;
    let sort = if sort.is_empty() { view.sort.as_slice() } else { sort };
    let filter = terms.explicit();
    let catalogue = deck.backend.catalogue().await?;
    let statuses = parse_statuses(filters.status.iter().map(String::as_str));
    let words = filters.search.clone().unwrap_or_default();
    let (search, text) = match bare {
        Bare::Text => (words, String::new()),
        Bare::Name => (String::new(), words),
    };
    let mut query = Query {
        filter,
        search,
        text,
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
    let said = &deck.session.descriptors;
    said.must_filter(&query, &terms).map_err(Failure::Usage)?;
    said.must_sort(sort).map_err(|why| Failure::Usage(format!("--sort: {why}")))?;
    Ok(query)
}

/// The view that is named, or one that says nothing.
pub(super) fn view_of(deck: &Deck, filters: &FilterArgs) -> Result<SavedView, Failure> {
    let Some(name) = &filters.view else { return Ok(SavedView::default()) };
    view_named(&deck.views, name).map_err(|why| Failure::Usage(format!("--view: {why}")))
}

/// Those of the view, and those that were given besides.
fn terms(filters: &FilterArgs, view: &SavedView, bare: Bare) -> Result<QueryTerms, Failure> {
    let wrong = |error| Failure::Usage(format!("--filter: {error}"));
    let text = filters.filter.as_deref().unwrap_or_default();
    let given = QueryTerms::parse(text, bare).map_err(wrong)?;
    let both = format!("{} {}", view.filter, given.explicit());
    if view.filter.is_empty() { Ok(given) } else { QueryTerms::parse(&both, bare).map_err(wrong) }
}

fn name_records(
    query: &mut Query,
    filters: &FilterArgs,
    catalogue: &Catalogue,
) -> Result<(), Failure> {
    let mut account = None;
    let account_named = filters.account.as_ref().filter(|text| !is_all(text));
    if let Some(text) = account_named {
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

//! What the Users screen asks of the backend: windows of the users, plans for them,
//! an export, and what accepting a token would replace.

use std::collections::BTreeSet;

use crate::backend::export::generate_export;
use crate::backend::{Answer, Backend, BulkBackend as _};
use crate::domain::{HolderVerb, Query, Status, UserId, Window, holding};
use crate::tui::bulk::{Bulk, Planned, Proposal};
use crate::tui::orders::{Order, Portion};
use crate::tui::users::{self, Generated};
use crate::wire::{UserPage, UserQuery};

/// The rows around a user, or around a row where they are no longer listed.
pub(super) async fn list(
    backend: &dyn Backend,
    wanted: Portion<UserQuery, UserId>,
) -> Answer<UserPage> {
    let Portion { query, keep, index, span, .. } = wanted;
    let limit = span.saturating_mul(2).saturating_add(1);
    let offset = index.saturating_sub(span);
    let page = backend.users(query.clone(), Window { offset, limit }).await?;
    let there = |page: &UserPage, id| page.users.iter().position(|view| view.user.id == id);
    let elsewhere = keep.is_some_and(|id| there(&page, id).is_none());
    if page.users.len() == page.total || (!elsewhere && !page.users.is_empty()) {
        return Ok(page);
    }
    // The user went far, or the list became shorter than the row asked for.
    let all = backend.users(query, Window::ALL).await?;
    let place = keep.and_then(|id| there(&all, id)).unwrap_or(index);
    let offset = place.min(all.total.saturating_sub(1)).saturating_sub(span);
    let users = all.users.into_iter().skip(offset).take(limit).collect();
    Ok(UserPage { offset, users, ..all })
}

/// The ids of all that a query finds, in its order.
pub(super) async fn found(backend: &dyn Backend, query: UserQuery) -> Answer<Vec<UserId>> {
    let page = backend.users(query, Window::ALL).await?;
    Ok(page.users.into_iter().map(|view| view.user.id).collect())
}

/// What a bulk action would do, and which of its users the filter hides.
pub(super) async fn plan(
    backend: &dyn Backend,
    proposal: Proposal<HolderVerb>,
) -> Answer<Planned<HolderVerb>> {
    let Proposal { verb: Some(verb), target, query, .. } = proposal else {
        return Ok(Planned::Mixed);
    };
    let mut hidden: BTreeSet<UserId> = BTreeSet::new();
    if users::is_narrowed(&query) {
        hidden.clone_from(&target.users);
        for id in found(backend, query).await? {
            hidden.remove(&id);
        }
    }
    Ok(Planned::Plan { plan: Box::new(backend.planned(verb, target).await?), hidden })
}

/// Generates what was confirmed, with the values in a file.
pub(super) async fn generate(
    backend: &dyn Backend,
    holders: &Bulk<HolderVerb>,
) -> Answer<Generated> {
    let (plan, folder) = (holders.plan.clone(), holders.aim.clone());
    let exported = generate_export(backend, plan, &folder, |_| {}).await?;
    Ok(Generated { report: exported.report, place: exported.place })
}

/// How many tokens of theirs work now, of those the operator sees.
pub(super) async fn working(backend: &dyn Backend, user: UserId) -> Answer<usize> {
    let statuses = BTreeSet::from([Status::Active]);
    let query = Query { owner: Some(user), statuses, ..Query::default() };
    Ok(backend.list(query, Window { offset: 0, limit: 0 }).await?.total)
}

/// The tokens of its owner that a token replaces once it is accepted: name and id.
pub(super) async fn replaced(backend: &dyn Backend, order: &Order) -> Answer<Vec<String>> {
    let accepted = backend.show(order.id.to_string()).await?;
    let (catalogue, session) = (backend.catalogue().await?, backend.session().await?);
    let query = Query { owner: accepted.token.owner, ..Query::default() };
    let page = backend.list(query, Window::ALL).await?;
    let tokens = page.tokens.iter().map(|view| &view.token);
    let replaced = holding::replaced_by(&accepted.token, tokens, &catalogue, session.now);
    Ok(replaced.into_iter().map(|token| format!("{} {}", token.name, token.id)).collect())
}

//! What the list of tokens asks of the backend. A server may be a long way off, so all
//! that does not need an answer first is asked in one turn.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio::task::JoinSet;

use crate::backend::export::regenerate_export;
use crate::backend::{Answer, Backend, BackendError, BulkBackend as _, Cause};
use crate::domain::{Guid, Query, Refusal, Subject, Verb, Window, name};
use crate::tui::bulk::{BulkRenewal, Planned, Proposal, Rotated};
use crate::tui::orders::{NameAsked, Portion};
use crate::tui::own::OwnSubject;
use crate::tui::reply::Listing;
use crate::wire::{
    EventPage, EventQuery, Page, Plan, PlanAsk, Rotation, RowId, Target, TokenPlanAsk, TokenView,
};

/// The rows around a token, or around a row where it is no longer listed. One turn,
/// and another where the token turns out to be among other rows than expected.
pub(super) async fn list(backend: &dyn Backend, wanted: Portion<Query, RowId>) -> Answer<Listing> {
    let Portion { query, keep, index, span, .. } = wanted;
    let limit = span.saturating_mul(2).saturating_add(1);
    let around = |row: usize| Window { offset: row.saturating_sub(span), limit };
    let place = async {
        match keep {
            Some(id) => backend.position(query.clone(), id).await,
            None => Ok(None),
        }
    };
    let expected = backend.list(query.clone(), around(index));
    let (place, mut page, all) = tokio::try_join!(place, expected, all(backend, &query))?;
    let window = around(place.unwrap_or(index));
    if !holds(&page, window) {
        page = backend.list(query.clone(), window).await?;
    }
    if page.tokens.is_empty() && page.total > 0 {
        // The list became shorter than the row asked for: show its end.
        let offset = page.total.saturating_sub(limit);
        page = backend.list(query, Window { offset, limit }).await?;
    }
    let all = all.unwrap_or(page.total);
    Ok(Listing { page, all })
}

/// Whether a page has all the rows of that window.
fn holds(page: &Page, window: Window) -> bool {
    let end = window.offset.saturating_add(window.limit).min(page.total);
    let last = page.offset.saturating_add(page.tokens.len());
    page.offset <= window.offset && (end <= last || window.offset >= end)
}

/// How many tokens there are without the filters; none where there are no filters.
async fn all(backend: &dyn Backend, query: &Query) -> Answer<Option<usize>> {
    if !query.is_filtered() {
        return Ok(None);
    }
    let everything = Query { account: query.account, owner: query.owner, ..Query::default() };
    let page = backend.list(everything, Window { offset: 0, limit: 0 }).await?;
    Ok(Some(page.total))
}

/// What is on record of a token.
pub(super) async fn events(backend: &dyn Backend, id: &RowId, window: Window) -> Answer<EventPage> {
    let subject = Some(Subject::Token(id.clone()));
    backend.events(EventQuery { subject, ..EventQuery::default() }, window).await
}

/// What a bulk action would do, and which of its tokens the filter hides.
pub(super) async fn plan(backend: &dyn Backend, proposal: Proposal) -> Answer<Planned> {
    let Proposal { verb, target, aim, query, .. } = proposal;
    let wanted = async {
        match verb {
            Some(verb) => {
                let (to, target) = (aim.receiver(), target.clone());
                backend.plan_as(PlanAsk::Tokens(TokenPlanAsk { verb, to, target })).await.map(Some)
            }
            None => switch(backend, &target).await,
        }
    };
    let (plan, hidden) = tokio::try_join!(wanted, hidden(backend, &target, query))?;
    Ok(plan.map_or(Planned::Mixed, |plan| Planned::Plan { plan: Box::new(plan), hidden }))
}

/// Gives many tokens new values, which are in their file before any of them is in force.
pub(super) async fn rotate(backend: &dyn Backend, renewal: BulkRenewal) -> Answer<Rotated> {
    let BulkRenewal { bulk, expiry, overlap, file } = renewal;
    let rotation = Rotation { plan: bulk.plan.clone(), expiry: Some(expiry), overlap };
    let done = regenerate_export(backend, rotation, &file, |_| {}).await?;
    Ok(Rotated { report: done.report, place: done.place })
}

/// Those of a selection that a query does not find.
async fn hidden(backend: &dyn Backend, target: &Target, query: Query) -> Answer<BTreeSet<RowId>> {
    let Target::Tokens(ids) = target else { return Ok(BTreeSet::new()) };
    if !query.is_filtered() {
        return Ok(BTreeSet::new());
    }
    let found: BTreeSet<_> = backend.found(query).await?.into_iter().collect();
    Ok(ids.iter().filter(|id| !found.contains(*id)).cloned().collect())
}

/// The plan to enable or disable, whichever all of them can have; none where some
/// are enabled and some are not.
async fn switch(backend: &dyn Backend, target: &Target) -> Answer<Option<Plan>> {
    let plan = |verb| backend.planned(verb, target.clone());
    let (disable, enable) = tokio::try_join!(plan(Verb::Disable), plan(Verb::Enable))?;
    Ok(match (disable.count(), enable.count()) {
        (_, 0) => Some(disable),
        (0, _) => Some(enable),
        _ => None,
    })
}

/// How many tokens are asked for at the same time.
const ABREAST: usize = 16;

/// These tokens in this order. One that is gone is left out.
async fn views(backend: &Arc<dyn Backend>, ids: &[RowId]) -> Answer<Vec<TokenView>> {
    let mut views = Vec::new();
    for some in ids.chunks(ABREAST) {
        let mut asked = JoinSet::new();
        for (place, id) in some.iter().cloned().enumerate() {
            let backend = Arc::clone(backend);
            asked.spawn(async move { (place, backend.show(id.to_string()).await) });
        }
        let mut answers: Vec<_> = asked.join_all().await;
        answers.sort_by_key(|(place, _)| *place);
        for (_, answer) in answers {
            match answer {
                Ok(view) => views.push(view),
                Err(BackendError { cause: Cause::Refused(Refusal::NotFound { .. }), .. }) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(views)
}

/// The GUIDs of these tokens in this order, each with the name of its token. One that is
/// gone, or has no value yet, is left out.
pub(super) async fn guids(
    backend: &Arc<dyn Backend>,
    ids: &[RowId],
) -> Answer<Vec<(String, Guid)>> {
    let views = views(backend, ids).await?.into_iter();
    Ok(views.filter_map(|view| Some((view.token.name, view.guid?))).collect())
}

/// These tokens, as a command of the operator's own knows them.
pub(super) async fn subjects(backend: &Arc<dyn Backend>, ids: &[RowId]) -> Answer<Vec<OwnSubject>> {
    Ok(views(backend, ids).await?.iter().map(OwnSubject::of).collect())
}

/// Rows among which a name is looked for that several accounts have.
const ALIKE: usize = 200;

/// Whether another token of that account has a name, as far as the operator sees.
pub(super) async fn is_taken(backend: &dyn Backend, asked: &NameAsked) -> Answer<bool> {
    let NameAsked { name: wanted, account, own } = asked;
    let key = name::key(wanted);
    let has_it = |view: &TokenView| {
        let token = &view.token;
        let other = own.as_ref() != Some(&token.id) && token.deleted.is_none();
        other && token.account == *account && name::key(&token.name) == key
    };
    match backend.show(wanted.clone()).await {
        Ok(view) => Ok(has_it(&view)),
        Err(BackendError { cause: Cause::Refused(Refusal::NotFound { .. }), .. }) => Ok(false),
        // Tokens of several accounts have it, or what it reads like.
        Err(BackendError { cause: Cause::Refused(Refusal::Ambiguous { .. }), .. }) => {
            let query =
                Query { account: (*account).into(), search: wanted.clone(), ..Query::default() };
            let page = backend.list(query, Window { offset: 0, limit: ALIKE }).await?;
            Ok(page.tokens.iter().any(has_it))
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::fixture;

    #[test]
    fn a_page_holds_a_window_if_it_has_all_of_its_rows_there_are() {
        let page = |offset, count, total| Page {
            total,
            offset,
            tokens: (0..count).map(fixture::token).collect(),
            ..Page::default()
        };
        let window = |offset, limit| Window { offset, limit };
        assert!(holds(&page(10, 5, 100), window(10, 5)));
        assert!(!holds(&page(10, 5, 100), window(11, 5)));
        assert!(!holds(&page(10, 5, 100), window(9, 5)));
        assert!(holds(&page(0, 5, 5), window(3, 50)));
        assert!(holds(&page(0, 5, 5), window(90, 50)), "nothing is there");
        assert!(holds(&page(0, 0, 0), window(0, 50)));
    }
}

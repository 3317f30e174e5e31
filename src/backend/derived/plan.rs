//! A plan out of rows: what would be done to each, by the rules that every screen shows, and
//! by what backend and row say of their abilities.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::rows::each;
use crate::backend::{Answer, Backend, absent};
use crate::domain::query::{Bare, QueryTerms};
use crate::domain::{AccountFilter, Query, Refusal, Status, Verb, column};
use crate::wire::{
    Ability, AnyPlan, Plan, PlanAsk, PlanItem, RowId, Session, Step, Target, TokenPlanAsk,
    TokenView,
};

/// Freezes what doing something to many tokens would come to. Changes nothing.
pub async fn plan<B: Backend + ?Sized>(backend: &B, ask: PlanAsk) -> Answer<AnyPlan> {
    let session = backend.session().await?;
    let TokenPlanAsk { verb, to, target } = match ask {
        PlanAsk::Tokens(ask) => ask,
        PlanAsk::Holders(ask) => return absent(backend, Ability::of_holders(ask.verb)).await,
    };
    let ability = Ability::of_many(verb);
    if !PLAIN.contains(&verb) || to.is_some() || session.abilities.refusal(ability).is_some() {
        return absent(backend, ability).await;
    }
    target.must_name_some()?;
    target.must_be_permitted(verb, &session.operator)?;
    if let Target::Account(id) = target
        && !backend.catalogue().await?.accounts.contains_key(&id)
    {
        return Err(Refusal::NotFound { what: "account", name: id.to_string() }.into());
    }
    let items = match target {
        Target::Tokens(ids) => named(backend, (verb, &session), ids).await?,
        Target::Found(query) => found(backend, (verb, &session), acting(query)?).await?,
        Target::Account(id) => {
            let query = Query { account: AccountFilter::One(id), ..Query::default() };
            PlanItem::standing(found(backend, (verb, &session), query).await?, verb)?
        }
        Target::Owner(id) => {
            let query = Query { owner: Some(id), ..Query::default() };
            PlanItem::standing(found(backend, (verb, &session), query).await?, verb)?
        }
    };
    if PlanItem::are_never_permitted(&items) {
        session.operator.must_manage()?;
    }
    Ok(AnyPlan::Tokens(Plan { items, ..Plan::empty(verb, session.now) }))
}

/// What an order says all of that there is to say of many tokens. A verb that is forgotten
/// here is refused for many.
pub(super) const PLAIN: [Verb; 5] =
    [Verb::Enable, Verb::Disable, Verb::Revoke, Verb::Delete, Verb::DropOld];

/// Where something is done, a word without a key is a name.
fn acting(query: Query) -> Result<Query, Refusal> {
    let terms = QueryTerms::parse(&query.filter, Bare::Name);
    let filter = terms.map_err(|error| Refusal::field("filter", error))?.explicit();
    Ok(Query { filter, ..query })
}

/// Tokens named one by one: none is dropped in silence, be it that it is no more.
async fn named<B: Backend + ?Sized>(
    backend: &B,
    (verb, session): (Verb, &Session),
    ids: Vec<RowId>,
) -> Answer<Vec<PlanItem>> {
    let ids: BTreeSet<_> = ids.into_iter().collect();
    let (mut there, mut gone) = (Vec::new(), Vec::new());
    for id in ids {
        match backend.show(id.to_string()).await {
            Ok(view) if view.token.id == id => there.push(view),
            Ok(_) => gone.push(PlanItem::unknown(&id)),
            Err(error) => match error.refusal() {
                Some(Refusal::NotFound { .. }) => gone.push(PlanItem::unknown(&id)),
                Some(_) | None => return Err(error),
            },
        }
    }
    there.sort_by(|a, b| column::by_name(&a.token, &b.token));
    Ok(there.iter().map(|view| item(verb, view, session)).chain(gone).collect())
}

async fn found<B: Backend + ?Sized>(
    backend: &B,
    (verb, session): (Verb, &Session),
    query: Query,
) -> Answer<Vec<PlanItem>> {
    let (mut items, mut seen) = (Vec::new(), BTreeSet::new());
    let take = |_, view: TokenView| {
        if seen.insert(view.token.id.clone()) {
            items.push(item(verb, &view, session));
        }
        ControlFlow::Continue(())
    };
    each(backend, &query, take).await?;
    Ok(items)
}

fn item(verb: Verb, view: &TokenView, session: &Session) -> PlanItem {
    let step = step(verb, view, session);
    PlanItem {
        matched: view.matched.clone(),
        looks_like: view.look_alikes.first().filter(|_| step.acts()).cloned(),
        ..PlanItem::of(&view.token, (view.status, view.out_of_service), session.now, step)
    }
}

/// Revoking many leaves no request that could come alive later, so it cancels those.
fn step(verb: Verb, view: &TokenView, session: &Session) -> Step {
    let waits = view.status != Status::Unknown
        && Status::alone(&view.token, session.now) == Status::Pending;
    let (does, step) = match verb {
        Verb::Revoke if waits => (Verb::Delete, Step::CancelRequest),
        _ => (verb, Step::Act),
    };
    let said = session.abilities.narrowed(&view.abilities, Ability::of(does)).refusal();
    let allowed = view
        .allows(does, &session.operator, session.now)
        .and_then(|()| said.map_or(Ok(()), |why| Err(Refusal::Lacking(why.to_owned()))));
    allowed.map_or_else(|refusal| Step::skip(&refusal), |()| step)
}

//! The plan: which tokens, in the order of the list, at which version, and what
//! will be done with each or why nothing will.

use std::collections::{BTreeMap, BTreeSet};

use crate::authority::Ruling;
use crate::authority::scene::Scene;
use crate::domain::query::Bare;
use crate::domain::{
    AccountFilter, Action, Query, Refusal, Status, Token, TokenId, Verb, hand_over,
};
use crate::search::TokenIndex;
use crate::wire::{PlanItem, RowId, Step, Target, TokenPlanAsk};

use super::order::{BulkOrder, action_on, must_be_bulk, ordered};
use super::rotate;

/// What is ordered for each of these tokens; refused where it is nothing for many.
pub(in crate::authority) fn order_of(ask: &TokenPlanAsk) -> Result<BulkOrder, Refusal> {
    let order = match (ask.verb, ask.to) {
        (Verb::HandOver, Some(to)) => BulkOrder::Give(to),
        (Verb::HandOver, None) => return Err(Refusal::field("to", "Say who gets them")),
        (_, Some(_)) => return Err(Refusal::field("to", "Only for hand-over")),
        (verb, None) => BulkOrder::Act(verb),
    };
    must_be_bulk(ask.verb)?;
    ask.target.must_name_some()?;
    Ok(order)
}

/// What would be done with each token.
pub(in crate::authority) fn planned(
    order: BulkOrder,
    target: &Target,
    scene: &Scene,
    listing: &TokenIndex,
) -> Ruling<Vec<PlanItem>> {
    must_be_permitted(order.verb(), target, scene)?;
    if let BulkOrder::Give(to) = order {
        hand_over::known(to, &scene.operator, &scene.catalogue)?;
    }
    let items = items(order, target, scene, listing)?;
    if PlanItem::are_never_permitted(&items) {
        scene.operator.must_manage()?;
    }
    Ok(items)
}

fn must_be_permitted(verb: Verb, target: &Target, scene: &Scene) -> Ruling<()> {
    target.must_be_permitted(verb, &scene.operator)?;
    match target {
        Target::Account(id) if !scene.catalogue.accounts.contains_key(id) => {
            Err(Refusal::NotFound { what: "account", name: id.to_string() }.into())
        }
        Target::Tokens(_) | Target::Found(_) | Target::Account(_) | Target::Owner(_) => Ok(()),
    }
}

fn items(
    order: BulkOrder,
    target: &Target,
    scene: &Scene,
    listing: &TokenIndex,
) -> Ruling<Vec<PlanItem>> {
    let (asker, verb) = (scene.asker(), order.verb());
    match target {
        Target::Tokens(ids) => named(order, ids, scene),
        Target::Found(query) => found(order, query, scene, listing),
        Target::Account(_) | Target::Owner(_) => {
            let found = listing.found(&everything(target), asker, Bare::Name)?;
            let ids: Vec<_> = found.into_iter().map(|(id, _)| id).collect();
            let items = of_tokens(order, &tokens(&ids, scene)?, scene)?;
            Ok(PlanItem::standing(items, verb)?)
        }
    }
}

/// All that a query finds. What was found by something else than its name says so.
fn found(
    order: BulkOrder,
    query: &Query,
    scene: &Scene,
    listing: &TokenIndex,
) -> Ruling<Vec<PlanItem>> {
    let located = listing.found(query, scene.asker(), Bare::Name)?;
    let ids: Vec<_> = located.iter().map(|(id, _)| *id).collect();
    let mut elsewhere: BTreeMap<_, _> = located.into_iter().collect();
    let mut items = of_tokens(order, &tokens(&ids, scene)?, scene)?;
    for item in &mut items {
        item.matched =
            item.id.token().ok().and_then(|id| elsewhere.remove(&id)).unwrap_or_default();
    }
    Ok(items)
}

/// All of an account or a user, whatever filter is on (D8). Deleted ones are gone.
fn everything(target: &Target) -> Query {
    match target {
        Target::Account(id) => Query { account: AccountFilter::One(*id), ..Query::default() },
        Target::Owner(id) => Query { owner: Some(*id), ..Query::default() },
        Target::Tokens(_) | Target::Found(_) => Query::default(),
    }
}

fn tokens(ids: &[TokenId], scene: &Scene) -> Ruling<Vec<Token>> {
    Ok(scene.state.tokens(ids)?)
}

/// Tokens named one by one: none is dropped in silence, be it that it is no more.
fn named(order: BulkOrder, ids: &[RowId], scene: &Scene) -> Ruling<Vec<PlanItem>> {
    let asked: BTreeSet<&RowId> = ids.iter().collect();
    let ids: Vec<TokenId> = asked.iter().filter_map(|id| id.token().ok()).collect();
    let mut found = tokens(&ids, scene)?;
    found.retain(|token| scene.operator.sees(token));
    found.sort_by(crate::domain::column::by_name);
    let present: BTreeSet<_> = found.iter().map(|token| RowId::from(token.id)).collect();
    let absent = asked.into_iter().filter(|id| !present.contains(*id)).map(PlanItem::unknown);
    Ok(of_tokens(order, &found, scene)?.into_iter().chain(absent).collect())
}

fn item(order: BulkOrder, token: &Token, scene: &Scene) -> PlanItem {
    let status = Status::of(token, &scene.catalogue, scene.now);
    PlanItem::of(token, (status, scene.out(token)), scene.now, step(order, token, scene))
}

/// What will be done with each, and whose name each looks like that will change.
fn of_tokens(order: BulkOrder, tokens: &[Token], scene: &Scene) -> Ruling<Vec<PlanItem>> {
    let mut items: Vec<_> = tokens.iter().map(|token| item(order, token, scene)).collect();
    for (place, other) in scene.look_alikes(&tokens.iter().collect::<Vec<_>>())? {
        let acts = |item: &&mut PlanItem| item.step.acts();
        if let Some(item) = items.get_mut(place).filter(acts) {
            item.looks_like.get_or_insert(other);
        }
    }
    Ok(items)
}

/// What will be done to one token, or why nothing will.
fn step(order: BulkOrder, token: &Token, scene: &Scene) -> Step {
    let decided = match order {
        BulkOrder::Act(Verb::Regenerate) => rotate::allowed(token, scene).map(|()| Step::Act),
        BulkOrder::Give(to) => ordered(order, token, scene).map(|_| Step::Give(to)),
        BulkOrder::Act(verb) => action_on(verb, token, scene).map(|action| match action {
            Action::Delete if verb == Verb::Revoke => Step::CancelRequest,
            _ => Step::Act,
        }),
    };
    decided.unwrap_or_else(|refusal| Step::skip(&refusal))
}

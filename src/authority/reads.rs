//! Lists, positions and single tokens, as far as the operator may know of them.

use crate::domain::query::Bare;
use crate::domain::{Guid, Operator, Query, Refusal, Time, TokenId, Window};
use crate::search::TokenIndex;
use crate::wire::{Page, TokenView};

use super::scene::Scene;
use super::{Authority, Caller, Ruling};

impl Authority {
    /// Who the caller is here, and what time it is.
    pub fn session(&self, caller: &Caller) -> Ruling<(Operator, Time)> {
        self.glance(caller, |scene| Ok((scene.operator.clone(), scene.now)))
    }

    /// A window of the tokens that a query finds.
    pub fn list(&self, caller: &Caller, query: &Query, window: Window) -> Ruling<Page> {
        self.look(caller, |scene, listing| {
            let mut found = listing.answer(query, scene.asker(), window)?;
            let mut tokens = scene.views(&found.ids)?;
            for view in &mut tokens {
                let id = view.token.id.token().ok();
                view.matched = id.and_then(|id| found.elsewhere.remove(&id)).unwrap_or_default();
            }
            Ok(Page {
                total: found.total,
                offset: window.offset,
                tokens,
                totals: found.totals,
                as_of: Some(scene.now),
                next_change: found.next_change,
            })
        })
    }

    /// The place of a token in the answer to a query, if it is in it.
    pub fn position(&self, caller: &Caller, query: &Query, id: TokenId) -> Ruling<Option<usize>> {
        self.look(caller, |scene, listing| Ok(listing.position(query, scene.asker(), id)?))
    }

    /// The ids of all that a query finds, in its order.
    pub fn found(&self, caller: &Caller, query: &Query) -> Ruling<Vec<TokenId>> {
        self.look(caller, |scene, listing| {
            let found = listing.found(query, scene.asker(), Bare::Text)?;
            Ok(found.into_iter().map(|(id, _)| id).collect())
        })
    }

    /// One token by id, GUID or name. Refused where a name fits several.
    pub fn show(&self, caller: &Caller, reference: &str) -> Ruling<TokenView> {
        self.look(caller, |scene, listing| {
            let id = referred(scene, listing, reference)?;
            let id = id.ok_or_else(|| Refusal::no_token(reference.trim()))?;
            Ok(scene.marked(scene.token(id)?)?)
        })
    }
}

/// The visible token that an id, a GUID or a name stands for. A name may look
/// like an id, so each reading is tried in turn.
pub(super) fn referred(scene: &Scene, listing: &TokenIndex, text: &str) -> Ruling<Option<TokenId>> {
    let text = text.trim();
    if let Ok(id) = text.parse::<TokenId>()
        && listing.sees(&scene.operator, id)
    {
        return Ok(Some(id));
    }
    if let Ok(guid) = text.parse::<Guid>()
        && let Some((id, _)) = scene.state.credential(guid)?
        && listing.sees(&scene.operator, id)
    {
        return Ok(Some(id));
    }
    match listing.named(&scene.operator, text).as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(*only)),
        several => {
            let among = several.iter().take(CANDIDATES).map(|id| candidate(scene, *id));
            let among = among.collect::<Ruling<Vec<_>>>()?;
            Err(Refusal::Ambiguous { name: text.to_owned(), count: several.len(), among }.into())
        }
    }
}

/// Tokens of one name that are told apart in a refusal, at the most.
const CANDIDATES: usize = 5;

/// "TKN-1000-0001 of Acme".
fn candidate(scene: &Scene, id: TokenId) -> Ruling<String> {
    Ok(format!("{id} of {}", scene.catalogue.account_name(scene.token(id)?.account)))
}

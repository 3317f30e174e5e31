//! The listing: a projection of the store that answers a query with a window,
//! totals and positions, and follows the store's events. Nothing outside knows
//! how it keeps the tokens; it knows nothing of permission but visibility.

mod sort;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::query::{Around, Asked, Bare, Part, QuerySight, Ready};
use crate::domain::status::next_change;
use crate::domain::{
    Catalogue, Operator, Query, Refusal, Status, Subject, Time, Token, TokenId, UserId, Window,
    name,
};
use crate::store::{EventFilter, LastUse, LogOrder, StoreError, StoreHead, StoreState};

/// Above this many events behind, loading afresh is quicker than following.
const MOST_EVENTS: usize = 20_000;

/// What a query finds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundTokens {
    /// The tokens of the window, in order.
    pub ids: Vec<TokenId>,
    /// Of those of the window, what of them holds the words searched for, where their names
    /// do not.
    pub elsewhere: BTreeMap<TokenId, BTreeSet<Part>>,
    /// How many the query finds in all.
    pub total: usize,
    /// How many of all it finds have each status.
    pub totals: BTreeMap<Status, usize>,
    /// When the status of any token the operator sees will next change by itself:
    /// it may join or leave the answer then.
    pub next_change: Option<Time>,
}

/// Ids in the order of a query, each with what of it holds the words searched for, where its
/// name does not.
pub type Located = Vec<(TokenId, BTreeSet<Part>)>;

/// Who asks, and when: what an answer depends on beside the query.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    /// The operator, whose view it is.
    pub operator: &'a Operator,
    /// The time for which statuses are meant.
    pub now: Time,
}

/// All tokens in memory, in the order of their names.
#[derive(Debug, Default)]
pub struct TokenIndex {
    head: StoreHead,
    catalogue: Arc<Catalogue>,
    tokens: BTreeMap<(String, TokenId), Token>,
    keys: BTreeMap<TokenId, String>,
    /// The tokens of each owner, who is another once a token was handed over.
    owned: BTreeMap<UserId, BTreeSet<TokenId>>,
}

impl TokenIndex {
    /// Reads everything.
    pub fn load(state: &dyn StoreState) -> Result<Self, StoreError> {
        let mut listing = Self {
            head: state.head()?,
            catalogue: Arc::new(state.catalogue()?),
            ..Self::default()
        };
        state.scan(&mut |token| listing.put(token))?;
        Ok(listing)
    }

    /// Catches up with the store. True where something changed.
    pub fn follow(&mut self, state: &dyn StoreState) -> Result<bool, StoreError> {
        let head = state.head()?;
        if head.is_state_of(self.head) {
            return Ok(false);
        }
        // A store that went back was replaced by a backup.
        let behind = head.sequence.checked_sub(self.head.sequence);
        let far = behind.is_none_or(|events| events > MOST_EVENTS as u64);
        if far || head.uses < self.head.uses {
            *self = Self::load(state)?;
            return Ok(true);
        }
        if head.sequence > self.head.sequence {
            self.follow_events(state)?;
        }
        if head.uses > self.head.uses {
            self.follow_uses(state)?;
        }
        self.head = head;
        Ok(true)
    }

    fn follow_events(&mut self, state: &dyn StoreState) -> Result<(), StoreError> {
        let filter = EventFilter { after: self.head.sequence, ..EventFilter::default() };
        let window = Window { offset: 0, limit: MOST_EVENTS };
        let mut touched = BTreeSet::new();
        let mut catalogue_changed = false;
        for event in state.events(&filter, LogOrder::Ascending, window)? {
            match event.subject {
                Subject::Token(id) => {
                    touched.insert(id);
                }
                Subject::Store => {}
                _ => catalogue_changed = true,
            }
        }
        if catalogue_changed {
            self.catalogue = Arc::new(state.catalogue()?);
        }
        let touched: Vec<_> = touched.into_iter().collect();
        for token in state.tokens(&touched)? {
            self.put(token);
        }
        Ok(())
    }

    fn follow_uses(&mut self, state: &dyn StoreState) -> Result<(), StoreError> {
        for LastUse { token: id, guid, at } in state.uses_after(self.head.uses)? {
            let Some(key) = self.keys.get(&id) else { continue };
            if let Some(token) = self.tokens.get_mut(&(key.clone(), id)) {
                // The store keeps the latest, and corrects what a wrong clock had put there.
                token.set_use(guid, at);
            }
        }
        Ok(())
    }

    fn put(&mut self, token: Token) {
        let key = name::key(&token.name);
        if let Some(old) = self.keys.insert(token.id, key.clone())
            && let Some(before) = self.tokens.remove(&(old, token.id))
            && let Some(owned) = before.owner.and_then(|owner| self.owned.get_mut(&owner))
        {
            owned.remove(&token.id);
        }
        if let Some(owner) = token.owner {
            self.owned.entry(owner).or_default().insert(token.id);
        }
        self.tokens.insert((key, token.id), token);
    }

    /// How far the store had come when the listing last caught up.
    pub fn head(&self) -> StoreHead {
        self.head
    }

    /// What exists, all of it.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(&self.catalogue)
    }

    /// A window of what a query finds, with the totals of all of it. Refused where it can't
    /// be read, or names what is not there for the operator.
    pub fn answer(
        &self,
        query: &Query,
        asker: Asker,
        window: Window,
    ) -> Result<FoundTokens, Refusal> {
        let next_change =
            self.seen_by(asker.operator).filter_map(|token| next_change(token, asker.now)).min();
        let around = self.around(query, asker.operator, Bare::Text);
        let ready = query.ready(&self.sight(&around, asker), Bare::Text)?;
        let found = self.sorted(&ready, query, asker);
        let mut totals = BTreeMap::new();
        for token in &found {
            *totals.entry(Status::of(token, &self.catalogue, asker.now)).or_default() += 1;
        }
        let rows: Vec<_> = found.iter().skip(window.offset).take(window.limit).collect();
        let elsewhere = |token: &&&Token| {
            let parts = ready.elsewhere(token);
            (!parts.is_empty()).then_some((token.id, parts))
        };
        Ok(FoundTokens {
            total: found.len(),
            ids: rows.iter().map(|token| token.id).collect(),
            elsewhere: rows.iter().filter_map(elsewhere).collect(),
            totals,
            next_change,
        })
    }

    /// The ids of all that a query finds, in its order; of each with what of it holds the
    /// words searched for, where its name does not.
    pub fn found(&self, query: &Query, asker: Asker, bare: Bare) -> Result<Located, Refusal> {
        let around = self.around(query, asker.operator, bare);
        let ready = query.ready(&self.sight(&around, asker), bare)?;
        let found = self.sorted(&ready, query, asker);
        Ok(found.iter().map(|token| (token.id, ready.elsewhere(token))).collect())
    }

    /// The place of a token in what a query finds, if it is in it.
    pub fn position(
        &self,
        query: &Query,
        asker: Asker,
        id: TokenId,
    ) -> Result<Option<usize>, Refusal> {
        let around = self.around(query, asker.operator, Bare::Text);
        let ready = query.ready(&self.sight(&around, asker), Bare::Text)?;
        Ok(self.sorted(&ready, query, asker).iter().position(|token| token.id == id))
    }

    /// What this operator may mean by a query.
    fn sight<'l>(&'l self, around: &'l Around, asker: Asker<'l>) -> QuerySight<'l> {
        let Asker { operator, now } = asker;
        QuerySight { catalogue: &self.catalogue, operator: Some(operator), around, now }
    }

    /// What the tokens that the operator sees say together, as far as the query asks for it.
    fn around(&self, query: &Query, operator: &Operator, bare: Bare) -> Around {
        let users = |asked: &Asked| matches!(asked, Asked::By(_) | Asked::Owner(_));
        let alike = |asked: &Asked| matches!(asked, Asked::Lookalike);
        let mut around = Around::default();
        if query.asks(bare, users) {
            let seen = self.seen_by(operator);
            around.met = seen.flat_map(|token| [token.created.by, token.owner]).flatten().collect();
        }
        if query.asks(bare, alike) {
            around.alike = name::alike(self.seen_by(operator));
        }
        around
    }

    /// The tokens with this name that the operator sees, deleted ones apart: their
    /// names are free again.
    pub fn named(&self, operator: &Operator, wanted: &str) -> Vec<TokenId> {
        let key = name::key(wanted);
        let first = (key.clone(), TokenId::new(0));
        self.tokens
            .range(first..)
            .take_while(|((name, _), _)| *name == key)
            .map(|(_, token)| token)
            .filter(|token| token.deleted.is_none() && operator.sees(token))
            .map(|token| token.id)
            .collect()
    }

    /// The tokens of a user, in the order of ids, that the operator sees.
    pub fn owned_by<'l>(
        &'l self,
        owner: UserId,
        operator: &'l Operator,
    ) -> impl Iterator<Item = &'l Token> {
        let ids = self.owned.get(&owner).into_iter().flatten();
        ids.filter_map(|id| self.token(*id)).filter(|token| operator.sees(token))
    }

    /// Whether the operator may know of the token.
    pub fn sees(&self, operator: &Operator, id: TokenId) -> bool {
        self.token(id).is_some_and(|token| operator.sees(token))
    }

    /// The name of a token, whoever asks.
    pub fn name(&self, id: TokenId) -> Option<&str> {
        self.token(id).map(|token| token.name.as_str())
    }

    /// A token, whoever asks.
    pub fn token(&self, id: TokenId) -> Option<&Token> {
        self.tokens.get(&(self.keys.get(&id)?.clone(), id))
    }

    fn seen_by<'l>(&'l self, operator: &'l Operator) -> impl Iterator<Item = &'l Token> {
        self.tokens.values().filter(|token| operator.sees(token))
    }

    fn sorted<'l>(&'l self, ready: &Ready<'_>, query: &Query, asker: Asker<'l>) -> Vec<&'l Token> {
        let mut found: Vec<_> =
            self.seen_by(asker.operator).filter(|token| ready.matches(token)).collect();
        sort::sort(&mut found, &query.sort, &self.catalogue, asker.now);
        found
    }
}

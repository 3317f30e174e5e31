//! Fills an example store: the fixture is replayed through the rules, so that its
//! tokens and its audit trail are such as operators would have left.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use crate::domain::made::requested;
use crate::domain::{
    Action, Catalogue, Change, Credential, Expiry, Operator, Settings, Time, TokenChange,
    TokenDraft, TokenValue, Verb, lifecycle,
};
use crate::seal::DataKey;
use crate::store::{CommitError, LastUse, Store, StoreError, StoreInfo};
use crate::wire::Retention;

use super::fixture::{self, Fixture, FixtureToken};

/// Commits the example to an empty store with this data key; how many tokens it has. With
/// `shift_to` every date moves by whole days, so that each token has the status on that
/// day that it has on the fixture's own.
pub fn load(
    store: &dyn Store,
    key: &DataKey,
    shift_to: Option<Time>,
) -> Result<usize, CommitError> {
    let fixture = Fixture::read().map_err(wrong)?;
    let days = shift_to.map_or(0, |to| (to.date_naive() - fixture::DAY).num_days());
    let shift = TimeDelta::days(days);
    let replay = Replay { info: store.info(), key, fixture: &fixture, shift };
    let mut steps = replay.tokens()?;
    // Stable, so that what happened to one token stays in its order.
    steps.sort_by_key(|(at, _)| *at);
    let founding = fixture.founding(shift);
    let steps = steps.into_iter().map(|(_, change)| Change::Token(Box::new(change)));
    let changes: Vec<Change> = founding.into_iter().chain(steps).collect();
    store.commit(&mut |_| Ok(changes.clone()))?;
    store.record_uses(&replay.uses())?;
    Ok(fixture.tokens.len())
}

fn wrong(reason: impl std::fmt::Display) -> StoreError {
    StoreError::Fault(format!("the example is wrong: {reason}"))
}

struct Replay<'a> {
    info: &'a StoreInfo,
    key: &'a DataKey,
    fixture: &'a Fixture,
    shift: TimeDelta,
}

impl Replay<'_> {
    fn tokens(&self) -> Result<Vec<(Time, TokenChange)>, StoreError> {
        let mut steps = Vec::new();
        for entry in &self.fixture.tokens {
            steps.extend(self.token(entry).map_err(wrong)?);
        }
        Ok(steps)
    }

    fn uses(&self) -> Vec<LastUse> {
        let of = |entry: &FixtureToken| {
            let value = TokenValue::parse(self.fixture.values.get(&entry.name)?).ok()?;
            Some(LastUse {
                token: entry.id,
                guid: Some(value.guid()),
                at: entry.used? + self.shift,
            })
        };
        self.fixture.tokens.iter().filter_map(of).collect()
    }

    fn token(&self, entry: &FixtureToken) -> Result<Vec<(Time, TokenChange)>, String> {
        let draft = self.draft(entry)?;
        let (at, by) = (entry.created + self.shift, self.operator(&entry.by)?);
        let first = match draft.owner {
            Some(_) => requested(&draft, entry.id, &by, at),
            None => lifecycle::create(&draft, entry.id, self.credential(entry)?, &by, at),
        };
        let mut steps = vec![(at, first.clone())];
        let mut token = first.token;
        for act in &entry.history {
            let (at, by) = (act.at + self.shift, self.operator(&act.by)?);
            let action = self.action((act.verb, at), entry)?;
            let change = lifecycle::decide(&token, &action, &by, None, at)
                .map_err(|refusal| format!("{}: {refusal}", entry.name))?;
            token = change.token.clone();
            steps.push((at, change));
        }
        Ok(steps)
    }

    fn action(&self, (verb, at): (Verb, Time), entry: &FixtureToken) -> Result<Action, String> {
        match verb {
            Verb::Accept => {
                let end = Expiry::DEFAULT_OF_USER.valid_to(at);
                Ok(Action::Accept { credential: Some(self.credential(entry)?), end })
            }
            verb => Action::plain(verb).map_err(|refusal| refusal.to_string()),
        }
    }

    fn draft(&self, entry: &FixtureToken) -> Result<TokenDraft, String> {
        let owner = entry.owner.as_deref().map(|login| self.operator(login)).transpose()?;
        let moved = |time: Option<Time>| time.map(|time| time + self.shift);
        let settings = Settings {
            name: entry.name.clone(),
            description: entry.description.clone(),
            access: entry.access.clone(),
            groups: BTreeSet::new(),
            scopes: entry.scopes.clone(),
            labels: BTreeMap::new(),
            enabled: true,
            valid_from: moved(entry.valid_from),
            valid_to: moved(entry.valid_to),
        };
        Ok(TokenDraft {
            account: entry.account,
            owner: owner.map(|user| user.user),
            guid: None,
            settings,
        })
    }

    fn operator(&self, login: &str) -> Result<Operator, String> {
        let catalogue: &Catalogue = &self.fixture.catalogue;
        let user = catalogue.user_by_login(login).ok_or_else(|| format!("no user '{login}'"))?;
        Ok(Operator::of(user, None))
    }

    fn credential(&self, entry: &FixtureToken) -> Result<Credential, String> {
        let values: &BTreeMap<String, String> = &self.fixture.values;
        let text = values.get(&entry.name).ok_or_else(|| format!("{} has no value", entry.name))?;
        let value = TokenValue::parse(text).map_err(|error| format!("{}: {error}", entry.name))?;
        let info = self.info;
        let retained = entry.owner.is_none() && info.retention == Retention::Sealed;
        let seal = || self.key.seal(&info.id, entry.id, &value);
        let sealed = retained.then(seal).transpose().map_err(|error| error.to_string())?;
        Ok(Credential { guid: value.guid(), hash: value.hash(), sealed })
    }
}

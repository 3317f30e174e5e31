//! One made-up token after the other, each from its own row of numbers, and what
//! became of it since.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use crate::domain::{
    Account, Action, Catalogue, Change, Credential, CredentialChange, Detail, EventAction, Guid,
    Level, Module, ModuleId, Operator, Role, Scope, ScopeId, Settings, Time, Token, TokenChange,
    TokenDraft, TokenId, User, UserId, ValueHash, facts, lifecycle,
};

use crate::store::LastUse;

use super::dice::Dice;
use super::filling::Filling;

const WHAT: &[&str] = &[
    "backup", "billing", "build", "catalog", "deploy", "export", "import", "ledger", "mailer",
    "metrics", "mirror", "orders", "payroll", "report", "robot", "scanner", "stock", "sync",
];
const WHERE: &[&str] = &["prod", "stage", "night", "edge", "plant", "office", "cloud", "legacy"];

/// A token and what is to become of it.
pub(super) struct MadeUp {
    pub(super) change: TokenChange,
    fate: Option<Action>,
    used: Option<Time>,
}

impl MadeUp {
    pub(super) fn use_of(&self) -> Option<LastUse> {
        let guid = self.change.token.value.map(|value| value.guid);
        self.used.map(|at| LastUse { token: self.change.token.id, guid, at })
    }

    pub(super) fn fate(self) -> Option<(Token, Action)> {
        self.fate.map(|fate| (self.change.token, fate))
    }
}

/// An account with what its tokens may refer to.
struct Home<'c> {
    account: &'c Account,
    modules: Vec<&'c Module>,
    scopes: Vec<&'c Scope>,
    owners: Vec<&'c User>,
    admin: Operator,
}

/// Makes tokens for the accounts of a catalogue.
pub(super) struct Maker<'c> {
    homes: Vec<Home<'c>>,
    chief: Option<Operator>,
    filling: Filling,
    now: Time,
}

impl<'c> Maker<'c> {
    pub(super) fn new(
        catalogue: &'c Catalogue,
        filling: Filling,
        chief: Option<UserId>,
        now: Time,
    ) -> Self {
        let accounts = catalogue.accounts.values().take(filling.accounts.max(1));
        let homes = accounts.filter_map(|account| home(catalogue, account)).collect();
        let chief = chief.and_then(|id| catalogue.users.get(&id));
        Self { homes, chief: chief.map(|user| Operator::of(user, None)), filling, now }
    }

    /// The token of that place among all that are made now; none where there is no
    /// account for it.
    pub(super) fn token(&self, place: u64, id: TokenId) -> Option<MadeUp> {
        let mut dice = Dice::of(self.filling.seed, id.number());
        let home = dice.pick(&self.homes)?;
        let at = birth(place, self.filling.tokens, self.now);
        let owner = if dice.percent(20) { dice.pick(&home.owners) } else { None };
        let settings = self.settings(&mut dice, home, id, at);
        let owner = owner.map(|user| user.id);
        let draft = TokenDraft { account: Some(home.account.id), owner, guid: None, settings };
        let credential = Credential {
            guid: Guid::from_random(dice.bytes()),
            hash: ValueHash::from_bytes(dice.bytes()),
            sealed: None,
        };
        let mut change = lifecycle::create(&draft, id, credential, &home.admin, at);
        let fate = match dice.below(100) {
            _ if self.filling.active => None,
            0..=7 => Some(Action::Revoke),
            8..=12 => Some(Action::Disable),
            13 => Some(Action::Delete),
            14..=17 if draft.owner.is_some() => {
                request(&mut change);
                None
            }
            _ => None,
        };
        let waits = change.token.accepted.is_none();
        let used = (!waits && dice.percent(70)).then(|| self.last_use(&mut dice, at));
        Some(MadeUp { change, fate, used })
    }

    fn settings(&self, dice: &mut Dice, home: &Home, id: TokenId, at: Time) -> Settings {
        let mut access: BTreeMap<ModuleId, Level> = BTreeMap::new();
        for _ in 0..=dice.below(3) {
            let level = if dice.percent(40) { Level::Full } else { Level::Read };
            access.extend(dice.pick(&home.modules).map(|module| (module.id, level)));
        }
        let scopes: BTreeSet<ScopeId> = dice.pick(&home.scopes).map(|s| s.id).into_iter().collect();
        let what = dice.pick(WHAT).unwrap_or(&"token");
        let place = dice.pick(WHERE).unwrap_or(&"prod");
        let described = dice.percent(30);
        let (valid_from, valid_to) = self.validity(dice, at);
        Settings {
            name: format!("{what}-{place}-{}", id.number() % 1000_0000),
            description: if described {
                format!("Runs the {what} of {place}")
            } else {
                String::new()
            },
            access,
            groups: BTreeSet::new(),
            scopes,
            labels: BTreeMap::new(),
            enabled: true,
            valid_from,
            valid_to,
        }
    }

    /// Most last, some end within a month, some have ended, a few are to come.
    fn validity(&self, dice: &mut Dice, at: Time) -> (Option<Time>, Option<Time>) {
        let days = |dice: &mut Dice, from: i64, count: u64| {
            TimeDelta::days(from + i64::try_from(dice.below(count)).unwrap_or(0))
        };
        match dice.below(100) {
            _ if self.filling.active => (None, None),
            0..=34 => (None, None),
            35..=44 => (None, Some(self.now + days(dice, 1, 30))),
            45..=54 => (None, Some(at + days(dice, 1, 29))),
            55..=57 => (Some(self.now + days(dice, 1, 90)), Some(self.now + TimeDelta::days(365))),
            _ => (None, Some(self.now + days(dice, 31, 330))),
        }
    }

    fn last_use(&self, dice: &mut Dice, made: Time) -> Time {
        // Squared, so that most were used lately.
        let share = i64::try_from(dice.below(1000)).unwrap_or(0);
        let life = (self.now - made).num_seconds();
        self.now - TimeDelta::seconds(life / 1000 * share / 1000 * share)
    }

    /// What became of tokens within the last month, in the order of time.
    pub(super) fn changes(&self, fates: &[(Token, Action)]) -> Vec<Change> {
        let Some(chief) = &self.chief else { return vec![] };
        let from = self.now - TimeDelta::days(30);
        let step = TimeDelta::days(30) / i32::try_from(fates.len().max(1)).unwrap_or(i32::MAX);
        let mut at = from;
        let mut changes = Vec::with_capacity(fates.len());
        for (token, action) in fates {
            at += step;
            // What has ended by itself meanwhile stays as it is.
            if let Ok(change) = lifecycle::decide(token, action, chief, None, at.min(self.now)) {
                changes.push(Change::Token(Box::new(change)));
            }
        }
        changes
    }
}

fn home<'c>(catalogue: &'c Catalogue, account: &'c Account) -> Option<Home<'c>> {
    let users = || catalogue.users.values().filter(|user| user.accounts.contains(&account.id));
    let admin = users().find(|user| user.role == Role::Admin)?;
    Some(Home {
        account,
        modules: catalogue.modules_of(Some(account.id)).collect(),
        scopes: catalogue.scopes_of(Some(account.id)).collect(),
        owners: users().filter(|user| user.role == Role::Member).collect(),
        admin: Operator::of(admin, None),
    })
}

/// Makes of a new token one that its owner was only asked to accept.
fn request(change: &mut TokenChange) {
    change.token.accepted = None;
    change.token.value = None;
    change.token.valid_to = None;
    change.token.valid_from = None;
    change.credential = CredentialChange::Keep;
    for event in &mut change.events {
        event.action = EventAction::Requested;
        let user = change.token.owner.map(|user| Detail::User { user });
        event.details = user.into_iter().chain(facts::of_token(None, &change.token)).collect();
    }
}

/// The years over which made-up tokens were made.
fn birth(place: u64, of: u64, now: Time) -> Time {
    let span = chrono::TimeDelta::days(1000).num_seconds();
    let done = i64::try_from(u128::from(place) * 1_000_000 / u128::from(of.max(1))).unwrap_or(0);
    now - chrono::TimeDelta::days(1030) + chrono::TimeDelta::seconds(span / 1000 * done / 1000)
}

//! What a token could reach, period by period: worked out from what it is now back to its
//! beginning, by what each event says was before.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::domain::event::Field;
use crate::domain::{Detail, EventAction, GroupId, Level, ModuleId, ScopeId, Status, Time, UserId};
use crate::wire::{EventView, Names, TokenView};

/// Whether a token was in service, as far as that is its own doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, strum::Display)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Asked for, and not accepted yet.
    Pending,
    /// In service.
    Enabled,
    /// Switched off for the time being.
    Disabled,
    /// Out of service for good.
    Revoked,
    /// Removed.
    Deleted,
}

/// What a token could reach in one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reach {
    /// From when on.
    pub from: Time,
    /// Until when; none = it is so now.
    pub until: Option<Time>,
    /// The event that it began with; none where that is not on record.
    pub sequence: Option<u64>,
    /// Whether it was in service.
    pub standing: Standing,
    /// Its own level for each module, by the module's name.
    pub access: BTreeMap<String, Level>,
    /// Its permission groups, by name.
    pub groups: Vec<String>,
    /// Its scopes, by name.
    pub scopes: Vec<String>,
    /// The user it belonged to, by name; none = its account.
    pub owner: Option<String>,
    /// First instant of validity; none = from its creation.
    pub valid_from: Option<Time>,
    /// First instant after validity; none = Never.
    pub valid_to: Option<Time>,
    /// Fields of which is not on record what they were then: they are told as they were
    /// afterwards.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub unrecorded: BTreeSet<Field>,
}

/// From then until then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The first instant.
    pub from: Time,
    /// The first instant after; none = it goes on.
    pub until: Option<Time>,
}

/// What it was at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Was {
    standing: Standing,
    enabled: bool,
    access: BTreeMap<ModuleId, Level>,
    groups: BTreeSet<GroupId>,
    scopes: BTreeSet<ScopeId>,
    owner: Option<UserId>,
    valid_from: Option<Time>,
    valid_to: Option<Time>,
    unrecorded: BTreeSet<Field>,
}

impl Was {
    fn now(view: &TokenView) -> Self {
        let token = &view.token;
        let standing = match view.status {
            _ if token.deleted.is_some() => Standing::Deleted,
            _ if token.revoked.is_some() => Standing::Revoked,
            Status::Pending => Standing::Pending,
            _ => in_service(token.enabled),
        };
        Self {
            standing,
            enabled: token.enabled,
            access: token.access.clone(),
            groups: token.groups.clone(),
            scopes: token.scopes.clone(),
            owner: token.owner,
            valid_from: token.valid_from,
            valid_to: token.valid_to,
            unrecorded: BTreeSet::new(),
        }
    }

    /// What it was before an event.
    fn before(&self, event: &EventView, view: &TokenView) -> Self {
        let mut was = self.clone();
        match event.event.action {
            EventAction::Revoked => was.valid_to = view.token.planned_end,
            EventAction::Enabled => was.enabled = false,
            EventAction::Disabled => was.enabled = true,
            EventAction::Created
            | EventAction::Edited
            | EventAction::Regenerated
            | EventAction::Deleted
            | EventAction::Requested
            | EventAction::Cancelled
            | EventAction::Accepted
            | EventAction::OverlapEnded
            | EventAction::Revealed
            | EventAction::HandedOver
            | EventAction::Exported
            | EventAction::Initialised
            | EventAction::Migrated
            | EventAction::ClockAccepted
            | EventAction::Other(_) => {}
        }
        let mut told = BTreeSet::new();
        for fact in &event.event.details {
            told.extend(was.take_back(fact));
        }
        let changed = event.event.details.iter().filter_map(|fact| match fact {
            Detail::Changed { field } if is_of_reach(*field) => Some(*field),
            _ => None,
        });
        was.unrecorded.extend(changed.filter(|field| !told.contains(field)));
        was.standing = was.stood_before(event, view);
        was
    }

    /// Puts back what a fact says was before, and says of which field it told.
    fn take_back(&mut self, fact: &Detail) -> Option<Field> {
        match fact {
            Detail::Level { module, before, .. } => {
                self.access.remove(module);
                self.access.extend(before.map(|level| (*module, level)));
                Some(Field::Access)
            }
            Detail::Groups { before, .. } => {
                self.groups.clone_from(before);
                Some(Field::Groups)
            }
            Detail::Scopes { before, .. } => {
                self.scopes.clone_from(before);
                Some(Field::Scopes)
            }
            Detail::Owner { before, .. } => {
                self.owner = *before;
                Some(Field::Owner)
            }
            Detail::Start { before, .. } => {
                self.valid_from = *before;
                Some(Field::ValidFrom)
            }
            Detail::End { before, .. } => {
                self.valid_to = *before;
                Some(Field::ValidTo)
            }
            Detail::Enabled { before, .. } => {
                self.enabled = *before;
                Some(Field::Enabled)
            }
            // They say what was set, and not what was before.
            Detail::ValidTo { .. } => {
                self.unrecorded.insert(Field::ValidTo);
                None
            }
            Detail::Changed { .. }
            | Detail::From { .. }
            | Detail::NewGuid { .. }
            | Detail::Guid { .. }
            | Detail::OldGuid { .. }
            | Detail::User { .. }
            | Detail::Module { .. }
            | Detail::Count { .. }
            | Detail::Credential { .. }
            | Detail::Clock { .. }
            | Detail::Schema { .. }
            | Detail::Accounts { .. }
            | Detail::Paths { .. }
            | Detail::Account { .. }
            | Detail::Role { .. }
            | Detail::ManageTokens { .. }
            | Detail::AccountStatus { .. }
            | Detail::Rules { .. }
            | Detail::Name { .. }
            | Detail::Login { .. }
            | Detail::Reason { .. }
            | Detail::Other(_) => None,
        }
    }

    fn stood_before(&self, event: &EventView, view: &TokenView) -> Standing {
        match event.event.action {
            EventAction::Accepted | EventAction::Cancelled => Standing::Pending,
            EventAction::Deleted if view.token.revoked.is_some() => Standing::Revoked,
            EventAction::Revoked | EventAction::Deleted => in_service(self.enabled),
            _ => match self.standing {
                Standing::Enabled | Standing::Disabled => in_service(self.enabled),
                other @ (Standing::Pending | Standing::Revoked | Standing::Deleted) => other,
            },
        }
    }
}

fn in_service(enabled: bool) -> Standing {
    if enabled { Standing::Enabled } else { Standing::Disabled }
}

/// Whether what a token can reach depends on the field.
fn is_of_reach(field: Field) -> bool {
    matches!(
        field,
        Field::Access
            | Field::Groups
            | Field::Scopes
            | Field::Owner
            | Field::Enabled
            | Field::ValidFrom
            | Field::ValidTo
    )
}

fn begins(event: &EventView) -> bool {
    matches!(event.event.action, EventAction::Created | EventAction::Requested)
}

/// What it could reach, the oldest first. The events are all there are, the oldest first.
pub(super) fn periods(view: &TokenView, events: &[EventView]) -> Vec<Reach> {
    let mut names = view.names.clone();
    for event in events {
        add(&mut names, &event.names);
    }
    let mut was = Was::now(view);
    let (mut periods, mut until) = (Vec::new(), None);
    for event in events.iter().rev() {
        let before = was.before(event, view);
        if before != was || begins(event) {
            let (at, sequence) = (event.event.at, Some(event.event.sequence));
            periods.push(reach(&was, (at, until, sequence), &names));
            until = Some(at);
        }
        was = before;
    }
    if !events.iter().any(begins) {
        periods.push(reach(&was, (view.token.created.at, until, None), &names));
    }
    periods.reverse();
    periods
}

fn reach(
    was: &Was,
    (from, until, sequence): (Time, Option<Time>, Option<u64>),
    names: &Names,
) -> Reach {
    Reach {
        from,
        until,
        sequence,
        standing: was.standing,
        access: was.access.iter().map(|(id, level)| (names.module(*id), *level)).collect(),
        groups: was.groups.iter().map(|id| names.group(*id)).collect(),
        scopes: was.scopes.iter().map(|id| names.scope(*id)).collect(),
        owner: was.owner.map(|id| names.user(id)),
        valid_from: was.valid_from,
        valid_to: was.valid_to,
        unrecorded: was.unrecorded.clone(),
    }
}

/// Names that only older events know of, beside those of today.
fn add(names: &mut Names, more: &Names) {
    let Names { accounts, users, modules, scopes, groups } = more;
    for (id, name) in accounts {
        names.accounts.entry(*id).or_insert_with(|| name.clone());
    }
    for (id, name) in users {
        names.users.entry(*id).or_insert_with(|| name.clone());
    }
    for (id, name) in modules {
        names.modules.entry(*id).or_insert_with(|| name.clone());
    }
    for (id, name) in scopes {
        names.scopes.entry(*id).or_insert_with(|| name.clone());
    }
    for (id, name) in groups {
        names.groups.entry(*id).or_insert_with(|| name.clone());
    }
}

/// When a value of it passed, as far as that is the token's own doing: it was in service,
/// and within its validity.
pub(super) fn spans(periods: &[Reach], now: Time) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for period in periods.iter().filter(|period| period.standing == Standing::Enabled) {
        let from = period.valid_from.map_or(period.from, |start| start.max(period.from));
        let until = match (period.until, period.valid_to) {
            (Some(until), Some(end)) => Some(until.min(end)),
            (until, end) => until.or(end.filter(|end| *end <= now)),
        };
        if from > now || until.is_some_and(|until| until <= from) {
            continue;
        }
        match spans.last_mut() {
            Some(last) if last.until == Some(from) => last.until = until,
            _ => spans.push(Span { from, until }),
        }
    }
    spans
}

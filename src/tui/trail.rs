//! What narrows the audit trail, as the operator set it. The instants that a query needs are
//! made of lengths of time when it is asked for.

use std::collections::BTreeSet;

use crate::domain::calendar::When;
use crate::domain::{Catalogue, EventAction, Subject, Time, UserId};
use crate::wire::{EventQuery, RowId};

/// A record, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NamedSubject {
    /// The record.
    pub(super) subject: Subject<RowId>,
    /// Its name with its id. Not yet safe for a terminal.
    pub(super) name: String,
}

/// What narrows the audit trail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct EventFilters {
    /// Done to this record only.
    pub(super) on: Option<NamedSubject>,
    /// Done by this user only.
    pub(super) by: Option<UserId>,
    /// Of these kinds only; empty for all.
    pub(super) actions: BTreeSet<EventAction>,
    /// Not before this.
    pub(super) since: Option<When>,
    /// Before this.
    pub(super) until: Option<When>,
}

impl EventFilters {
    /// What they ask of the backend.
    pub(super) fn query(&self, now: Time) -> EventQuery {
        EventQuery {
            subject: self.on.as_ref().map(|on| on.subject.clone()),
            by: self.by,
            actions: self.actions.clone(),
            since: self.since.and_then(|when| when.ago(now)),
            until: self.until.and_then(|when| when.ago(now)),
            ..EventQuery::default()
        }
    }

    /// Each as a word: `on:robot-1 TKN-1000-0001  by:Ada  action:revoked,deleted  since:30d`.
    pub(super) fn words(&self, catalogue: &Catalogue) -> String {
        let actions: Vec<_> = self.actions.iter().map(ToString::to_string).collect();
        let words = [
            self.on.as_ref().map(|on| format!("on:{}", on.name)),
            self.by.map(|id| format!("by:{}", catalogue.user_called(id))),
            (!actions.is_empty()).then(|| format!("action:{}", actions.join(","))),
            self.since.map(|when| format!("since:{when}")),
            self.until.map(|when| format!("until:{when}")),
        ];
        words.into_iter().flatten().collect::<Vec<_>>().join("  ")
    }
}

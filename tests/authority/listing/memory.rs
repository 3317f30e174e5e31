//! A store in memory, as far as a listing reads it.

use std::collections::BTreeMap;

use tokendeck::domain::event::Point;
use tokendeck::domain::{
    AccountId, Actor, Catalogue, Credential, EntryId, EntryKind, Event, EventAction, Guid,
    JobChunk, JobId, JobRecord, OperatorCredential, Subject, Time, Token, TokenId, UserId, Window,
};
use tokendeck::store::{
    EventFilter, KeySlot, LastUse, LogOrder, StoreError, StoreHead, StoreState, StoredEvent,
};

use crate::support::now;

#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) catalogue: Catalogue,
    pub(crate) tokens: BTreeMap<TokenId, Token>,
    events: Vec<Event>,
    uses: Vec<LastUse>,
}

impl Memory {
    pub(crate) fn record(&mut self, subject: Subject) {
        self.events.push(Event {
            sequence: self.events.len() as u64 + 1,
            at: now(),
            by: Actor::default(),
            subject,
            action: EventAction::Edited,
            details: vec![],
            seen: tokendeck::domain::event::SeenBy::default(),
        });
    }

    pub(crate) fn put(&mut self, token: Token) {
        self.record(Subject::Token(token.id));
        self.tokens.insert(token.id, token);
    }

    pub(crate) fn use_token(&mut self, id: TokenId, at: Time) {
        if let Some(token) = self.tokens.get_mut(&id) {
            let Some(value) = token.value else { return };
            token.note_use(value.guid, at);
            let last = token.last_used_at.unwrap_or(at);
            self.uses.push(LastUse { token: id, guid: None, at: last });
            let last = token.value.and_then(|value| value.last_used_at).unwrap_or(at);
            self.uses.push(LastUse { token: id, guid: Some(value.guid), at: last });
        }
    }
}

impl StoreState for Memory {
    fn head(&self) -> Result<StoreHead, StoreError> {
        let (sequence, uses) = (self.events.len() as u64, self.uses.len() as u64);
        let at = self.events.last().map(|event| event.at);
        Ok(StoreHead { sequence, at, clock_mark: at, uses, jobs: 0 })
    }

    fn catalogue(&self) -> Result<Catalogue, StoreError> {
        Ok(self.catalogue.clone())
    }

    fn tokens(&self, ids: &[TokenId]) -> Result<Vec<Token>, StoreError> {
        Ok(ids.iter().filter_map(|id| self.tokens.get(id).cloned()).collect())
    }

    fn scan(&self, visit: &mut dyn FnMut(Token)) -> Result<(), StoreError> {
        self.tokens.values().cloned().for_each(visit);
        Ok(())
    }

    fn credential(&self, _: Guid) -> Result<Option<(TokenId, Credential)>, StoreError> {
        Ok(None)
    }

    fn token_named(&self, _: Option<AccountId>, _: &str) -> Result<Option<TokenId>, StoreError> {
        Ok(None)
    }

    fn next_token_id(&self) -> Result<TokenId, StoreError> {
        Ok(TokenId::new(1))
    }

    fn last_number(&self, kind: EntryKind) -> Result<u64, StoreError> {
        Ok(self.catalogue.ids(kind).last().map_or(0, |id| id.number()))
    }

    fn tokens_using(&self, _: EntryId) -> Result<usize, StoreError> {
        Ok(0)
    }

    fn events(
        &self,
        filter: &EventFilter,
        _: LogOrder,
        window: Window,
    ) -> Result<Vec<Event>, StoreError> {
        let later = self.events.iter().filter(|event| event.sequence > filter.after);
        Ok(later.skip(window.offset).take(window.limit).cloned().collect())
    }

    fn kept_events(
        &self,
        _: &EventFilter,
        _: LogOrder,
        _: Window,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        Ok(vec![])
    }

    fn point(&self) -> Result<Point, StoreError> {
        Ok(Point { sequence: self.events.len() as u64, hash: [0; 32] })
    }

    fn count_events(&self, _: &EventFilter) -> Result<usize, StoreError> {
        Ok(self.events.len())
    }

    fn uses_after(&self, batch: u64) -> Result<Vec<LastUse>, StoreError> {
        Ok(self.uses.iter().skip(usize::try_from(batch).unwrap()).copied().collect())
    }

    fn operator_credential(&self, _: Guid) -> Result<Option<OperatorCredential>, StoreError> {
        Ok(None)
    }

    fn operator_credentials(&self) -> Result<Vec<OperatorCredential>, StoreError> {
        Ok(vec![])
    }

    fn jobs(&self, _: Option<UserId>, _: usize) -> Result<Vec<JobRecord>, StoreError> {
        Ok(vec![])
    }

    fn job(&self, _: JobId) -> Result<Option<JobRecord>, StoreError> {
        Ok(None)
    }

    fn jobs_of_plan(&self, _: Guid) -> Result<Vec<JobRecord>, StoreError> {
        Ok(vec![])
    }

    fn job_chunk(&self, _: JobId, _: u32) -> Result<Option<JobChunk>, StoreError> {
        Ok(None)
    }

    fn next_job_id(&self) -> Result<JobId, StoreError> {
        Ok(JobId::new(1))
    }

    fn key_slots(&self) -> Result<Vec<KeySlot>, StoreError> {
        Ok(vec![])
    }
}

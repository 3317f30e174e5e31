//! One unchanging state of the store: every question of [`StoreState`] as a statement.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Result, params};

use super::codec::{number, optional, unsigned};
use super::tokens::{self, Which};
use super::{catalogue, events, failure, jobs, names, sign_in, usage, uses};
use crate::domain::event::Point;
use crate::domain::{
    AccountId, Catalogue, Credential, EntryId, EntryKind, Event, Guid, JobChunk, JobId, JobRecord,
    OperatorCredential, Sealed, Token, TokenId, UserId, ValueHash, Window,
};
use crate::store::{
    EventFilter, KeySlot, LastUse, LogOrder, NameAsked, StoreError, StoreHead, StoreState,
    StoredEvent,
};

/// The first id a store gives to a token.
const FIRST_TOKEN: u64 = 1000_0001;
/// Ids of one statement, so that its list stays small.
const CHUNK: usize = 1000;

pub(super) const BY_GUID: &str = "SELECT token, hash, sealed FROM value WHERE guid = ?1";
pub(super) const BY_NAME: &str = "SELECT id FROM token
     WHERE ifnull(account, 0) = ifnull(?1, 0) AND name_key = ?2 AND deleted_at IS NULL";
pub(super) const BY_OWNER: &str = "SELECT id FROM token WHERE owner = ?1 ORDER BY id";
pub(super) const NEWEST: &str =
    "SELECT max(tokens, ifnull((SELECT max(id) FROM token), 0)) FROM head";

/// A connection inside a transaction.
pub(super) struct Reader<'c> {
    pub(super) db: &'c Connection,
    pub(super) path: &'c Path,
}

impl Reader<'_> {
    fn failed<T>(&self, answer: Result<T>) -> std::result::Result<T, StoreError> {
        answer.map_err(|error| failure::of(self.path, &error))
    }

    fn credential_row(&self, guid: Guid) -> Result<Option<(TokenId, Credential)>> {
        self.db
            .prepare_cached(BY_GUID)?
            .query_row([guid.as_bytes()], |row| {
                let hash = ValueHash::from_bytes(row.get(1)?);
                let sealed = row.get::<_, Option<Vec<u8>>>(2)?.map(Sealed);
                Ok((TokenId::new(unsigned(row, 0)?), Credential { guid, hash, sealed }))
            })
            .optional()
    }

    fn named(&self, account: Option<AccountId>, key: &str) -> Result<Option<TokenId>> {
        let account = optional(account.map(AccountId::number))?;
        self.db
            .prepare_cached(BY_NAME)?
            .query_row(params![account, key], |row| unsigned(row, 0).map(TokenId::new))
            .optional()
    }

    fn tokens_in_order(&self, ids: &[TokenId]) -> Result<Vec<Token>> {
        let mut found = BTreeMap::new();
        for chunk in ids.chunks(CHUNK) {
            tokens::visit(self.db, Which::Ids(chunk), &mut |token| {
                found.insert(token.id, token);
            })?;
        }
        Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
    }

    fn owned(&self, owner: UserId) -> Result<Vec<Token>> {
        let ids: Vec<TokenId> = self
            .db
            .prepare_cached(BY_OWNER)?
            .query_map([number(owner.number())?], |row| unsigned(row, 0).map(TokenId::new))?
            .collect::<Result<_>>()?;
        self.tokens_in_order(&ids)
    }

    fn slots(&self) -> Result<Vec<KeySlot>> {
        let mut slots =
            self.db.prepare_cached("SELECT id, kind, wrapped FROM key_slot ORDER BY id")?;
        slots
            .query_map([], |row| {
                Ok(KeySlot { id: row.get(0)?, kind: row.get(1)?, wrapped: row.get(2)? })
            })?
            .collect()
    }

    fn newest(&self) -> Result<u64> {
        self.db.prepare_cached(NEWEST)?.query_row([], |row| unsigned(row, 0))
    }
}

impl StoreState for Reader<'_> {
    fn head(&self) -> std::result::Result<StoreHead, StoreError> {
        self.failed(events::end(self.db)).map(|end| end.head)
    }

    fn catalogue(&self) -> std::result::Result<Catalogue, StoreError> {
        self.failed(catalogue::read(self.db))
    }

    fn tokens(&self, ids: &[TokenId]) -> std::result::Result<Vec<Token>, StoreError> {
        self.failed(self.tokens_in_order(ids))
    }

    fn tokens_of(&self, owner: UserId) -> std::result::Result<Vec<Token>, StoreError> {
        self.failed(self.owned(owner))
    }

    fn scan(&self, visit: &mut dyn FnMut(Token)) -> std::result::Result<(), StoreError> {
        self.failed(tokens::visit(self.db, Which::All, visit))
    }

    fn credential(
        &self,
        guid: Guid,
    ) -> std::result::Result<Option<(TokenId, Credential)>, StoreError> {
        self.failed(self.credential_row(guid))
    }

    fn token_named(
        &self,
        account: Option<AccountId>,
        key: &str,
    ) -> std::result::Result<Option<TokenId>, StoreError> {
        self.failed(self.named(account, key))
    }

    fn look_alikes(
        &self,
        asked: &[NameAsked<'_>],
    ) -> std::result::Result<Vec<(usize, TokenId)>, StoreError> {
        self.failed(names::alike(self.db, asked))
    }

    /// Token records are never removed, so the newest id is the highest ever used,
    /// but for those that were given out and may become records yet.
    fn next_token_id(&self) -> std::result::Result<TokenId, StoreError> {
        let next = FIRST_TOKEN.max(self.failed(self.newest())? + 1);
        self.failed(number(next))?;
        Ok(TokenId::new(next))
    }

    fn last_number(&self, kind: EntryKind) -> std::result::Result<u64, StoreError> {
        self.failed(usage::last_number(self.db, kind))
    }

    fn tokens_using(&self, entry: EntryId) -> std::result::Result<usize, StoreError> {
        self.failed(usage::tokens_using(self.db, entry))
    }

    fn events(
        &self,
        filter: &EventFilter,
        order: LogOrder,
        window: Window,
    ) -> std::result::Result<Vec<Event>, StoreError> {
        self.failed(events::read(self.db, filter, order, window))
    }

    fn kept_events(
        &self,
        filter: &EventFilter,
        order: LogOrder,
        window: Window,
    ) -> std::result::Result<Vec<StoredEvent>, StoreError> {
        self.failed(events::kept(self.db, filter, order, window))
    }

    fn point(&self) -> std::result::Result<Point, StoreError> {
        let end = self.failed(events::end(self.db))?;
        Ok(Point { sequence: end.head.sequence, hash: end.hash })
    }

    fn count_events(&self, filter: &EventFilter) -> std::result::Result<usize, StoreError> {
        self.failed(events::count(self.db, filter))
    }

    fn uses_after(&self, batch: u64) -> std::result::Result<Vec<LastUse>, StoreError> {
        self.failed(uses::after(self.db, batch))
    }

    fn jobs(
        &self,
        by: Option<UserId>,
        ended: usize,
    ) -> std::result::Result<Vec<JobRecord>, StoreError> {
        self.failed(jobs::list(self.db, by, ended))
    }

    fn job(&self, id: JobId) -> std::result::Result<Option<JobRecord>, StoreError> {
        self.failed(jobs::one(self.db, id))
    }

    fn jobs_of_plan(&self, plan: Guid) -> std::result::Result<Vec<JobRecord>, StoreError> {
        self.failed(jobs::of_plan(self.db, plan))
    }

    fn job_chunk(
        &self,
        id: JobId,
        place: u32,
    ) -> std::result::Result<Option<JobChunk>, StoreError> {
        self.failed(jobs::chunk(self.db, id, place))
    }

    fn next_job_id(&self) -> std::result::Result<JobId, StoreError> {
        self.failed(jobs::next_id(self.db))
    }

    fn operator_credential(
        &self,
        guid: Guid,
    ) -> std::result::Result<Option<OperatorCredential>, StoreError> {
        self.failed(sign_in::by_guid(self.db, guid))
    }

    fn operator_credentials(&self) -> std::result::Result<Vec<OperatorCredential>, StoreError> {
        self.failed(sign_in::all(self.db))
    }

    fn key_slots(&self) -> std::result::Result<Vec<KeySlot>, StoreError> {
        self.failed(self.slots())
    }
}

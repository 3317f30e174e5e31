//! Where tokens are kept. A store commits changes with their events, all or
//! nothing, and answers reads; it knows no rule of the domain.

pub mod beside;
pub mod draft;
mod error;
pub mod owner;
mod place;
pub mod presence;
pub mod private;
pub mod space;
pub mod sqlite;

pub use error::{CommitError, StoreError, Trouble};
pub use place::{NewPlace, PathFound, PlaceLook, StorePlace};

use std::collections::BTreeSet;

use crate::domain::event::{Break, Hash, Point};
use crate::domain::{
    AccountId, Catalogue, Change, Credential, EntryId, EntryKind, Event, EventAction, Guid,
    JobChunk, JobId, JobRecord, OperatorCredential, Refusal, Subject, Time, Token, TokenId, UserId,
    name,
};
use crate::wire::{ChainView, Retention, StoreKind};

/// What never changes about a store once it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreInfo {
    /// Drawn at random when it was made; binds sealed values to it.
    pub id: [u8; 16],
    /// What it is for.
    pub kind: StoreKind,
    /// The prefix of its values.
    pub prefix: String,
    /// Whether it keeps values sealed.
    pub retention: Retention,
    /// Where it is, for messages.
    pub place: String,
}

/// How far a store has come. Two equal heads mean that nothing changed between.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StoreHead {
    /// The sequence of the newest event; 0 in a store without any.
    pub sequence: u64,
    /// The time of the newest event.
    pub at: Option<Time>,
    /// How far the store's clock has come: time never runs backwards in a store.
    pub clock_mark: Option<Time>,
    /// Counts the batches of last uses, which are no events.
    pub uses: u64,
    /// Counts the commits that changed a job, which are no events either.
    pub jobs: u64,
}

impl StoreHead {
    /// Whether nothing changed between the two. That time went by is no change.
    pub fn is_state_of(self, other: Self) -> bool {
        Self { clock_mark: None, ..self } == Self { clock_mark: None, ..other }
    }
}

/// How far time had come, and who signed in: what is kept in batches and is no event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptTime {
    /// How far time had come.
    pub mark: Time,
    /// The store's mark when that was found. Where the store's is behind it by now, the
    /// time was given up, and nothing of this is kept.
    pub base: Option<Time>,
    /// When operator credentials were last used.
    pub signed_in: Vec<(Guid, Time)>,
}

/// A last use on its way into the store or out of it: apart from changes, as it is no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastUse {
    /// The token.
    pub token: TokenId,
    /// The value of it that was presented, by its public half; none = of the token, whatever
    /// its value.
    pub guid: Option<Guid>,
    /// When it passed.
    pub at: Time,
}

/// Which events to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// About this record only.
    pub subject: Option<Subject>,
    /// Done by this user only.
    pub by: Option<UserId>,
    /// Of these kinds only; none = all.
    pub actions: BTreeSet<EventAction>,
    /// Not before this instant.
    pub since: Option<Time>,
    /// Before this instant.
    pub until: Option<Time>,
    /// With a greater sequence only.
    pub after: u64,
    /// With a smaller sequence only.
    pub before: Option<u64>,
}

/// An event as it is kept: the bytes that are proven, and the hash there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its bytes ([`crate::domain::event::decode`]).
    pub bytes: Vec<u8>,
    /// The hash over them and the hash before.
    pub hash: Hash,
}

/// Which end of the log to start from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogOrder {
    /// Oldest first.
    Ascending,
    /// Newest first.
    Descending,
}

/// One slot that wraps the data key.
#[derive(Clone, PartialEq, Eq)]
pub struct KeySlot {
    /// Its number.
    pub id: u32,
    /// How the data key is wrapped: "file".
    pub kind: String,
    /// The data key under the slot's key.
    pub wrapped: Vec<u8>,
}

/// A state of the store that does not change while it is read.
pub trait StoreState {
    /// How far the store has come.
    fn head(&self) -> Result<StoreHead, StoreError>;
    /// All of the catalogue.
    fn catalogue(&self) -> Result<Catalogue, StoreError>;
    /// These tokens, in this order; ids that name none are left out.
    fn tokens(&self, ids: &[TokenId]) -> Result<Vec<Token>, StoreError>;
    /// The tokens of this user, deleted ones too, in the order of ids.
    fn tokens_of(&self, owner: UserId) -> Result<Vec<Token>, StoreError> {
        let mut found = Vec::new();
        self.scan(&mut |token| found.extend(Some(token).filter(|t| t.owner == Some(owner))))?;
        Ok(found)
    }
    /// Every token, deleted ones too, in the order of ids.
    fn scan(&self, visit: &mut dyn FnMut(Token)) -> Result<(), StoreError>;
    /// The value that ever had this GUID, and whose it is or was.
    fn credential(&self, guid: Guid) -> Result<Option<(TokenId, Credential)>, StoreError>;
    /// Another token of the account, not deleted, whose name has this key
    /// ([`crate::domain::name::key`]).
    fn token_named(
        &self,
        account: Option<AccountId>,
        key: &str,
    ) -> Result<Option<TokenId>, StoreError>;
    /// Tokens that are not deleted and whose names look like these, though they are
    /// others ([`crate::domain::name::look_alike`]), each with the place of the name it
    /// looks like. Two of one account that bear one name are among them: they did before
    /// names were compared as they are now.
    fn look_alikes(&self, asked: &[NameAsked<'_>]) -> Result<Vec<(usize, TokenId)>, StoreError> {
        let forms = asked.iter().map(|one| (name::skeleton(one.name), name::key(one.name)));
        let forms: Vec<_> = forms.collect();
        let mut found = Vec::new();
        self.scan(&mut |token| {
            let (looks, key) = (name::skeleton(&token.name), name::key(&token.name));
            for (place, (one, (skeleton, own))) in asked.iter().zip(&forms).enumerate() {
                let differs = *own != key || one.account == token.account;
                let other = one.id != Some(token.id) && token.deleted.is_none();
                found.extend((looks == *skeleton && differs && other).then_some((place, token.id)));
            }
        })?;
        found.sort_unstable();
        Ok(found)
    }
    /// The id the next token gets; never one that was used before.
    fn next_token_id(&self) -> Result<TokenId, StoreError>;
    /// The highest number that an entry of this kind has or ever had; 0 = none yet.
    fn last_number(&self, kind: EntryKind) -> Result<u64, StoreError>;
    /// How many tokens that are not deleted use the entry: reach the module, carry
    /// the scope or group, belong to the account, were issued to the user.
    fn tokens_using(&self, entry: EntryId) -> Result<usize, StoreError>;
    /// Events, at most `limit` after skipping `offset`.
    fn events(
        &self,
        filter: &EventFilter,
        order: LogOrder,
        window: crate::domain::Window,
    ) -> Result<Vec<Event>, StoreError>;
    /// The same events as they are kept.
    fn kept_events(
        &self,
        filter: &EventFilter,
        order: LogOrder,
        window: crate::domain::Window,
    ) -> Result<Vec<StoredEvent>, StoreError>;
    /// The place in the chain where the log ends.
    fn point(&self) -> Result<Point, StoreError>;
    /// How many events fit the filter.
    fn count_events(&self, filter: &EventFilter) -> Result<usize, StoreError>;
    /// The last uses of values in batches after `batch`, for whoever follows the store.
    fn uses_after(&self, batch: u64) -> Result<Vec<LastUse>, StoreError>;
    /// Jobs, the newest first: all that are not over, and the newest `ended` others.
    /// With a user, only those they started.
    fn jobs(&self, by: Option<UserId>, ended: usize) -> Result<Vec<JobRecord>, StoreError>;
    /// One job.
    fn job(&self, id: JobId) -> Result<Option<JobRecord>, StoreError>;
    /// The jobs that carry out a plan: one for each user who started it.
    fn jobs_of_plan(&self, plan: Guid) -> Result<Vec<JobRecord>, StoreError>;
    /// A chunk of a job, counted from 0.
    fn job_chunk(&self, id: JobId, place: u32) -> Result<Option<JobChunk>, StoreError>;
    /// The id the next job gets; never one that was used before.
    fn next_job_id(&self) -> Result<JobId, StoreError>;
    /// The operator credential with this public half.
    fn operator_credential(&self, guid: Guid) -> Result<Option<OperatorCredential>, StoreError>;
    /// Every operator credential there ever was, the oldest first.
    fn operator_credentials(&self) -> Result<Vec<OperatorCredential>, StoreError>;
    /// The slots that wrap the data key.
    fn key_slots(&self) -> Result<Vec<KeySlot>, StoreError>;

    /// One token.
    fn token(&self, id: TokenId) -> Result<Option<Token>, StoreError> {
        Ok(self.tokens(&[id])?.pop())
    }
}

/// A name for which look-alikes are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameAsked<'n> {
    /// The token that bears it, which is no look-alike of itself; none = none does yet.
    pub id: Option<TokenId>,
    /// Its account.
    pub account: Option<AccountId>,
    /// The name.
    pub name: &'n str,
}

/// What a commit did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commit {
    /// The head afterwards.
    pub head: StoreHead,
    /// How many changes were committed.
    pub changes: usize,
}

/// What decides on changes while nobody else can write. Where a first try found no
/// room it is asked once more, and only what it returns last counts.
pub type Decide<'d> = dyn FnMut(&dyn StoreState) -> Result<Vec<Change>, CommitError> + 'd;

/// A place that keeps tokens. Several processes may use one at once.
pub trait Store: Send + Sync {
    /// What never changes about it.
    fn info(&self) -> &StoreInfo;

    /// Reads one unchanging state.
    fn read(
        &self,
        visit: &mut dyn FnMut(&dyn StoreState) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;

    /// Takes the write lock, lets `decide` read the state that it will change, and
    /// commits what it returns with its events: all or nothing. Deciding under the
    /// lock is what lets a revoke win every race.
    ///
    /// A token's version must be one more than the stored one, or 1 for a new id;
    /// a store refuses anything else as a fault of the caller.
    fn commit(&self, decide: &mut Decide<'_>) -> Result<Commit, CommitError>;

    /// Writes last uses of tokens and their values in one batch; earlier ones than stored
    /// are dropped.
    fn record_uses(&self, uses: &[LastUse]) -> Result<(), StoreError>;

    /// Moves the mark of time on and keeps last uses of operator credentials, unless the
    /// time of both was given up; neither moves back.
    fn keep_time(&self, kept: &KeptTime) -> Result<(), StoreError>;

    /// Checks the chain of events from the first to the head, and whether it goes
    /// through a place that somebody kept elsewhere.
    fn verify_events_through(&self, expected: Option<Point>) -> Result<ChainReport, StoreError>;

    /// Checks the chain of events from the first to the head.
    fn verify_events(&self) -> Result<ChainReport, StoreError> {
        self.verify_events_through(None)
    }

    /// Checks the files and the structure of the store.
    fn check(&self) -> Result<Vec<Finding>, StoreError>;
}

/// Reads something from one unchanging state.
pub fn read<T>(
    store: &dyn Store,
    mut visit: impl FnMut(&dyn StoreState) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut answer = None;
    store.read(&mut |state| {
        answer = Some(visit(state)?);
        Ok(())
    })?;
    answer.ok_or_else(|| StoreError::Fault("a read was not made".to_owned()))
}

/// What a check of the event chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainReport {
    /// How many events were checked.
    pub events: u64,
    /// The last event that holds: kept elsewhere it proves later that all up to it is as
    /// it was.
    pub head: Point,
    /// What is wrong with the place that the chain was expected to go through.
    pub unmet: Option<Break>,
    /// The first place where the chain does not hold, and why.
    pub broken: Option<(u64, String)>,
}

impl ChainReport {
    /// As it is told.
    pub fn view(self) -> ChainView {
        let wrong = self.broken.or_else(|| self.unmet.map(ChainView::wrong));
        ChainView::new(self.events, self.head, wrong)
    }

    /// Whether all is as it was, as far as anybody can tell.
    pub fn is_well(&self) -> bool {
        self.broken.is_none() && self.unmet.is_none()
    }
}

/// One thing a check of the store looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub what: String,
    /// What is wrong with it; none = it is well.
    pub problem: Option<String>,
}

impl From<Refusal> for CommitError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

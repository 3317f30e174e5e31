//! The users of a plan as the items of a job: each is decided again under the lock,
//! and one that fails spoils no other.

use std::collections::{BTreeMap, BTreeSet};

use super::counts;
use super::frozen::in_own_words;
use super::item::{Chunk, FrozenHolder, HolderEnd, proof};
use super::plan::{holder, must_be_in_service, must_reach};
use crate::authority::jobs::{EndedChunk, read, write};
use crate::authority::plans::{BulkRules, KeptPlan, tally};
use crate::authority::scene::Scene;
use crate::authority::{Authority, Ruling};
use crate::domain::made::{Made, generated, request};
use crate::domain::{
    AccountFilter, Action, Change, HolderVerb, JobChunk, Pair, Refusal, Token, TokenChange,
    TokenId, User, UserId, holding, name,
};
use crate::search::TokenIndex;
use crate::store::{CommitError, StoreError};
use crate::text::thousands;
use crate::wire::{Gone, HolderItem, HolderReportItem, Lost, Outcome, Plan, Step};

impl BulkRules for HolderVerb {
    type Kept = FrozenHolder;
    type Ending = HolderEnd;
    const CHUNK: usize = 200;

    /// A plan to generate has to be staged instead.
    fn must_start(self) -> Result<(), Refusal> {
        if self == Self::Generate {
            return Err(Refusal::Unsupported("generate tokens without a file".to_owned()));
        }
        Ok(())
    }

    fn must_be_permitted(plan: &Plan<Self>, scene: &Scene, _: &TokenIndex) -> Result<(), Refusal> {
        scene.operator.must_manage()?;
        must_reach(scene, plan.account)
    }

    fn kept(
        plan: &Plan<Self>,
        scene: &Scene,
        _: &TokenIndex,
    ) -> Result<KeptPlan<Self>, StoreError> {
        let plan = in_own_words(plan, scene)?;
        let title = title(&plan, scene);
        let item = |planned| FrozenHolder { planned, drawn: None };
        let items = plan.items.into_iter().map(item).collect();
        Ok(KeptPlan { title, by: scene.operator.user, items })
    }

    fn chunk(plan: &Plan<Self>, by: UserId, items: &[FrozenHolder]) -> Result<String, StoreError> {
        let items = items.to_vec();
        write(&Chunk { account: plan.account, by, made_at: plan.made_at, items })
    }

    fn items_of(self, authority: &Authority, chunk: &str) -> Result<Vec<FrozenHolder>, StoreError> {
        Ok(read::<Chunk>(authority, chunk)?.items)
    }

    fn step(kept: &FrozenHolder) -> &Step {
        &kept.planned.step
    }

    fn told(kept: FrozenHolder, HolderEnd { token, gone, outcome }: HolderEnd) -> HolderReportItem {
        let HolderItem { user, user_name, module, module_name, lost, .. } = kept.planned;
        let went =
            |lost: Lost| gone.contains(&lost.id).then_some(Gone { id: lost.id, name: lost.name });
        let gone = lost.into_iter().filter_map(went).collect();
        HolderReportItem { user, user_name, module, module_name, token, gone, outcome }
    }
}

/// "eRecording for Eve Examiner", "eRecording for 3 users of Cedar County".
pub(super) fn title(plan: &Plan<HolderVerb>, scene: &Scene) -> String {
    let one = |names: BTreeSet<&str>, several: &str| -> String {
        match names.iter().collect::<Vec<_>>().as_slice() {
            [only] => (**only).to_owned(),
            names => format!("{} {several}", names.len()),
        }
    };
    let modules = plan.acting().map(|item| item.module_name.as_str()).collect();
    let account = scene.catalogue.account_name(Some(plan.account));
    let users: BTreeSet<UserId> = plan.acting().map(|item| item.user).collect();
    let whom = match plan.acting().next() {
        Some(item) if users.len() == 1 => item.user_name.clone(),
        _ => format!("{} users of {account}", thousands(users.len())),
    };
    format!("{} for {whom}", one(modules, "modules"))
}

/// Decides the users of a chunk on the state under the lock.
pub(in crate::authority) fn decide_chunk(
    authority: &Authority,
    verb: HolderVerb,
    plan: &str,
    scene: &Scene,
) -> Ruling<EndedChunk> {
    let chunk: Chunk = read(authority, plan)?;
    let next = scene.state.next_token_id()?;
    let mut work = Deciding {
        verb,
        chunk: &chunk,
        scene,
        next: next.number(),
        tokens: BTreeMap::new(),
        named: BTreeSet::new(),
        changes: Vec::new(),
    };
    let mut ends = Vec::with_capacity(chunk.items.len());
    for item in &chunk.items {
        ends.push(work.item(item)?);
    }
    let tally = tally(ends.iter().map(|end| &end.outcome));
    Ok(EndedChunk { changes: work.changes, outcome: write(&ends)?, tally })
}

/// What the file of a staged export has to hold.
pub(in crate::authority) fn sheet_of(
    authority: &Authority,
    chunks: &[JobChunk],
) -> Result<String, StoreError> {
    proof(authority, chunks)
}

/// A chunk on its way to a commit: the state under the lock, and what was decided
/// since.
struct Deciding<'s> {
    verb: HolderVerb,
    chunk: &'s Chunk,
    scene: &'s Scene<'s>,
    next: u64,
    /// The tokens of the users met so far, as they will be.
    tokens: BTreeMap<UserId, Vec<Token>>,
    /// Names given to tokens of this chunk, as they are compared.
    named: BTreeSet<String>,
    changes: Vec<Change>,
}

impl Deciding<'_> {
    fn item(&mut self, item: &FrozenHolder) -> Ruling<HolderEnd> {
        if let Some(skipped) = item.planned.step.skipped() {
            return Ok(skipped.into());
        }
        match self.decide(item) {
            Ok((token, gone)) => Ok(HolderEnd { token, gone, outcome: Outcome::Done }),
            Err(CommitError::Refused(refusal)) => Ok(told(&refusal).into()),
            Err(error) => Err(error),
        }
    }

    /// The token that was made, or the first that went, and all that went. Nothing is
    /// changed where this refuses.
    fn decide(&mut self, item: &FrozenHolder) -> Ruling<(Option<TokenId>, Vec<TokenId>)> {
        let planned = &item.planned;
        self.scene.operator.must_manage()?;
        let owner = holder(planned.user, self.chunk.account, self.scene)?;
        let taken = match self.taken(planned)? {
            Ok(taken) => taken,
            Err(_) if self.went_already(planned) => {
                return Ok((planned.lost.first().map(|lost| lost.id), vec![]));
            }
            Err(refusal) => return Err(refusal.into()),
        };
        let (operator, now) = (&self.scene.operator, self.scene.now);
        let mut changes = Vec::new();
        for token in &taken {
            changes.push(self.scene.act(token, &Action::Delete)?);
        }
        let gone: Vec<TokenId> = taken.iter().map(|token| token.id).collect();
        let made = match (self.verb, &item.drawn) {
            (HolderVerb::Request, _) => {
                let made = self.made(owner, planned, TokenId::new(self.next), &changes)?;
                Some(request(made, operator, now))
            }
            (HolderVerb::Generate, Some(drawn)) => {
                let made = self.made(owner, planned, drawn.token, &changes)?;
                let (credential, valid_to) = (drawn.credential(), drawn.valid_to);
                Some(generated(made, credential, valid_to, (operator, now)))
            }
            (HolderVerb::Generate, None) => {
                return Err(StoreError::Fault("a value was never drawn".to_owned()).into());
            }
            (HolderVerb::Remove | HolderVerb::Cancel, _) => None,
        };
        let answer = made.as_ref().map(|change| change.token.id).or(gone.first().copied());
        self.next += u64::from(self.verb == HolderVerb::Request);
        changes.into_iter().chain(made).for_each(|change| self.take(change));
        Ok((answer, gone))
    }

    /// The tokens that go, as the plan named them, or why the step is not to be done.
    /// One that came or changed since was not confirmed by anybody.
    fn taken(&mut self, planned: &HolderItem) -> Ruling<Result<Vec<Token>, Refusal>> {
        let (scene, verb) = (self.scene, self.verb);
        let account = AccountFilter::One(self.chunk.account);
        let reaching = |token: &&Token| {
            counts(token, account, &scene.operator)
                && holding::reaches(token, planned.module, &scene.catalogue)
        };
        let tokens = self.of(planned.user)?.iter().filter(reaching).collect::<Vec<_>>();
        let confirmed = |token: &&Token| {
            planned.lost.iter().any(|lost| lost.id == token.id && lost.version == token.version)
        };
        let taken = match holding::taken(verb, &tokens, scene.now) {
            Ok(taken) => taken,
            // The rest went with another module of this plan, which promised these too.
            Err(Refusal::CancelInstead) if tokens.iter().any(confirmed) => {
                holding::taken(HolderVerb::Cancel, &tokens, scene.now)?
            }
            Err(refusal) => return Ok(Err(refusal)),
        };
        if !taken.iter().all(confirmed) {
            return Ok(Err(Refusal::StalePlan));
        }
        Ok(Ok(taken.into_iter().cloned().collect()))
    }

    fn of(&mut self, user: UserId) -> Result<&Vec<Token>, StoreError> {
        if !self.tokens.contains_key(&user) {
            self.tokens.insert(user, self.scene.state.tokens_of(user)?);
        }
        Ok(self.tokens.entry(user).or_default())
    }

    /// Whether all that was to go went with another module of the same job.
    fn went_already(&self, planned: &HolderItem) -> bool {
        let ours = |token: &Token| {
            token.deleted.is_some_and(|stamp| {
                let by = [Some(self.chunk.by), Some(self.scene.operator.user)];
                by.contains(&stamp.by) && stamp.at >= self.chunk.made_at
            })
        };
        let tokens = self.tokens.get(&planned.user);
        let gone = |id: TokenId| {
            tokens.is_some_and(|all| all.iter().any(|token| token.id == id && ours(token)))
        };
        !planned.lost.is_empty() && planned.lost.iter().all(|lost| gone(lost.id))
    }

    fn made(
        &self,
        owner: &User,
        planned: &HolderItem,
        id: TokenId,
        ended: &[TokenChange],
    ) -> Ruling<Made> {
        let all = &*self.scene.catalogue;
        let account = self.chunk.account;
        let module = all.modules.get(&planned.module);
        let module =
            module.filter(|module| module.accounts.contains(&account)).ok_or_else(|| {
                let place = all.account_name(Some(account));
                let message = format!("{} is not enabled for {place}", planned.module_name);
                Refusal::field("module", message)
            })?;
        must_be_in_service(owner)?;
        let scopes = holding::scopes_for(owner, account, &self.scene.operator, all)?;
        let name = self.free_name(&owner.login, &module.name, ended)?;
        let pair = Pair { user: owner.id, module: module.id };
        Ok(Made { id, name, pair, account, scopes })
    }

    /// A name that no token bears once this chunk is committed.
    fn free_name(
        &self,
        login: &str,
        module: &str,
        ended: &[TokenChange],
    ) -> Result<String, StoreError> {
        let account = Some(self.chunk.account);
        let ended: BTreeSet<TokenId> = ended.iter().map(|change| change.token.id).collect();
        let mut failed = None;
        let name = holding::made_name(login, module, |wanted| {
            let key = name::key(wanted);
            if self.named.contains(&key) {
                return true;
            }
            match self.scene.state.token_named(account, &key) {
                Ok(taken) => taken.is_some_and(|id| !ended.contains(&id)),
                Err(error) => {
                    failed = Some(error);
                    false
                }
            }
        });
        failed.map_or(Ok(name), Err)
    }

    fn take(&mut self, change: TokenChange) {
        let token = &change.token;
        if token.deleted.is_none() {
            self.named.insert(name::key(&token.name));
        }
        if let Some(owner) = token.owner {
            let all = self.tokens.entry(owner).or_default();
            all.retain(|known| known.id != token.id);
            all.push(token.clone());
        }
        self.changes.push(Change::Token(Box::new(change)));
    }
}

/// A state that leaves nothing to do is no failure.
fn told(refusal: &Refusal) -> Outcome {
    match refusal {
        Refusal::AlreadyPending
        | Refusal::CancelInstead
        | Refusal::NothingHeld
        | Refusal::NotPending => Outcome::skipped(refusal),
        _ => Outcome::failed(refusal),
    }
}

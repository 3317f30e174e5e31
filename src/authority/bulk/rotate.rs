//! New values for many tokens, in two steps like generate & export: they are drawn and
//! kept beside the tokens, where no gateway takes them; once they are safe in their file,
//! a job puts them in force, token by token, each decided again under the lock.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::authority::jobs::{EndedChunk, Frozen, read, write};
use crate::authority::plans::tally;
use crate::authority::scene::Scene;
use crate::authority::{Authority, Caller, Ruling};
use crate::domain::job::check_file;
use crate::domain::{
    Action, Change, Credential, CredentialChange, Detail, Expiry, Guid, JobChunk, JobRecord,
    Overlap, Refusal, Subject, Time, Token, TokenChange, TokenId, TokenValue, ValueHash, Verb,
    proof,
};
use crate::store::{CommitError, StoreError};
use crate::wire::{BulkVerb, Outcome, PlanItem, Rotation, RotationRow, Run, Staged, Step};

use super::item::title;

/// Tokens in one commit, at the most: each gets a value, and others wait for the lock.
const SIZE: usize = 500;

/// What one commit of a job is about.
#[derive(Serialize, Deserialize)]
struct Chunk {
    overlap: Overlap,
    items: Vec<Item>,
}

/// A token, and what was drawn for it.
#[derive(Clone, Serialize, Deserialize)]
struct Item {
    id: TokenId,
    name: String,
    version: u64,
    step: Step,
    drawn: Option<Drawn>,
}

/// A value on its way into the file; the store keeps it beside the token.
#[derive(Clone, Serialize, Deserialize)]
struct Drawn {
    guid: Guid,
    hash: [u8; 32],
    valid_to: Option<Time>,
}

/// Whether many tokens at once may have a new value for this one among them.
pub(super) fn allowed(token: &Token, scene: &Scene) -> Result<(), Refusal> {
    scene.allowed(Verb::Regenerate, token)?;
    // The owner of a value hears of it with generate & export, and takes the new one.
    if token.owner.is_some() { Err(Refusal::HasOwner) } else { Ok(()) }
}

impl Authority {
    /// Draws the values of a rotation and records for each token that one leaves (anchor 2
    /// of the reliability paper). No token changes until they are activated.
    pub fn stage_rotation(
        &self,
        caller: &Caller,
        rotation: &Rotation,
        file: &str,
    ) -> Ruling<Staged<RotationRow>> {
        let Rotation { plan, overlap, .. } = rotation;
        if plan.verb != Verb::Regenerate {
            let what = format!("write values of what is {} to a file", plan.verb.past());
            return Err(Refusal::Unsupported(what).into());
        }
        let title = self.look(caller, |scene, listing| {
            scene.operator.must_manage()?;
            check_file(file).map_err(|error| Refusal::Invalid(vec![error]))?;
            plan.must_act()?;
            Ok(title(plan, scene, listing))
        })?;
        let draw = |item: &PlanItem| {
            let id = item.id.token()?;
            Ok::<_, CommitError>((id, self.issue(id, None)?))
        };
        let values: BTreeMap<TokenId, (TokenValue, Credential)> =
            plan.acting().map(draw).collect::<Result<_, _>>()?;
        let (job, drawn) = self.decide(caller, Run::Real, |scene| {
            scene.operator.must_manage()?;
            let staging = Staging::of(rotation, &values, scene)?;
            let mut chunks = Vec::new();
            for items in staging.items.chunks(SIZE) {
                let items = items.to_vec();
                chunks.push(write(&Chunk { overlap: *overlap, items })?);
            }
            let frozen = Frozen {
                plan: plan.id,
                work: plan.verb.work(),
                title: title.clone(),
                total: staging.items.len() as u64,
                chunks,
                file: Some(file.to_owned()),
                tidies: true,
            };
            let (job, mut changes) = self.set_aside(&frozen, scene)?;
            changes.extend(staging.changes);
            Ok((changes, (job, staging.drawn)))
        })?;
        let mut values = values;
        let row = |row: Row| {
            let (value, _) = values.remove(&row.token)?;
            let Row { token, name, account, account_name, expires_at } = row;
            let guid = value.guid();
            Some(RotationRow { token, name, account, account_name, guid, value, expires_at })
        };
        Ok(Staged { job, rows: drawn.into_iter().filter_map(row).collect() })
    }
}

/// A row of the file without its value.
struct Row {
    token: TokenId,
    name: String,
    account: Option<crate::domain::AccountId>,
    account_name: String,
    expires_at: Option<Time>,
}

/// What staging comes to on one state.
struct Staging {
    items: Vec<Item>,
    changes: Vec<Change>,
    drawn: Vec<Row>,
}

impl Staging {
    fn of(
        rotation: &Rotation,
        values: &BTreeMap<TokenId, (TokenValue, Credential)>,
        scene: &Scene,
    ) -> Ruling<Self> {
        let ids = rotation.plan.items.iter().map(|item| item.id.token());
        let ids: Vec<TokenId> = ids.collect::<Result<_, _>>()?;
        let mut tokens = tokens(&ids, scene)?;
        let mut staging = Self { items: Vec::new(), changes: Vec::new(), drawn: Vec::new() };
        let mut first_refusal = None;
        for (planned, id) in rotation.plan.items.iter().zip(ids) {
            // A token that is named twice gets one value.
            let token = tokens.remove(&id).filter(|token| scene.operator.sees(token));
            let value = values.get(&id);
            let step = match (planned.step.clone(), &token, value) {
                (Step::Skip { .. }, token, _) => Step::skip(&why_not(token.as_ref(), id, scene)),
                (Step::Act | Step::CancelRequest, Some(token), Some((_, credential))) => {
                    match staging.draw(token, planned.version, (credential, rotation), scene) {
                        Ok(()) => continue,
                        Err(CommitError::Refused(stale @ Refusal::StalePlan)) => {
                            return Err(stale.into());
                        }
                        Err(CommitError::Refused(refusal)) => {
                            let step = Step::skip(&refusal);
                            first_refusal.get_or_insert(refusal);
                            step
                        }
                        Err(error) => return Err(error),
                    }
                }
                // A plan that is no longer true gives no value away.
                (Step::Act | Step::Give(_) | Step::CancelRequest, ..) => {
                    return Err(Refusal::StalePlan.into());
                }
            };
            let name = token.map_or_else(|| id.to_string(), |token| token.name);
            let version = planned.version;
            staging.items.push(Item { id, name, version, step, drawn: None });
        }
        match first_refusal {
            Some(refusal) if staging.drawn.is_empty() => Err(refusal.into()),
            _ => Ok(staging),
        }
    }

    /// Sets the value aside, where the token could have it now.
    fn draw(
        &mut self,
        token: &Token,
        version: u64,
        (credential, rotation): (&Credential, &Rotation),
        scene: &Scene,
    ) -> Ruling<()> {
        allowed(token, scene)?;
        if token.version != version {
            return Err(Refusal::StalePlan.into());
        }
        let (expiry, overlap) = (rotation.expiry, rotation.overlap);
        let action = Action::Regenerate { credential: credential.clone(), expiry, overlap };
        let after = scene.act(token, &action)?.token;
        let (id, name, guid) = (token.id, token.name.clone(), credential.guid);
        let drawn = Drawn { guid, hash: *credential.hash.as_bytes(), valid_to: after.valid_to };
        let step = Step::Act;
        self.items.push(Item { id, name: name.clone(), version, step, drawn: Some(drawn) });
        self.changes.push(Change::Draw(id, credential.clone()));
        let details = vec![Detail::NewGuid { guid }];
        self.changes.push(Change::Record(scene.exported(Subject::Token(id), details)));
        self.drawn.push(Row {
            token: id,
            name,
            account: token.account,
            account_name: scene.catalogue.account_name(token.account),
            expires_at: after.valid_to,
        });
        Ok(())
    }
}

/// Why a token of the plan is skipped, as it is now.
fn why_not(token: Option<&Token>, id: TokenId, scene: &Scene) -> Refusal {
    let Some(token) = token else { return Refusal::no_token(id.to_string()) };
    // Where nothing speaks against it any more: nobody confirmed that it should be done.
    allowed(token, scene).err().unwrap_or(Refusal::StalePlan)
}

fn tokens(ids: &[TokenId], scene: &Scene) -> Result<BTreeMap<TokenId, Token>, StoreError> {
    let tokens = scene.state.tokens(ids)?;
    Ok(tokens.into_iter().map(|token| (token.id, token)).collect())
}

/// Decides the tokens of a chunk on the state under the lock.
pub(super) fn decide_chunk(authority: &Authority, plan: &str, scene: &Scene) -> Ruling<EndedChunk> {
    let chunk: Chunk = read(authority, plan)?;
    let ids: Vec<TokenId> = chunk.items.iter().map(|item| item.id).collect();
    let tokens = tokens(&ids, scene)?;
    let (mut changes, mut outcomes) = (Vec::new(), Vec::with_capacity(chunk.items.len()));
    for item in &chunk.items {
        let outcome = match (item.step.skipped(), &item.drawn) {
            (Some(skipped), _) => skipped,
            (None, None) => {
                return Err(StoreError::Fault("a value was never drawn".to_owned()).into());
            }
            (None, Some(drawn)) => {
                match renewed(item, (drawn, chunk.overlap), tokens.get(&item.id), scene) {
                    Ok(change) => {
                        changes.push(Change::Token(Box::new(change)));
                        Outcome::Done
                    }
                    Err(CommitError::Refused(refusal)) => {
                        changes.push(Change::Forget(drawn.guid));
                        Outcome::refused(&refusal)
                    }
                    Err(error) => return Err(error),
                }
            }
        };
        outcomes.push(outcome);
    }
    Ok(EndedChunk { changes, outcome: write(&outcomes)?, tally: tally(&outcomes) })
}

/// The token with the value that was drawn for it, where it is as it was then.
fn renewed(
    item: &Item,
    (drawn, overlap): (&Drawn, Overlap),
    token: Option<&Token>,
    scene: &Scene,
) -> Ruling<TokenChange> {
    let token = token.ok_or_else(|| Refusal::no_token(item.id.to_string()))?;
    allowed(token, scene)?;
    scene.must_be_current(token, item.version)?;
    let kept = scene.state.credential(drawn.guid)?.filter(|(of, _)| *of == token.id);
    let lost = || StoreError::Fault(format!("the value drawn for {} is gone", token.id));
    let (_, credential) = kept.ok_or_else(lost)?;
    let expiry = Some(drawn.valid_to.map_or(Expiry::Never, Expiry::At));
    let action = Action::Regenerate { credential, expiry, overlap };
    let change = scene.act(token, &action)?;
    Ok(TokenChange { credential: CredentialChange::Adopt(drawn.guid), ..change })
}

/// What erases the values that will never get into force, where a job ends before it is
/// done.
pub(super) fn forgotten(
    authority: &Authority,
    record: &JobRecord,
    scene: &Scene,
) -> Result<Vec<Change>, StoreError> {
    let mut changes = Vec::new();
    for place in record.next..record.chunks {
        let Some(JobChunk { plan, outcome: None }) = scene.state.job_chunk(record.id, place)?
        else {
            continue;
        };
        let chunk: Chunk = read(authority, &plan)?;
        let drawn = chunk.items.into_iter().filter_map(|item| item.drawn);
        changes.extend(drawn.map(|drawn| Change::Forget(drawn.guid)));
    }
    Ok(changes)
}

/// What the file of a rotation has to hold: each value that was drawn for it.
pub(super) fn sheet_of(authority: &Authority, chunks: &[JobChunk]) -> Result<String, StoreError> {
    let mut drawn = Vec::new();
    for chunk in chunks {
        let Chunk { items, .. } = read(authority, &chunk.plan)?;
        drawn.extend(items.into_iter().filter_map(|item| Some((item.id, item.drawn?))));
    }
    let row = |(id, drawn): (TokenId, Drawn)| (id, drawn.guid, ValueHash::from_bytes(drawn.hash));
    Ok(proof::of_rows(drawn.into_iter().map(row)))
}

/// The tokens of a chunk as those of any bulk work.
pub(super) fn items(
    authority: &Authority,
    plan: &str,
) -> Result<Vec<super::item::FrozenToken>, StoreError> {
    let Chunk { items, .. } = read(authority, plan)?;
    Ok(items.into_iter().map(|item| (item.id, item.name, item.version, item.step)).collect())
}

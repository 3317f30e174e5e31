//! Whether a presented value may pass. A use that passes is noted; it is written
//! later, with others.

use crate::domain::clock::{ClockMoment, Jump};
use crate::domain::verify::{Rejection, Request, verdict};
use crate::domain::{
    Actor, OutOfService, Refusal, Status, Time, Token, TokenValue, ValueHash, lifecycle,
};
use crate::store::{CommitError, LastUse, StoreError, StoreHead, StoreState};
use crate::wire::VerifyAnswer;

use super::holders::supersede;
use super::{Authority, Known, Ruling};

/// What became of a presented value.
struct Verdict {
    token: Token,
    /// What takes the token out of service beside itself.
    out: Option<OutOfService>,
    passes: Result<(), Rejection>,
    now: Time,
    head: StoreHead,
    /// The clock's jump, where it is not believed.
    jump: Option<Jump>,
}

impl Verdict {
    /// A first use puts an acceptance on record, which a clock that jumped must not date.
    fn must_be_believed(&self) -> Result<(), Refusal> {
        self.jump.map_or(Ok(()), |jump| Err(Refusal::ClockJumped(jump)))
    }
}

/// Whether a verify leaves a trace in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trace {
    /// The use is recorded, and a first use accepts an exported token.
    Kept,
    /// Nothing can be written, so what only a first use could accept is refused.
    None,
    /// Nothing is written, and the answer is what it would be if it were.
    Trial,
}

/// What its first use would make of an exported token.
fn would_accept(verdict: &Verdict) -> Ruling<Result<(), Rejection>> {
    verdict.must_be_believed()?;
    match lifecycle::accept_by_use(&verdict.token, verdict.out, verdict.now) {
        Ok(_) | Err(Refusal::NotPending) => Ok(Ok(())),
        Err(refusal) => Err(refusal.into()),
    }
}

impl Authority {
    /// Whether a presented value may make this request. Unknown values cost the
    /// same comparison as known ones.
    pub fn verify(
        &self,
        value: &TokenValue,
        request: &Request,
        trace: Trace,
    ) -> Ruling<VerifyAnswer> {
        let known = self.known();
        let found = self.read(|state| self.judge(&known, state, value, request))?;
        let Some(verdict) = found else {
            let reason = Some(Rejection::Unknown);
            return Ok(VerifyAnswer { accepted: false, reason, token: None, name: None });
        };
        let pending = Status::alone(&verdict.token, verdict.now) == Status::Pending;
        let passes = match (verdict.passes, pending, trace) {
            (Ok(()), true, Trace::Kept) => self.accept_by_use(&known, value, request)?,
            (Ok(()), true, Trace::Trial) => would_accept(&verdict)?,
            (Ok(()), true, Trace::None) => Err(Rejection::Pending),
            (passes, ..) => passes,
        };
        self.note_time(trace, verdict.now, verdict.head);
        if passes.is_ok() && trace == Trace::Kept {
            let (token, guid, at) = (verdict.token.id, Some(value.guid()), verdict.now);
            self.uses.note(LastUse { token, guid, at });
        }
        Ok(VerifyAnswer {
            accepted: passes.is_ok(),
            reason: passes.err(),
            token: Some(verdict.token.id),
            name: Some(verdict.token.name),
        })
    }

    fn judge(
        &self,
        known: &Known,
        state: &dyn StoreState,
        value: &TokenValue,
        request: &Request,
    ) -> Ruling<Option<Verdict>> {
        let presented = value.hash();
        let Some((id, credential)) = state.credential(value.guid())? else {
            // The time an answer takes must not tell whether the GUID is known.
            std::hint::black_box(ValueHash::from_bytes([0; 32]).matches(&presented));
            return Ok(None);
        };
        if !credential.hash.matches(&presented) {
            return Ok(None);
        }
        let token = state
            .token(id)?
            .ok_or_else(|| StoreError::Fault(format!("a value has no token: {id}")))?;
        let head = state.head()?;
        let ClockMoment { at: now, jump, .. } = self.moment(head);
        let catalogue = known.at(state)?;
        let at = |time| verdict(&token, value.guid(), request, &catalogue, time);
        let passes = at(now);
        // Which of both times it is nobody knows: only what holds at either is said.
        if let Some(jump) = jump.filter(|jump| at(jump.clock) != passes) {
            return Err(Refusal::ClockJumped(jump).into());
        }
        let out = OutOfService::of(&token, &catalogue);
        Ok(Some(Verdict { token, out, passes, now, head, jump }))
    }

    /// The first use of an exported token accepts it; judged again under the write
    /// lock, as somebody may have withdrawn it.
    fn accept_by_use(
        &self,
        known: &Known,
        value: &TokenValue,
        request: &Request,
    ) -> Ruling<Result<(), Rejection>> {
        let mut passes = Err(Rejection::Unknown);
        let committed = self.store.commit(&mut |state| {
            let Some(verdict) = self.judge(known, state, value, request)? else {
                passes = Err(Rejection::Unknown);
                return Ok(vec![]);
            };
            passes = verdict.passes;
            if verdict.passes.is_err() {
                return Ok(vec![]);
            }
            match lifecycle::accept_by_use(&verdict.token, verdict.out, verdict.now) {
                Ok(change) => {
                    verdict.must_be_believed()?;
                    let catalogue = known.at(state)?;
                    let by = (&Actor::default(), verdict.now);
                    Ok(supersede(state, &catalogue, change, by)?)
                }
                // Another first use came before this one.
                Err(Refusal::NotPending) => Ok(vec![]),
                Err(refusal) => Err(refusal.into()),
            }
        });
        match committed {
            Ok(_) => Ok(passes),
            Err(CommitError::Store(error)) => Err(StoreError::FirstUse(Box::new(error)).into()),
            Err(refused @ CommitError::Refused(_)) => Err(refused),
        }
    }

    /// Keeps that something was let pass or refused by the time, of which a clock that is
    /// set back later knows nothing.
    pub(super) fn note_time(&self, trace: Trace, now: Time, head: StoreHead) {
        match trace {
            Trace::Kept if !self.info().kind.takes_any_clock() => {
                self.uses.note_time(now, head.clock_mark);
            }
            Trace::Kept | Trace::None | Trace::Trial => {}
        }
    }

    /// Writes the last uses that are still in memory only. Where that fails they
    /// are kept for the next time.
    pub fn flush_uses(&self) -> Result<(), StoreError> {
        if self.uses.is_empty() {
            return Ok(());
        }
        // Where time was put back meanwhile, what was judged before it is dropped.
        self.uses.mark_over(self.head()?.clock_mark);
        if let Some(kept) = self.uses.kept() {
            // Nobody is told where this fails: no verdict hangs on it but after a clock
            // that is set back, and it is tried again.
            if self.store.keep_time(&kept).is_ok() {
                self.uses.forget(&kept);
            }
        }
        let uses = self.uses.all();
        if !uses.is_empty() {
            self.store.record_uses(&uses)?;
            self.uses.written(&uses);
        }
        Ok(())
    }
}

//! What may happen to a token, and what it becomes: one function from token,
//! action, operator and time to a change or a refusal. Screens dim their menu
//! entries with the same answer that the authority gives.

mod hand;
mod unknown;

pub use unknown::allowed_unknown;

use std::fmt;

use super::{
    Action, Actor, Credential, CredentialChange, Detail, EventAction, Expiry, Guid, NewEvent,
    Operator, OutOfService, Overlap, PreviousValue, Refusal, Settings, Stamp, Status, Subject,
    Time, Token, TokenChange, TokenDraft, TokenId, ValueInfo, Verb, draft, facts,
};

/// Whether `operator` may do this to the token now, in the order of the checks:
/// may they know of it, may they do it, does its state allow it. `out` is what takes
/// the token out of service beside itself.
pub fn allowed(
    verb: Verb,
    token: &Token<impl fmt::Display>,
    operator: &Operator,
    out: Option<OutOfService>,
    now: Time,
) -> Result<(), Refusal> {
    if !operator.sees(token) {
        return Err(Refusal::no_token(token.id.to_string()));
    }
    permitted(verb, token, operator)?;
    state_allows(verb, token, (Status::with(token, out, now), out), now)
}

fn permitted(verb: Verb, token: &Token<impl Sized>, operator: &Operator) -> Result<(), Refusal> {
    let owns = token.owner == Some(operator.user);
    match verb {
        Verb::Accept | Verb::Revoke if owns => Ok(()),
        Verb::Accept => Err(Refusal::OwnerOnly),
        _ => operator.must_manage(),
    }
}

fn state_allows(
    verb: Verb,
    token: &Token<impl Sized>,
    (status, out): (Status, Option<OutOfService>),
    now: Time,
) -> Result<(), Refusal> {
    use Status::{Active, Deleted, Disabled, Expired, Pending, Revoked, Scheduled, Unknown};
    match (verb, status) {
        (_, Unknown) => Ok(()),
        (Verb::Reveal, _) => value_can_be_shown(token, status),
        (Verb::DropOld, Deleted) => Err(Refusal::AlreadyDeleted),
        (Verb::DropOld, _) => match token.previous {
            Some(previous) if previous.until > now => Ok(()),
            _ => Err(Refusal::NoOverlap),
        },
        (_, Deleted) => Err(Refusal::AlreadyDeleted),
        // Nothing of the token's own is off: what is, only its account or owner brings back.
        (Verb::Enable, Disabled) if token.enabled => Err(still_out(out)),
        (Verb::Delete, _)
        | (
            Verb::Edit | Verb::Regenerate | Verb::HandOver,
            Active | Scheduled | Disabled | Expired,
        )
        | (Verb::Revoke, Active | Scheduled | Disabled)
        | (Verb::Disable, Active | Scheduled)
        | (Verb::Enable, Disabled) => Ok(()),
        (Verb::Revoke, Revoked) => Err(Refusal::AlreadyRevoked),
        (Verb::Revoke, Expired) => Err(Refusal::AlreadyExpired),
        (Verb::Enable, Active | Scheduled) => Err(Refusal::AlreadyEnabled),
        // Its own flag keeps it off when its account or owner comes back.
        (Verb::Disable, Disabled) if token.enabled => Ok(()),
        (Verb::Disable, Disabled) => Err(Refusal::AlreadyDisabled),
        (Verb::Accept, Pending) => match Status::of_accepted(token, out, now) {
            Active | Scheduled => Ok(()),
            status => Err(not_acceptable(token, status, out)),
        },
        (Verb::Accept, _) => Err(Refusal::NotPending),
        (Verb::Edit | Verb::Regenerate | Verb::HandOver, Pending | Revoked)
        | (Verb::Enable | Verb::Disable, Pending | Revoked | Expired)
        | (Verb::Revoke, Pending) => Err(Refusal::WrongStatus { verb, status }),
    }
}

/// Why enabling would not bring it back.
fn still_out(out: Option<OutOfService>) -> Refusal {
    out.map_or(Refusal::AlreadyEnabled, |by| Refusal::OutOfService { by })
}

fn not_acceptable(token: &Token<impl Sized>, status: Status, out: Option<OutOfService>) -> Refusal {
    match out {
        Some(by) if status == Status::Disabled && token.enabled => Refusal::OutOfService { by },
        _ => Refusal::NotAcceptable { status },
    }
}

/// Whether a refusal says that the token is already as the verb would have it, so that
/// whoever gives an order twice may go on: what is out of service is as good as revoked.
pub fn is_so_already(verb: Verb, refusal: &Refusal) -> bool {
    use Refusal::{
        AlreadyDeleted, AlreadyDisabled, AlreadyEnabled, AlreadyExpired, AlreadyRevoked,
        AlreadyTheirs, NoOverlap, NotPending,
    };
    match verb {
        Verb::Enable => matches!(refusal, AlreadyEnabled),
        Verb::Disable => matches!(refusal, AlreadyDisabled),
        Verb::Revoke => matches!(refusal, AlreadyRevoked | AlreadyExpired | AlreadyDeleted),
        Verb::Delete => matches!(refusal, AlreadyDeleted),
        Verb::DropOld => matches!(refusal, NoOverlap),
        Verb::Accept => matches!(refusal, NotPending),
        Verb::HandOver => matches!(refusal, AlreadyTheirs),
        // A new value or new settings are never there before.
        Verb::Edit | Verb::Regenerate | Verb::Reveal => false,
    }
}

fn value_can_be_shown(token: &Token<impl Sized>, status: Status) -> Result<(), Refusal> {
    if matches!(status, Status::Revoked | Status::Deleted) {
        return Err(Refusal::ValueGone);
    }
    if token.owner.is_some() {
        return Err(Refusal::ShownOnce);
    }
    match token.value {
        None => Err(Refusal::NoValueYet),
        Some(value) if !value.retained => Err(Refusal::NotRetained),
        Some(_) => Ok(()),
    }
}

/// What the token becomes when `operator` does this to it at `now`.
///
/// The settings of an edit must have passed [`draft::check`].
pub fn decide(
    token: &Token,
    action: &Action,
    operator: &Operator,
    out: Option<OutOfService>,
    now: Time,
) -> Result<TokenChange, Refusal> {
    allowed(action.verb(), token, operator, out, now)?;
    let mut act = Act::on(token, operator, out, now);
    match action {
        Action::Enable => act.switch(true),
        Action::Disable => act.switch(false),
        Action::Revoke => act.revoke(),
        Action::Delete => act.delete(),
        Action::Edit { settings, credential } => act.edit(settings, credential.as_ref()),
        Action::Regenerate { credential, expiry, overlap } => {
            act.regenerate(credential, *expiry, *overlap)?;
        }
        Action::DropOld => act.drop_old(),
        Action::HandOver { to, credential, overlap } => {
            act.hand_over(*to, credential.as_ref(), *overlap);
        }
        Action::Accept { credential, end } => act.accept(credential.as_ref(), *end)?,
    }
    Ok(act.done())
}

/// The new token a checked draft becomes, accepted on creation.
pub fn create(
    draft: &TokenDraft,
    id: TokenId,
    credential: Credential,
    operator: &Operator,
    now: Time,
) -> TokenChange {
    let stamp = Stamp { at: now, by: Some(operator.user) };
    let settings = &draft.settings;
    let token = Token {
        id,
        name: settings.name.clone(),
        description: settings.description.clone(),
        account: draft.account,
        owner: draft.owner,
        access: settings.access.clone(),
        groups: settings.groups.clone(),
        scopes: settings.scopes.clone(),
        labels: settings.labels.clone(),
        enabled: settings.enabled,
        valid_from: settings.valid_from,
        valid_to: settings.valid_to,
        planned_end: None,
        value: Some(info(&credential, now)),
        previous: None,
        created: stamp,
        updated: stamp,
        accepted: Some(stamp),
        revoked: None,
        deleted: None,
        last_used_at: None,
        version: 1,
    };
    let mut details =
        vec![Detail::NewGuid { guid: credential.guid }, Detail::ValidTo { at: token.valid_to }];
    details.extend(facts::of_token(None, &token));
    let event = NewEvent {
        at: now,
        by: actor(operator),
        subject: Subject::Token(id),
        action: EventAction::Created,
        details,
    };
    TokenChange { token, credential: CredentialChange::Issue(credential), events: vec![event] }
}

/// The end of a token because another one took its place, by whoever accepted that
/// one: its owner, who needs no permission for it, or the bearer of a first use.
pub fn replaced(token: &Token, by: Actor, now: Time) -> TokenChange {
    let mut act = Act::by(token, by, now);
    act.delete();
    act.done()
}

/// The acceptance of an exported token by its first use: the bearer acts, so
/// nobody is named. Refused where it would not be Active otherwise.
pub fn accept_by_use(
    token: &Token,
    out: Option<OutOfService>,
    now: Time,
) -> Result<TokenChange, Refusal> {
    if Status::alone(token, now) != Status::Pending {
        return Err(Refusal::NotPending);
    }
    match Status::of_accepted(token, out, now) {
        Status::Active if token.value.is_some() => {
            let mut act = Act::by(token, Actor::default(), now);
            act.token.accepted = Some(act.stamp());
            act.record(EventAction::Accepted, vec![]);
            Ok(act.done())
        }
        Status::Active => Err(Refusal::NoValueYet),
        status => Err(not_acceptable(token, status, out)),
    }
}

/// The event of a value being shown or copied, to be committed before it is.
pub fn reveal(token: &Token, operator: &Operator, now: Time) -> Result<NewEvent, Refusal> {
    // A value may be shown whatever takes the token out of service.
    allowed(Verb::Reveal, token, operator, None, now)?;
    Ok(revealed(token, operator, now))
}

/// The event of a new value being handed once more to whoever it was drawn for, as its
/// way to them may have been cut. They must still be one who could draw it, and the value
/// still be the token's: retained or not, it is theirs.
pub fn hand_again(
    token: &Token,
    guid: Guid,
    operator: &Operator,
    now: Time,
) -> Result<NewEvent, Refusal> {
    if !operator.sees(token) {
        return Err(Refusal::no_token(token.id.to_string()));
    }
    if token.owner != Some(operator.user) {
        operator.must_manage()?;
    }
    let ended = token.revoked.is_some() || token.deleted.is_some();
    if ended || token.value.is_none_or(|value| value.guid != guid) {
        return Err(Refusal::ValueGone);
    }
    Ok(revealed(token, operator, now))
}

fn revealed(token: &Token, operator: &Operator, now: Time) -> NewEvent {
    let guid = token.value.map(|value| Detail::Guid { guid: value.guid });
    NewEvent {
        at: now,
        by: actor(operator),
        subject: Subject::Token(token.id),
        action: EventAction::Revealed,
        details: guid.into_iter().collect(),
    }
}

/// The operator as the audit names them.
pub fn actor(operator: &Operator) -> Actor {
    Actor { user: Some(operator.user), system_login: operator.system_login.clone() }
}

pub(super) fn info(credential: &Credential, now: Time) -> ValueInfo {
    ValueInfo {
        guid: credential.guid,
        retained: credential.sealed.is_some(),
        issued_at: Some(now),
        last_used_at: None,
    }
}

/// A change in the making.
struct Act {
    before: Token,
    /// What takes it out of service beside itself.
    out: Option<OutOfService>,
    token: Token,
    by: Actor,
    now: Time,
    credential: CredentialChange,
    events: Vec<NewEvent>,
}

impl Act {
    fn on(token: &Token, operator: &Operator, out: Option<OutOfService>, now: Time) -> Self {
        Self { out, ..Self::by(token, actor(operator), now) }
    }

    fn by(before: &Token, by: Actor, now: Time) -> Self {
        Self {
            before: before.clone(),
            out: None,
            token: before.clone(),
            by,
            now,
            credential: CredentialChange::Keep,
            events: Vec::new(),
        }
    }

    fn stamp(&self) -> Stamp {
        Stamp { at: self.now, by: self.by.user }
    }

    fn record(&mut self, action: EventAction, details: Vec<Detail>) {
        self.events.push(NewEvent {
            at: self.now,
            by: self.by.clone(),
            subject: Subject::Token(self.token.id),
            action,
            details,
        });
    }

    fn done(mut self) -> TokenChange {
        // An overlap that has ended is no longer a fact about the token.
        self.token.previous = self.token.previous.filter(|previous| previous.until > self.now);
        self.token.updated = self.stamp();
        self.token.version = self.before.version.saturating_add(1);
        TokenChange { token: self.token, credential: self.credential, events: self.events }
    }

    fn switch(&mut self, on: bool) {
        self.token.enabled = on;
        self.record(if on { EventAction::Enabled } else { EventAction::Disabled }, vec![]);
    }

    /// Final (D5). Valid to becomes the moment of it, also where it was later or
    /// absent (R63).
    fn revoke(&mut self) {
        self.token.revoked = Some(self.stamp());
        self.token.planned_end = self.token.valid_to;
        self.token.valid_to = Some(self.now);
        self.end(EventAction::Revoked);
    }

    fn delete(&mut self) {
        self.token.deleted = Some(self.stamp());
        let pending = Status::alone(&self.before, self.now) == Status::Pending;
        self.end(if pending { EventAction::Cancelled } else { EventAction::Deleted });
    }

    fn end(&mut self, action: EventAction) {
        let status = Status::with(&self.before, self.out, self.now);
        self.token.previous = None;
        if let Some(value) = &mut self.token.value {
            value.retained = false;
        }
        self.credential = CredentialChange::Erase;
        self.record(action, vec![Detail::From { status }]);
    }

    fn edit(&mut self, settings: &Settings, credential: Option<&Credential>) {
        settings.apply(&mut self.token);
        self.record(EventAction::Edited, facts::of_token(Some(&self.before), &self.token));
        if let Some(credential) = credential {
            self.replace_value(credential, None);
        }
    }

    fn regenerate(
        &mut self,
        credential: &Credential,
        expiry: Option<Expiry>,
        overlap: Overlap,
    ) -> Result<(), Refusal> {
        let issued = self.before.value.and_then(|value| value.issued_at);
        let expiry =
            expiry.unwrap_or_else(|| Expiry::again(issued, self.before.valid_to, self.now));
        let end = expiry.valid_to(self.now);
        draft::check_end(self.token.valid_from, end, self.now)
            .map_err(|error| Refusal::Invalid(vec![error]))?;
        let until = self.overlap_end(overlap);
        self.token.valid_to = end;
        self.replace_value(credential, until);
        Ok(())
    }

    fn drop_old(&mut self) {
        let old = self.token.previous.take();
        let until = Some(self.now);
        let details = old.map(|old| Detail::OldGuid { guid: old.guid, until });
        self.record(EventAction::OverlapEnded, details.into_iter().collect());
    }

    fn replace_value(&mut self, credential: &Credential, until: Option<Time>) {
        let before = self.before.value;
        let old: Option<Guid> = before.map(|value| value.guid);
        let last_used_at = before.and_then(|value| value.last_used_at);
        self.token.value = Some(info(credential, self.now));
        self.token.previous =
            old.zip(until).map(|(guid, until)| PreviousValue { guid, until, last_used_at });
        self.credential = CredentialChange::Issue(credential.clone());
        let mut details = vec![Detail::NewGuid { guid: credential.guid }];
        details.extend(old.map(|guid| Detail::OldGuid { guid, until }));
        let (before, after) = (self.before.valid_to, self.token.valid_to);
        details.push(if before == after {
            Detail::ValidTo { at: after }
        } else {
            Detail::End { before, after }
        });
        self.record(EventAction::Regenerated, details);
    }

    /// A requested token gets its value now, and its life starts (section 2): until `end`,
    /// unless it was asked for with an end of its own.
    fn accept(
        &mut self,
        credential: Option<&Credential>,
        end: Option<Time>,
    ) -> Result<(), Refusal> {
        let mut details = Vec::new();
        match (self.before.value, credential) {
            (Some(_), _) => {}
            (None, None) => return Err(Refusal::NoValueYet),
            (None, Some(credential)) => {
                self.token.value = Some(info(credential, self.now));
                self.token.valid_to = self.before.valid_to.or(end);
                self.credential = CredentialChange::Issue(credential.clone());
                details.push(Detail::NewGuid { guid: credential.guid });
                details.push(Detail::ValidTo { at: self.token.valid_to });
            }
        }
        self.token.accepted = Some(self.stamp());
        self.record(EventAction::Accepted, details);
        Ok(())
    }
}

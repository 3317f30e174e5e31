//! Whether a presented value may pass: the verdict a gateway acts on.

use serde::{Deserialize, Serialize};

use super::{Catalogue, Guid, Method, ModuleId, OutOfService, Status, Time, Token, access};

/// What a bearer asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Request {
    /// The module to be called; none = only whether the token is alive.
    pub module: Option<ModuleId>,
    /// The method of the call.
    #[serde(default)]
    pub method: Method,
}

/// Why a value is refused.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema, strum::Display,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "lowercase")]
pub enum Rejection {
    /// Not a value, not one of this store, or replaced by a newer one.
    Unknown,
    /// The token waits to be accepted.
    Pending,
    /// The token is not valid yet.
    Scheduled,
    /// The token is switched off.
    Disabled,
    /// The token's end has come.
    Expired,
    /// The token was taken out of service.
    Revoked,
    /// The token was removed.
    Deleted,
    /// Its account is out of service.
    #[strum(serialize = "account disabled")]
    AccountDisabled,
    /// The user it was issued to is out of service.
    #[strum(serialize = "owner disabled")]
    OwnerDisabled,
    /// It has no access to the module.
    #[strum(serialize = "no access")]
    NoAccess,
    /// It may only read the module.
    #[strum(serialize = "read only")]
    ReadOnly,
}

impl Rejection {
    /// The stable code, for logs: the word of its JSON form.
    pub fn code(self) -> String {
        self.to_string().replace(' ', "_")
    }

    fn by(out: OutOfService) -> Self {
        match out {
            OutOfService::Account => Self::AccountDisabled,
            OutOfService::Owner => Self::OwnerDisabled,
        }
    }

    fn of(status: Status) -> Option<Self> {
        match status {
            Status::Active => None,
            Status::Pending => Some(Self::Pending),
            Status::Scheduled => Some(Self::Scheduled),
            Status::Disabled => Some(Self::Disabled),
            Status::Expired => Some(Self::Expired),
            Status::Revoked => Some(Self::Revoked),
            Status::Deleted => Some(Self::Deleted),
            Status::Unknown => Some(Self::Unknown),
        }
    }
}

/// Whether the value `guid`, whose hash has matched, may make this request.
///
/// An exported token passes while Pending, for its first use accepts it.
pub fn verdict(
    token: &Token,
    guid: Guid,
    request: &Request,
    catalogue: &Catalogue,
    now: Time,
) -> Result<(), Rejection> {
    alive(token, guid, OutOfService::of(token, catalogue), now)?;
    let Some(module) = request.module else { return Ok(()) };
    match access::level_of(token, module, catalogue) {
        None => Err(Rejection::NoAccess),
        Some(level) if !level.allows(&request.method) => Err(Rejection::ReadOnly),
        Some(_) => Ok(()),
    }
}

/// Whether a value passes at all, whatever it asks for.
fn alive(
    token: &Token<impl Sized>,
    guid: Guid,
    out: Option<OutOfService>,
    now: Time,
) -> Result<(), Rejection> {
    Rejection::of(status_of_use(token, now)).map_or(Ok(()), Err)?;
    if !is_in_force(token, guid, now) {
        return Err(Rejection::Unknown);
    }
    out.map_or(Ok(()), |out| Err(Rejection::by(out)))
}

/// Whether a bearer of its value could use a token now, for whatever it reaches.
pub fn is_usable(token: &Token, catalogue: &Catalogue, now: Time) -> bool {
    passing_values(token, OutOfService::of(token, catalogue), now) > 0
}

/// The status that counts where a value is presented: an exported token has the one it
/// would have once accepted. What takes it out of service is told after all that is
/// the token's own.
fn status_of_use(token: &Token<impl Sized>, now: Time) -> Status {
    match Status::alone(token, now) {
        Status::Pending if token.value.is_some() => Status::of_accepted(token, None, now),
        status => status,
    }
}

/// How many values of the token pass now, whatever they ask for: two in an overlap.
/// What a question says of values that stop working is counted here.
pub fn passing_values(token: &Token<impl Sized>, out: Option<OutOfService>, now: Time) -> usize {
    let current = token.value.map(|value| value.guid);
    let older = token.previous.map(|previous| previous.guid);
    let passes = |guid: &Guid| alive(token, *guid, out, now).is_ok();
    [current, older].into_iter().flatten().filter(passes).count()
}

fn is_in_force(token: &Token<impl Sized>, guid: Guid, now: Time) -> bool {
    let current = token.value.is_some_and(|value| value.guid == guid);
    let overlapping =
        token.previous.is_some_and(|previous| previous.guid == guid && previous.until > now);
    current || overlapping
}

//! Operator credentials: what a user signs in to a server with, and who may give
//! one to whom. A credential is as strong as a token's value and is kept like one:
//! by its hash, so that nobody can read it back.

use std::fmt;

use super::catalogue_rules::beyond;
use super::value::OPERATOR_PREFIX;
use super::{
    Catalogue, Expiry, Guid, Operator, Refusal, Role, Stamp, Time, TokenValue, User, UserId,
    ValueHash, value,
};

/// The label that keeps these hashes apart from those of token values.
const HASH_LABEL: &[u8] = b"tokendeck operator credential v1\0";

/// The longest life of a credential, in calendar months: what is left lying about
/// must end by itself.
pub const MAX_MONTHS: u32 = 12;

/// A credential in the clear, from the system's generator to whoever signs in with
/// it. Like a value it shows itself nowhere by accident.
pub struct OperatorSecret(TokenValue);

impl OperatorSecret {
    /// A new one for `guid`, drawn from `random` as a value is.
    pub fn generate<E>(
        guid: Guid,
        random: impl FnMut(&mut [u8]) -> Result<(), E>,
    ) -> Result<Self, E> {
        TokenValue::generate(OPERATOR_PREFIX, guid, random).map(Self)
    }

    /// Reads one; nothing where the text is none, be it that it was cut.
    pub fn parse(text: &str) -> Option<Self> {
        let begins = text.trim().split('_').next() == Some(OPERATOR_PREFIX);
        TokenValue::parse(text).ok().filter(|_| begins).map(Self)
    }

    /// The public half.
    pub fn guid(&self) -> Guid {
        self.0.guid()
    }

    /// The credential itself, for the one place that shows or sends it.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// What the store keeps to know it again.
    pub fn hash(&self) -> ValueHash {
        value::labelled_hash(HASH_LABEL, self.expose())
    }
}

impl fmt::Debug for OperatorSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OperatorSecret(hidden)")
    }
}

/// What a store keeps of an operator credential.
#[derive(Debug, Clone)]
pub struct OperatorCredential {
    /// The public half; names it for ever.
    pub guid: Guid,
    /// Whom it signs in.
    pub user: UserId,
    /// Recognises it.
    pub hash: ValueHash,
    /// What it is called by whoever made it, such as where it is used.
    pub name: Option<String>,
    /// When it was made, and by whom.
    pub created: Stamp,
    /// First instant at which it is refused.
    pub expires_at: Time,
    /// When it was revoked.
    pub revoked: Option<Stamp>,
    /// When it last signed somebody in.
    pub last_used_at: Option<Time>,
}

impl OperatorCredential {
    /// Whether it signs in.
    pub fn is_valid(&self, now: Time) -> bool {
        self.revoked.is_none() && now < self.expires_at
    }
}

/// Refuses whoever may not look after the credentials of that user: one's own
/// always, else as far as one's own reach goes. A credential of somebody who can do
/// more than oneself would be a way to do it.
pub fn may_look_after(operator: &Operator, user: &User, all: &Catalogue) -> Result<(), Refusal> {
    if operator.user == user.id || operator.role == Role::Superadmin {
        return Ok(());
    }
    if !matches!(operator.role, Role::Partner | Role::Admin) {
        return Err(Refusal::NeedsRole { role: "Admin" });
    }
    let within = match user.role {
        Role::Admin | Role::Viewer | Role::Member => beyond(operator, all, user).is_empty(),
        Role::Superadmin | Role::Partner => false,
    };
    if within { Ok(()) } else { Err(Refusal::NeedsRole { role: "Superadmin" }) }
}

/// The end of a credential made now. It has one, and not too late.
pub fn end(expiry: Expiry, now: Time) -> Result<Time, Refusal> {
    let latest = Expiry::Months(MAX_MONTHS).valid_to(now);
    match (expiry.valid_to(now), latest) {
        (Some(end), _) if end <= now => Err(Refusal::field("expires", "Date is in the past")),
        (Some(end), Some(latest)) if end <= latest => Ok(end),
        _ => Err(Refusal::field(
            "expires",
            format!("A credential ends after {MAX_MONTHS} months at the latest"),
        )),
    }
}

//! Who is at work on which backend.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{Abilities, Descriptors};
use crate::domain::clock::Jump;
use crate::domain::{Operator, Role, Time};

/// Which kind of backend answers.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema, strum::Display,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum BackendKind {
    /// A store on this machine.
    Local,
    /// A server.
    Remote,
}

/// What a store is for.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    strum::Display,
    strum::EnumString,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum StoreKind {
    /// Real tokens.
    Normal,
    /// The example, whose values are public.
    Example,
    /// Made-up tokens in large numbers.
    Trial,
}

impl StoreKind {
    /// Whether the clock may be set by hand: never where tokens are real.
    pub fn takes_any_clock(self) -> bool {
        self != Self::Normal
    }
}

/// Whether a store keeps values so that it can show them again.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    strum::Display,
    strum::EnumString,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Retention {
    /// Sealed, for tokens without an owner.
    Sealed,
    /// Only hashes.
    HashOnly,
}

/// Who is at work on which backend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Session {
    /// The backend's name in the configuration.
    pub backend: String,
    /// Its kind.
    pub kind: BackendKind,
    /// Where it is: a path or a URL.
    pub place: String,
    /// What the store is for.
    pub store: StoreKind,
    /// Whether it keeps values.
    pub retention: Retention,
    /// Who is at work.
    pub operator: Operator,
    /// The time by the backend's clock.
    pub now: Time,
    /// When the operator credential ends that was signed in with.
    pub credential_expires_at: Option<Time>,
    /// The jump of the backend's clock, which it does not believe; none = it does.
    #[serde(default)]
    pub clock_jump: Option<Jump>,
    /// What the backend can do, and why not; what is not said of, it can.
    #[serde(default, skip_serializing_if = "Abilities::is_empty")]
    pub abilities: Abilities,
    /// Whether bulk work is done by this very process, which alone knows of it: what is left
    /// when it ends is not done. No backend says so of itself.
    #[serde(skip)]
    pub bulk_here: bool,
    /// What its rows consist of; where nothing is said, all of ours.
    #[serde(default, skip_serializing_if = "Descriptors::are_ours")]
    pub descriptors: Descriptors,
}

/// How long before its end a credential is to be replaced.
const SOON: TimeDelta = TimeDelta::days(14);

impl Session {
    /// The role of the operator; none where the backend knows no roles.
    pub fn role(&self) -> Option<Role> {
        self.descriptors.roles.then_some(self.operator.role)
    }

    /// The end of the operator credential, where it is near: whoever waits longer is
    /// locked out.
    pub fn credential_ends_soon(&self) -> Option<Time> {
        self.credential_expires_at.filter(|end| *end - self.now < SOON)
    }
}

//! Handing a token over: to another user of its account, or back to the account itself.

use serde::{Deserialize, Serialize};

use super::{Catalogue, Operator, Overlap, Refusal, Token, User, UserId, draft};

/// Who gets a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Receiver {
    /// A user of its account.
    User(UserId),
    /// Nobody: it is a token of its account from then on.
    Account,
}

impl Receiver {
    /// The owner of what it gets.
    pub fn owner(self) -> Option<UserId> {
        match self {
            Self::User(user) => Some(user),
            Self::Account => None,
        }
    }
}

/// How a token is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// Who gets it.
    pub to: Receiver,
    /// Whether it gets a new value: whoever had it still knows the old one.
    #[serde(default = "yes")]
    pub new_value: bool,
    /// How long the old value still passes beside a new one.
    #[serde(default)]
    pub overlap: Overlap,
}

fn yes() -> bool {
    true
}

impl HandOver {
    /// Refuses an overlap of a value that stays.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.new_value || self.overlap == Overlap::NONE {
            return Ok(());
        }
        Err(Refusal::field("overlap", "Only a new value has one: the old one stays in force"))
    }
}

/// The user who would get it, whom the operator has to know of; none = the account.
pub fn known<'c>(
    to: Receiver,
    operator: &Operator,
    catalogue: &'c Catalogue,
) -> Result<Option<&'c User>, Refusal> {
    let Receiver::User(id) = to else { return Ok(None) };
    let user = catalogue.users.get(&id).filter(|user| operator.knows(user));
    let missing = || Refusal::NotFound { what: "user", name: id.to_string() };
    user.map(Some).ok_or_else(missing)
}

/// Whether a token can be handed to that receiver: to somebody else than it is with, who
/// is in service, belongs to its account and holds every scope of it. `catalogue` is all
/// that exists; whom the operator does not know is not told of.
pub fn may_receive(
    token: &Token<impl Sized>,
    to: Receiver,
    (operator, catalogue): (&Operator, &Catalogue),
) -> Result<(), Refusal> {
    let same = || Refusal::AlreadyTheirs;
    let Some(user) = known(to, operator, catalogue)? else {
        return if token.owner.is_none() { Err(same()) } else { Ok(()) };
    };
    if token.owner == Some(user.id) {
        return Err(same());
    }
    if user.is_disabled() {
        return Err(Refusal::UserDisabled { name: user.name.clone() });
    }
    if !draft::may_own(user, token.account) {
        let account = catalogue.account_name(token.account);
        return Err(Refusal::NotOfAccount { name: user.name.clone(), account });
    }
    let receiver = Operator::of(user, None);
    let lacks = |id: &super::ScopeId| match catalogue.scopes.get(id) {
        Some(scope) if receiver.holds(scope) => None,
        Some(scope) => Some(scope.name.clone()),
        None => Some(id.to_string()),
    };
    let scopes: Vec<String> = token.scopes.iter().filter_map(lacks).collect();
    if scopes.is_empty() {
        return Ok(());
    }
    Err(Refusal::LacksScopes { name: user.name.clone(), scopes: scopes.join(", ") })
}

//! Tokens as users hold them: what a user has of a module, and what can be done
//! for many users at once (requirements section 2 and R115 to R131).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    AccountId, Catalogue, HolderVerb, ModuleId, Operator, Refusal, ScopeId, Status, Time, Token,
    User, UserId, access,
};

/// What a user has of the modules asked about: the API token column (R117).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Holding {
    /// Nothing that works or waits.
    Nothing,
    /// An accepted token that has not ended: the check mark.
    Has,
    /// A request, or an exported value, that waits for acceptance.
    Pending {
        /// Whether an accepted token is there besides.
        has: bool,
    },
    /// No module was asked about: how many tokens there are.
    Count {
        /// The accepted ones.
        accepted: usize,
        /// Those that wait for acceptance.
        #[serde(default)]
        pending: usize,
    },
}

/// Whether a token reaches a module, by itself or through a group.
pub fn reaches(token: &Token, module: ModuleId, catalogue: &Catalogue) -> bool {
    access::level_of(token, module, catalogue).is_some()
}

/// Whether a token counts as held: accepted, and neither revoked, deleted nor expired.
pub fn is_held(token: &Token<impl Sized>, now: Time) -> bool {
    match Status::alone(token, now) {
        Status::Active | Status::Scheduled | Status::Disabled => true,
        Status::Deleted | Status::Revoked | Status::Pending | Status::Expired | Status::Unknown => {
            false
        }
    }
}

/// What a user has of some modules, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Held {
    /// Accepted tokens that have not ended.
    pub accepted: usize,
    /// Requests and exported values that wait for acceptance.
    pub pending: usize,
    ends: Ends,
    pending_ends: Ends,
}

/// The latest end of some tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Ends {
    #[default]
    Nothing,
    At(Time),
    Never,
}

impl Ends {
    fn with(self, end: Option<Time>) -> Self {
        match (self, end) {
            (Self::Never, _) | (_, None) => Self::Never,
            (Self::Nothing, Some(end)) => Self::At(end),
            (Self::At(before), Some(end)) => Self::At(before.max(end)),
        }
    }

    fn time(self) -> Option<Time> {
        match self {
            Self::At(end) => Some(end),
            Self::Nothing | Self::Never => None,
        }
    }
}

impl Held {
    /// Counts the tokens of one user that reach any of the modules; all of them
    /// where none is asked about (R117).
    pub fn count<'t>(
        tokens: impl IntoIterator<Item = &'t Token>,
        modules: &BTreeSet<ModuleId>,
        catalogue: &Catalogue,
        now: Time,
    ) -> Self {
        let mut held = Self::default();
        let asked = |token: &Token| {
            modules.is_empty() || modules.iter().any(|module| reaches(token, *module, catalogue))
        };
        for token in tokens.into_iter().filter(|token| asked(token)) {
            if is_held(token, now) {
                held.accepted += 1;
                held.ends = held.ends.with(token.valid_to);
            } else if Status::alone(token, now) == Status::Pending {
                held.pending += 1;
                held.pending_ends = held.pending_ends.with(token.valid_to);
            }
        }
        held
    }

    /// The API token column: check mark and Pending for modules, else the count.
    pub fn holding(&self, modules_asked: bool) -> Holding {
        match (self.accepted, self.pending) {
            (accepted, pending) if !modules_asked => Holding::Count { accepted, pending },
            (0, 0) => Holding::Nothing,
            (_, 0) => Holding::Has,
            (accepted, _) => Holding::Pending { has: accepted > 0 },
        }
    }

    /// When the last of it ends: of the accepted ones, else of the pending. None =
    /// never, or nothing held.
    pub fn expires(&self) -> Option<Time> {
        if self.accepted > 0 { self.ends.time() } else { self.pending_ends.time() }
    }
}

/// Which tokens a step for one user and module takes away, or why there is no such
/// step. `tokens` are those of the user that the operator sees and that reach the
/// module in the account.
///
/// Remove leaves nothing behind that passes or could be accepted later: an exported
/// value goes like an accepted token, and requests go with what is removed. Where
/// there is nothing but requests it refuses, for those are cancelled.
pub fn taken<'t>(
    verb: HolderVerb,
    tokens: &[&'t Token],
    now: Time,
) -> Result<Vec<&'t Token>, Refusal> {
    let of = |wanted: fn(&Token, Time) -> bool| -> Vec<&'t Token> {
        tokens.iter().copied().filter(|token| wanted(token, now)).collect()
    };
    let (held, pending) = (of(is_held), of(is_pending));
    match verb {
        HolderVerb::Request if pending.is_empty() => Ok(vec![]),
        HolderVerb::Request => Err(Refusal::AlreadyPending),
        HolderVerb::Remove if !held.is_empty() || pending.iter().any(|t| t.value.is_some()) => {
            Ok([held, pending].concat())
        }
        HolderVerb::Remove if !pending.is_empty() => Err(Refusal::CancelInstead),
        HolderVerb::Remove => Err(Refusal::NothingHeld),
        HolderVerb::Cancel if !pending.is_empty() => Ok(pending),
        HolderVerb::Cancel => Err(Refusal::NotPending),
        HolderVerb::Generate => Ok([held, pending].concat()),
    }
}

fn is_pending(token: &Token<impl Sized>, now: Time) -> bool {
    Status::alone(token, now) == Status::Pending
}

/// The owner's older tokens that an accepted one replaces: those that reach its
/// module and nothing else (R126). A token made later than the request stays.
pub fn replaced_by<'t, I: Ord + 't>(
    accepted: &Token<I>,
    tokens: impl IntoIterator<Item = &'t Token<I>>,
    catalogue: &Catalogue,
    now: Time,
) -> Vec<&'t Token<I>> {
    let modules = modules_of(accepted, catalogue);
    if modules.len() != 1 {
        return vec![];
    }
    let older = |token: &&'t Token<I>| {
        token.id < accepted.id
            && token.owner == accepted.owner
            && token.account == accepted.account
            && is_held(token, now)
            && modules_of(token, catalogue) == modules
    };
    tokens.into_iter().filter(older).collect()
}

/// The modules a token reaches, by itself or through groups.
pub fn modules_of(token: &Token<impl Sized>, catalogue: &Catalogue) -> Vec<ModuleId> {
    access::effective(token, catalogue).into_iter().map(|grant| grant.module).collect()
}

/// The scopes of a token made for a user: all of the account that the user holds
/// and the operator may grant. Refused where the account has scopes and none is left
/// (D9), for such a token could reach more than either of them may.
pub fn scopes_for(
    owner: &User,
    account: AccountId,
    operator: &Operator,
    catalogue: &Catalogue,
) -> Result<BTreeSet<ScopeId>, Refusal> {
    let holder = Operator::of(owner, None);
    let mut of_account = catalogue.scopes_of(Some(account)).peekable();
    let limited = of_account.peek().is_some();
    let both: BTreeSet<_> = of_account
        .filter(|scope| holder.holds(scope) && operator.holds(scope))
        .map(|scope| scope.id)
        .collect();
    if limited && both.is_empty() {
        return Err(Refusal::NoCommonScope { account: catalogue.account_name(Some(account)) });
    }
    Ok(both)
}

/// The name of a token made for a user: `LOGIN-MODULE`, then `-2` and so on
/// (requirements section 2). `taken` says whether a name is in use.
pub fn made_name(login: &str, module: &str, mut taken: impl FnMut(&str) -> bool) -> String {
    let base: String =
        format!("{login}-{}", module.to_lowercase().replace(char::is_whitespace, "-"));
    // Room for a number after it.
    let base: String = base.chars().take(super::name::MAX_NAME.saturating_sub(6)).collect();
    let mut name = base.clone();
    let mut number = 1_u64;
    while taken(&name) {
        number += 1;
        name = format!("{base}-{number}");
    }
    name
}

/// A user and a module: what one line of a plan for users is about.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
pub struct Pair {
    /// Who.
    pub user: UserId,
    /// For what.
    pub module: ModuleId,
}

//! A change is a value: what a record becomes, with the events that tell of it.
//! A store commits changes and knows no rule behind them.

use super::{
    Account, Credential, Group, GroupId, Guid, JobChange, Module, ModuleId, NewEvent,
    OperatorCredential, Scope, ScopeId, Time, Token, TokenId, User, UserId,
};

/// One thing a store is asked to make true.
#[derive(Debug, Clone)]
pub enum Change {
    /// A token becomes this.
    Token(Box<TokenChange>),
    /// An account becomes this.
    Account(Account, NewEvent),
    /// A user becomes this.
    User(User, NewEvent),
    /// A module becomes this.
    Module(Module, NewEvent),
    /// A scope becomes this.
    Scope(Scope, NewEvent),
    /// A permission group becomes this.
    Group(Group, NewEvent),
    /// A user is removed.
    RemoveUser(UserId, NewEvent),
    /// A module is removed.
    RemoveModule(ModuleId, NewEvent),
    /// A scope is removed.
    RemoveScope(ScopeId, NewEvent),
    /// A permission group is removed.
    RemoveGroup(GroupId, NewEvent),
    /// Bulk work moves on. Jobs have no events: what they do to tokens has.
    Job(Box<JobChange>),
    /// Token ids up to this one are given out: none of them is drawn again, whether
    /// or not it ever becomes a record.
    ReserveTokens(TokenId),
    /// A value is drawn for a token and not in force: whoever has it can do nothing with
    /// it until a change of the token adopts it.
    Draw(TokenId, Credential),
    /// A drawn value never gets into force: what was sealed of it is erased.
    Forget(Guid),
    /// An operator credential is made, or becomes this.
    OperatorCredential(OperatorCredential, NewEvent),
    /// Time has come to this, as somebody says: be it further than the store knew, or
    /// not so far.
    Clock(Time, NewEvent),
    /// Nothing changes, but this is to be on record: a reveal, an export.
    Record(NewEvent),
}

impl Change {
    /// The events that tell of it; all are about the same record.
    pub fn events(&self) -> &[NewEvent] {
        match self {
            Self::Token(change) => &change.events,
            Self::Account(_, event)
            | Self::User(_, event)
            | Self::Module(_, event)
            | Self::Scope(_, event)
            | Self::Group(_, event)
            | Self::RemoveUser(_, event)
            | Self::RemoveModule(_, event)
            | Self::RemoveScope(_, event)
            | Self::RemoveGroup(_, event)
            | Self::OperatorCredential(_, event)
            | Self::Clock(_, event)
            | Self::Record(event) => std::slice::from_ref(event),
            Self::Job(_) | Self::ReserveTokens(_) | Self::Draw(..) | Self::Forget(_) => &[],
        }
    }

    /// The same, to be filled up.
    pub fn events_mut(&mut self) -> &mut [NewEvent] {
        match self {
            Self::Token(change) => &mut change.events,
            Self::Account(_, event)
            | Self::User(_, event)
            | Self::Module(_, event)
            | Self::Scope(_, event)
            | Self::Group(_, event)
            | Self::RemoveUser(_, event)
            | Self::RemoveModule(_, event)
            | Self::RemoveScope(_, event)
            | Self::RemoveGroup(_, event)
            | Self::OperatorCredential(_, event)
            | Self::Clock(_, event)
            | Self::Record(event) => std::slice::from_mut(event),
            Self::Job(_) | Self::ReserveTokens(_) | Self::Draw(..) | Self::Forget(_) => &mut [],
        }
    }
}

/// What a token becomes.
#[derive(Debug, Clone)]
pub struct TokenChange {
    /// The token afterwards; its version is one more than before, or 1.
    pub token: Token,
    /// What happens to its value.
    pub credential: CredentialChange,
    /// The events, in order; never empty.
    pub events: Vec<NewEvent>,
}

/// What happens to the value of a token.
#[derive(Debug, Clone)]
pub enum CredentialChange {
    /// Nothing.
    Keep,
    /// This value becomes the current one; what was sealed of older ones is erased.
    Issue(Credential),
    /// A value that was drawn for the token before becomes the current one; what was
    /// sealed of all others is erased.
    Adopt(Guid),
    /// Whatever is sealed of it is erased, hashes stay: it has ended, or is a user's now.
    Erase,
}

//! Tokens made for a user: as a request, or with a value that goes into a file. Both
//! are Pending until their owner takes them. Who may ask for one is for `holding`.

use std::collections::{BTreeMap, BTreeSet};

use super::lifecycle::{actor, info};
use super::{
    AccountId, Credential, CredentialChange, Detail, EventAction, Level, NewEvent, Operator, Pair,
    ScopeId, Stamp, Subject, Time, Token, TokenChange, TokenDraft, TokenId, UserId, facts,
};

/// A token made for a user: who gets it, for what, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The record.
    pub id: TokenId,
    /// Free in the account.
    pub name: String,
    /// Whose it is, and the one module it reaches in full.
    pub pair: Pair,
    /// In which account.
    pub account: AccountId,
    /// The data it reaches.
    pub scopes: BTreeSet<ScopeId>,
}

impl Made {
    fn token(self, at: Stamp) -> Token {
        Token {
            name: self.name,
            access: BTreeMap::from([(self.pair.module, Level::Full)]),
            scopes: self.scopes,
            ..waiting(self.id, Some(self.account), Some(self.pair.user), at)
        }
    }
}

/// The token that is asked for on behalf of a user: Pending, without a value. Its
/// end is set when it is accepted (R119).
pub fn request(made: Made, operator: &Operator, now: Time) -> TokenChange {
    let mut details =
        vec![Detail::User { user: made.pair.user }, Detail::Module { module: made.pair.module }];
    let token = made.token(Stamp { at: now, by: Some(operator.user) });
    details.extend(facts::of_token(None, &token));
    let event = NewEvent {
        at: now,
        by: actor(operator),
        subject: Subject::Token(token.id),
        action: EventAction::Requested,
        details,
    };
    TokenChange { token, credential: CredentialChange::Keep, events: vec![event] }
}

/// A token that is asked for with settings of its own, as a file has them: Pending, without
/// a value. Its end is set when it is accepted, unless the settings say one.
pub fn requested(draft: &TokenDraft, id: TokenId, operator: &Operator, now: Time) -> TokenChange {
    let at = Stamp { at: now, by: Some(operator.user) };
    let mut token = waiting(id, draft.account, draft.owner, at);
    draft.settings.apply(&mut token);
    let owner = draft.owner.map(|user| Detail::User { user });
    let modules = draft.settings.access.keys().map(|module| Detail::Module { module: *module });
    let told = facts::of_token(None, &token);
    let event = NewEvent {
        at: now,
        by: actor(operator),
        subject: Subject::Token(id),
        action: EventAction::Requested,
        details: owner.into_iter().chain(modules).chain(told).collect(),
    };
    TokenChange { token, credential: CredentialChange::Keep, events: vec![event] }
}

/// A token that waits for its owner, with nothing set yet.
fn waiting(id: TokenId, account: Option<AccountId>, owner: Option<UserId>, made: Stamp) -> Token {
    Token {
        id,
        name: String::new(),
        description: String::new(),
        account,
        owner,
        access: BTreeMap::new(),
        groups: BTreeSet::new(),
        scopes: BTreeSet::new(),
        labels: BTreeMap::new(),
        enabled: true,
        valid_from: None,
        valid_to: None,
        planned_end: None,
        value: None,
        previous: None,
        created: made,
        updated: made,
        accepted: None,
        revoked: None,
        deleted: None,
        last_used_at: None,
        version: 1,
    }
}

/// The token whose value was exported for a user: Pending until its owner accepts
/// it or the value is first used (R122, D20).
pub fn generated(
    made: Made,
    credential: Credential,
    valid_to: Option<Time>,
    (operator, now): (&Operator, Time),
) -> TokenChange {
    let mut details = vec![
        Detail::User { user: made.pair.user },
        Detail::Module { module: made.pair.module },
        Detail::NewGuid { guid: credential.guid },
        Detail::ValidTo { at: valid_to },
    ];
    let mut token = made.token(Stamp { at: now, by: Some(operator.user) });
    token.value = Some(info(&credential, now));
    token.valid_to = valid_to;
    details.extend(facts::of_token(None, &token));
    let event = NewEvent {
        at: now,
        by: actor(operator),
        subject: Subject::Token(token.id),
        action: EventAction::Created,
        details,
    };
    TokenChange { token, credential: CredentialChange::Issue(credential), events: vec![event] }
}

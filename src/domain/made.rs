//! Tokens made for a user: as a request, or with a value that goes into a file. Both
//! are Pending until their owner takes them. Who may ask for one is for `holding`.

use std::collections::{BTreeMap, BTreeSet};

use super::lifecycle::{actor, info};
use super::{
    AccountId, Credential, CredentialChange, Detail, EventAction, Level, NewEvent, Operator, Pair,
    ScopeId, Stamp, Subject, Time, Token, TokenChange, TokenId,
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
            id: self.id,
            name: self.name,
            description: String::new(),
            account: Some(self.account),
            owner: Some(self.pair.user),
            access: BTreeMap::from([(self.pair.module, Level::Full)]),
            groups: BTreeSet::new(),
            scopes: self.scopes,
            labels: BTreeMap::new(),
            enabled: true,
            valid_from: None,
            valid_to: None,
            planned_end: None,
            value: None,
            previous: None,
            created: at,
            updated: at,
            accepted: None,
            revoked: None,
            deleted: None,
            last_used_at: None,
            version: 1,
        }
    }
}

/// The token that is asked for on behalf of a user: Pending, without a value. Its
/// end is set when it is accepted (R119).
pub fn request(made: Made, operator: &Operator, now: Time) -> TokenChange {
    let details =
        vec![Detail::User { user: made.pair.user }, Detail::Module { module: made.pair.module }];
    let token = made.token(Stamp { at: now, by: Some(operator.user) });
    let event = NewEvent {
        at: now,
        by: actor(operator),
        subject: Subject::Token(token.id),
        action: EventAction::Requested,
        details,
    };
    TokenChange { token, credential: CredentialChange::Keep, events: vec![event] }
}

/// The token whose value was exported for a user: Pending until its owner accepts
/// it or the value is first used (R122, D20).
pub fn generated(
    made: Made,
    credential: Credential,
    valid_to: Option<Time>,
    (operator, now): (&Operator, Time),
) -> TokenChange {
    let details = vec![
        Detail::User { user: made.pair.user },
        Detail::Module { module: made.pair.module },
        Detail::NewGuid { guid: credential.guid },
        Detail::ValidTo { at: valid_to },
    ];
    let mut token = made.token(Stamp { at: now, by: Some(operator.user) });
    token.value = Some(info(&credential, now));
    token.valid_to = valid_to;
    let event = NewEvent {
        at: now,
        by: actor(operator),
        subject: Subject::Token(token.id),
        action: EventAction::Created,
        details,
    };
    TokenChange { token, credential: CredentialChange::Issue(credential), events: vec![event] }
}

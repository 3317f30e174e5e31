//! Whose is it: a found value, GUID, id or name, and the token behind it. What
//! was given may be a secret, so no answer and no error repeats it.

use secrecy::{ExposeSecret, SecretString};

use crate::domain::value::ValueError;
use crate::domain::{Guid, Refusal, Token, TokenId, TokenValue, calendar};
use crate::search::Listing;
use crate::store::CommitError;
use crate::wire::LookupAnswer;

use super::reads::referred;
use super::scene::Scene;
use super::{Answer, Authority, Caller};

/// What stands in an error where the text given would.
const HIDDEN: &str = "(not repeated here)";

impl Authority {
    /// The token that a value, GUID, id or name belongs to. A value that was
    /// replaced, or whose token has ended, is still recognised and said to be so.
    pub fn lookup(&self, caller: &Caller, text: &SecretString) -> Answer<LookupAnswer> {
        self.look(caller, |scene, listing| {
            let found = recognise(scene, listing, text.expose_secret().trim())?;
            let (token, matched) = found.ok_or_else(|| Refusal::no_token(HIDDEN))?;
            Ok(LookupAnswer { token: scene.view(token), matched })
        })
    }
}

fn recognise(scene: &Scene, listing: &Listing, text: &str) -> Answer<Option<(Token, String)>> {
    match TokenValue::parse(text) {
        Ok(value) => return by_value(scene, &value),
        Err(error @ ValueError::Checksum) => {
            return Err(Refusal::field("value", error.to_string()).into());
        }
        Err(ValueError::Form) => {}
    }
    if let Ok(guid) = text.parse::<Guid>()
        && let Some((id, _)) = scene.state.credential(guid)?
        && let Some(token) = visible(scene, id)?
    {
        let matched = format!("GUID of its {}", which(&token, guid, scene));
        return Ok(Some((token, matched)));
    }
    let id = referred(scene, listing, text).map_err(|error| match error {
        CommitError::Refused(Refusal::Ambiguous { count, among, .. }) => {
            Refusal::Ambiguous { name: HIDDEN.to_owned(), count, among }.into()
        }
        error => error,
    })?;
    let Some(token) = id.map(|id| visible(scene, id)).transpose()?.flatten() else {
        return Ok(None);
    };
    let by_id = text.eq_ignore_ascii_case(&token.id.to_string());
    Ok(Some((token, if by_id { "id" } else { "name" }.to_owned())))
}

fn by_value(scene: &Scene, value: &TokenValue) -> Answer<Option<(Token, String)>> {
    let Some((id, credential)) = scene.state.credential(value.guid())? else { return Ok(None) };
    if !credential.hash.matches(&value.hash()) {
        return Ok(None);
    }
    let token = visible(scene, id)?;
    Ok(token.map(|token| {
        let matched = which(&token, value.guid(), scene);
        (token, matched)
    }))
}

fn visible(scene: &Scene, id: TokenId) -> Answer<Option<Token>> {
    Ok(scene.state.token(id)?.filter(|token| scene.operator.sees(token)))
}

fn which(token: &Token, guid: Guid, scene: &Scene) -> String {
    let overlapping = token
        .previous
        .filter(|previous| previous.guid == guid && previous.until > scene.now)
        .map(|previous| calendar::seconds(previous.until));
    match overlapping {
        _ if token.value.is_some_and(|value| value.guid == guid) => "current value".to_owned(),
        Some(until) => format!("previous value, accepted until {until}"),
        None => "replaced value".to_owned(),
    }
}

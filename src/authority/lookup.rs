//! Whose is it: found values, GUIDs, an id or name, and the tokens behind them. What
//! was given may be a secret, so no answer and no error repeats it.

use secrecy::{ExposeSecret, SecretString};

use crate::domain::leak::{self, Piece};
use crate::domain::{Guid, Refusal, Token, TokenId, calendar};
use crate::search::TokenIndex;
use crate::store::CommitError;
use crate::wire::{LookupAnswer, LookupMatch};

use super::reads::referred;
use super::scene::Scene;
use super::{Authority, Caller, Ruling};

/// What stands in an error where the text given would.
const HIDDEN: &str = "(not repeated here)";

impl Authority {
    /// The tokens that the values and GUIDs in a text belong to, whatever stands around them;
    /// where it holds none, the one with that id or name. A value that was replaced, or whose
    /// token has ended, is still recognised and said to be so.
    pub fn lookup(&self, caller: &Caller, text: &SecretString) -> Ruling<LookupAnswer> {
        let text = text.expose_secret().trim();
        let pieces = leak::pieces(text);
        self.look(caller, |scene, listing| {
            let (mut found, mut elsewhere) = (Vec::new(), 0);
            for piece in &pieces {
                match by_piece(scene, piece)? {
                    Some(belongs) => found.push(belongs),
                    None if is_value(piece) => elsewhere += 1,
                    None => {}
                }
            }
            if found.is_empty() && !pieces.iter().any(is_value) {
                found.extend(by_reference(scene, listing, text)?);
            }
            let first = found.first().ok_or_else(|| Refusal::no_token(HIDDEN))?;
            let (token, matched) = (first.token.clone(), first.matched.clone());
            Ok(LookupAnswer { token, matched, found, elsewhere })
        })
    }
}

/// Whether it is a secret, and not only what may lead to one.
fn is_value(piece: &Piece) -> bool {
    match piece {
        Piece::Value(_) | Piece::Part(_) | Piece::Credential => true,
        Piece::Guid(_) => false,
    }
}

fn by_piece(scene: &Scene, piece: &Piece) -> Ruling<Option<LookupMatch>> {
    let (guid, slip) = match piece {
        Piece::Value(value) => (value.guid(), ", with another secret"),
        Piece::Part(guid) => (*guid, ", cut or mistyped"),
        Piece::Guid(guid) => (*guid, ""),
        Piece::Credential => return Ok(None),
    };
    let Some((id, credential)) = scene.state.credential(guid)? else { return Ok(None) };
    let Some(token) = visible(scene, id)? else { return Ok(None) };
    let (which, replaced) = which(&token, guid, scene);
    let matched = match piece {
        Piece::Value(value) if credential.hash.matches(&value.hash()) => which,
        _ => format!("GUID of its {which}{slip}"),
    };
    Ok(Some(LookupMatch { token: scene.view(token), matched, guid: Some(guid), replaced }))
}

fn by_reference(scene: &Scene, listing: &TokenIndex, text: &str) -> Ruling<Option<LookupMatch>> {
    // A GUID without its dashes.
    if let Ok(guid) = text.parse() {
        return by_piece(scene, &Piece::Guid(guid));
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
    let matched = if by_id { "id" } else { "name" }.to_owned();
    Ok(Some(LookupMatch { token: scene.view(token), matched, guid: None, replaced: false }))
}

fn visible(scene: &Scene, id: TokenId) -> Ruling<Option<Token>> {
    Ok(scene.state.token(id)?.filter(|token| scene.operator.sees(token)))
}

/// Which of its values it is, and whether that one was replaced.
fn which(token: &Token, guid: Guid, scene: &Scene) -> (String, bool) {
    let overlapping = token
        .previous
        .filter(|previous| previous.guid == guid && previous.until > scene.now)
        .map(|previous| calendar::seconds(previous.until));
    match overlapping {
        _ if token.value.is_some_and(|value| value.guid == guid) => {
            ("current value".to_owned(), false)
        }
        Some(until) => (format!("previous value, accepted until {until}"), false),
        None => ("replaced value".to_owned(), true),
    }
}

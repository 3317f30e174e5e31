//! Token values in texts where none belongs, such as a search for a leaked one: noticed
//! before they go anywhere, and hidden wherever such a text is shown. Only the public
//! half of a value is ever given back, but to whoever looks for its token.

mod view;

use std::ops::Range;

use zeroize::Zeroizing;

use super::value::{CHECK_LEN, DEFAULT_PREFIX, GUID_LEN, OPERATOR_PREFIX, SECRET_LEN, read_base62};
use super::{Guid, TokenValue};
use view::View;

/// The fewest and the most letters of a prefix.
const PREFIX_LEN: Range<usize> = 2..9;
/// As many letters and digits, or more, may be a GUID with slips in it, where as many as
/// [`BROKEN_SECRET`] follow.
const BROKEN_GUID: usize = 16;
/// As many may be a secret with slips in it.
const BROKEN_SECRET: usize = 20;
/// As many in a row behind a prefix are no name.
const NO_NAME: usize = 40;

/// What stands in for each character of a secret.
const HIDDEN: char = '*';

/// What a text gives away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leak {
    /// A whole token value, of this GUID.
    Value(Guid),
    /// A part of one, or one with a slip in it; its GUID was whole.
    Part(Guid),
    /// An operator credential, or a part of one.
    Credential,
}

/// What a text holds that may lead to a token.
#[derive(Debug)]
pub enum Piece {
    /// A whole token value.
    Value(TokenValue),
    /// The GUID of a part of one, or of one with a slip in it.
    Part(Guid),
    /// A GUID by itself, or behind a prefix: no secret, and perhaps none of ours.
    Guid(Guid),
    /// An operator credential, or a part of one.
    Credential,
}

impl Piece {
    fn guid(&self) -> Option<Guid> {
        match self {
            Self::Value(value) => Some(value.guid()),
            Self::Part(guid) | Self::Guid(guid) => Some(*guid),
            Self::Credential => None,
        }
    }

    fn is_part(&self) -> bool {
        match self {
            Self::Part(_) | Self::Guid(_) => true,
            Self::Value(_) | Self::Credential => false,
        }
    }

    /// What may be told of it; none where nothing was given away.
    fn leak(&self) -> Option<Leak> {
        match self {
            Self::Value(value) => Some(Leak::Value(value.guid())),
            Self::Part(guid) => Some(Leak::Part(*guid)),
            Self::Guid(_) => None,
            Self::Credential => Some(Leak::Credential),
        }
    }
}

/// A secret in a view.
struct Secret {
    what: Piece,
    place: Range<usize>,
}

/// All that a text holds, whatever stands around it, over the ends of lines too: each
/// once, and the whole of it where it is there more than once.
pub fn pieces(text: &str) -> Vec<Piece> {
    let lines = View::of_lines(text);
    let mut found: Vec<(usize, Piece)> = Vec::new();
    for view in [&lines, &View::joined(text)] {
        for Secret { what, place } in secrets(view) {
            keep(&mut found, view.place(place.start), what);
        }
    }
    for (at, guid) in guids(&lines) {
        keep(&mut found, lines.place(at), Piece::Guid(guid));
    }
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, piece)| piece).collect()
}

/// Keeps a piece unless as much or more of the same GUID was found: a part of a value that is
/// whole elsewhere is no other one.
fn keep(found: &mut Vec<(usize, Piece)>, at: usize, piece: Piece) {
    match found.iter_mut().find(|(_, known)| known.guid() == piece.guid()) {
        None => found.push((at, piece)),
        Some((_, known)) if known.is_part() && !piece.is_part() => *known = piece,
        Some(_) => {}
    }
}

/// All that a text gives away, in the order in which it stands there.
pub fn all(text: &str) -> Vec<Leak> {
    pieces(text).iter().filter_map(Piece::leak).collect()
}

/// What was pasted where something is looked for may give a value away by its GUID alone, unless a
/// GUID is all that was pasted: that is no secret, and looked for as it stands.
pub fn pasted(text: &str) -> Vec<Leak> {
    if text.trim().parse::<Guid>().is_ok() {
        return vec![];
    }
    let by_guid = |piece: &Piece| piece.leak().or(piece.guid().map(Leak::Part));
    pieces(text).iter().filter_map(by_guid).collect()
}

/// The text without all that is not looked for: the values and GUIDs in it, one a line, no
/// secret among them that is not whole. None where there are none, or where the text by itself may be
/// a GUID, an id or a name.
pub fn gathered(text: &str) -> Option<Zeroizing<String>> {
    let pieces = pieces(text);
    if pieces.iter().all(|piece| piece.leak().is_none())
        && !text.trim().contains(char::is_whitespace)
    {
        return None;
    }
    let line = |piece: &Piece| match piece {
        Piece::Value(value) => Some(value.expose().to_owned()),
        Piece::Part(guid) | Piece::Guid(guid) => Some(guid.to_string()),
        Piece::Credential => None,
    };
    let mut gathered = Zeroizing::new(String::new());
    for line in pieces.iter().filter_map(line).map(Zeroizing::new) {
        gathered.push_str(&line);
        gathered.push('\n');
    }
    Some(gathered).filter(|gathered| !gathered.is_empty())
}

/// Whether `text` holds a token value or a credential, or as much of one that letters of its
/// secret are in it, so that free text which would store them in the clear can be refused.
pub fn contains_value(text: &str) -> bool {
    find(text).is_some()
}

/// What a text gives away first, if anything; a whole value before a part of one.
pub fn find(text: &str) -> Option<Leak> {
    let found = all(text);
    let whole = |leak: &&Leak| match leak {
        Leak::Value(_) => true,
        Leak::Part(_) | Leak::Credential => false,
    };
    found.iter().find(whole).or_else(|| found.first()).copied()
}

/// The text with every secret character of values in it hidden, in as many columns: of
/// what only has the shape of a value, too.
pub fn hide(text: &str) -> String {
    let mut hidden = vec![false; text.len()];
    for view in [View::of_lines(text), View::joined(text)] {
        let of_values = secrets(&view).map(|secret| view.longest(secret.place));
        for place in of_values.chain(shapes(&view)) {
            for at in place {
                if let Some(hidden) = hidden.get_mut(view.place(at)) {
                    *hidden = true;
                }
            }
        }
    }
    let is_hidden = |at: usize| hidden.get(at).copied().unwrap_or(false);
    text.char_indices().map(|(at, c)| if is_hidden(at) { HIDDEN } else { c }).collect()
}

/// Whether somebody who wrote this may have meant a value: it begins like one.
pub fn begins_like_value(text: &str) -> bool {
    let rest = text.trim().strip_prefix(DEFAULT_PREFIX);
    rest.is_some_and(|rest| rest.starts_with('_'))
}

/// Each stands behind a prefix, a GUID and a `_` after either.
fn secrets(view: &View) -> impl Iterator<Item = Secret> {
    view.text.match_indices('_').filter_map(move |(at, _)| secret(&view.text, at))
}

/// The secret of the value whose prefix ends at `at`, if there is one.
fn secret(text: &str, at: usize) -> Option<Secret> {
    let prefix = prefix(text, at)?;
    let from = at + 1 + GUID_LEN;
    let guid = read_base62(text.get(at + 1..from)?, GUID_LEN)?;
    let secret = text.get(from..)?.strip_prefix('_')?;
    let length = letters(secret);
    if length == 0 {
        return None;
    }
    // A word that ends where the prefix begins seems to be a part of it.
    let end = from + 1 + SECRET_LEN + CHECK_LEN;
    let whole = PREFIX_LEN.take_while(|length| *length <= prefix).find_map(|length| {
        let start = at - length;
        let value = TokenValue::parse(text.get(start..end)?).ok()?;
        Some((start, value))
    });
    let start = whole.as_ref().map_or(at - prefix, |(start, _)| *start);
    let what = match whole {
        _ if text.get(start..at) == Some(OPERATOR_PREFIX) => Piece::Credential,
        Some((_, value)) => Piece::Value(value),
        None => Piece::Part(Guid::from_bytes(guid.to_be_bytes())),
    };
    Some(Secret { what, place: from + 1..from + 1 + length })
}

/// How many letters of a prefix end at `at`.
fn prefix(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?.bytes().rev().take(PREFIX_LEN.end - 1);
    let length = before.take_while(u8::is_ascii_lowercase).count();
    PREFIX_LEN.contains(&length).then_some(length)
}

/// How many letters and digits a text begins with.
fn letters(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_alphanumeric).count()
}

/// The secrets of what looks like a value with a slip in its public half: a GUID that is too
/// short or too long, or a `_` that was lost.
fn shapes(view: &View) -> impl Iterator<Item = Range<usize>> {
    view.text.match_indices('_').filter_map(move |(at, _)| {
        prefix(&view.text, at)?;
        let rest = view.text.get(at + 1..)?;
        let (first, start) = (letters(rest), at + 1);
        let second = rest.get(first..)?.strip_prefix('_').map_or(0, letters);
        if first >= NO_NAME {
            return Some(start + GUID_LEN..start + first);
        }
        let from = start + first + 1;
        (first >= BROKEN_GUID && second >= BROKEN_SECRET).then_some(from..from + second)
    })
}

/// GUIDs by themselves: with their dashes, or behind a prefix as in a value that was cut
/// before its secret.
fn guids(view: &View) -> Vec<(usize, Guid)> {
    let text = &view.text;
    let cut = text.match_indices('_').filter_map(|(at, _)| {
        prefix(text, at)?;
        let rest = text.get(at + 1..)?;
        let word = rest.get(..letters(rest))?;
        // A name of the same length is seldom written like that.
        let mixed = |of: fn(&u8) -> bool| word.bytes().any(|byte| of(&byte));
        let guid = read_base62(word, GUID_LEN)?;
        let is_mixed = mixed(u8::is_ascii_uppercase) && mixed(u8::is_ascii_lowercase);
        is_mixed.then_some((at + 1, Guid::from_bytes(guid.to_be_bytes())))
    });
    let dashed = text.match_indices('-').filter_map(|(at, _)| {
        let start = at.checked_sub(8)?;
        let guid = text.get(start..start + 36)?.parse().ok()?;
        Some((start, guid))
    });
    cut.chain(dashed).collect()
}

#[cfg(test)]
mod tests;

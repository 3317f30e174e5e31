//! Token values: how they are written, checked and hashed.
//!
//! ```text
//! tdk_<22 base62 of the GUID>_<43 base62 secret><6 base62 CRC-32 of all before it>
//! ```
//!
//! The checksum catches typing errors and truncation and lets a secret scanner
//! decide offline; it is never a security check.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::Guid;

const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
pub(super) const GUID_LEN: usize = 22;
pub(super) const SECRET_LEN: usize = 43;
pub(super) const CHECK_LEN: usize = 6;

/// The label that keeps these hashes apart from any other SHA-256 of the same text.
const HASH_LABEL: &[u8] = b"tokendeck value v1\0";

/// The prefix of values in a store that sets none.
pub const DEFAULT_PREFIX: &str = "tdk";

/// The prefix of every operator credential, whatever the store's values begin with.
pub const OPERATOR_PREFIX: &str = "tdo";

/// Why a text is not a token value. It never repeats the text, for that may be
/// a secret with a slip of the pen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// It does not have the form of a value.
    #[error("not a token value: expected PREFIX_GUID_SECRET")]
    Form,
    /// The form fits but the checksum does not.
    #[error("not a whole token value: its checksum does not match, so it was cut or mistyped")]
    Checksum,
}

/// A bearer's credential, from key press to wire. It shows itself nowhere by
/// accident: no Display, no Serialize, no Clone, and Debug without content.
pub struct TokenValue {
    text: SecretString,
    guid: Guid,
}

impl TokenValue {
    /// A new value for `guid`, its secret drawn from `random`, which must fill a
    /// buffer with bytes of the operating system's generator.
    pub fn generate<E>(
        prefix: &str,
        guid: Guid,
        mut random: impl FnMut(&mut [u8]) -> Result<(), E>,
    ) -> Result<Self, E> {
        let mut text = String::with_capacity(prefix.len() + GUID_LEN + SECRET_LEN + CHECK_LEN + 2);
        text.push_str(prefix);
        text.push('_');
        push_base62(&mut text, guid.as_u128(), GUID_LEN);
        text.push('_');
        let mut left = SECRET_LEN;
        let mut bytes = [0_u8; 64];
        while left > 0 {
            random(&mut bytes)?;
            // 248 = 4 x 62: larger bytes would favour the first letters, so they are drawn again.
            let letters = bytes.iter().filter(|byte| **byte < 248).take(left);
            for letter in letters.filter_map(|byte| ALPHABET.get(usize::from(byte % 62))) {
                text.push(char::from(*letter));
                left -= 1;
            }
        }
        zeroize::Zeroize::zeroize(&mut bytes);
        let sum = crc32fast::hash(text.as_bytes());
        push_base62(&mut text, sum.into(), CHECK_LEN);
        Ok(Self { text: SecretString::from(text), guid })
    }

    /// Reads a value. White space around it is dropped, as pasting adds it.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let text = text.trim();
        let mut parts = text.split('_');
        let (Some(prefix), Some(guid), Some(secret), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(ValueError::Form);
        };
        if !is_prefix(prefix) || secret.len() != SECRET_LEN + CHECK_LEN {
            return Err(ValueError::Form);
        }
        let guid = read_base62(guid, GUID_LEN).ok_or(ValueError::Form)?;
        if !secret.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(ValueError::Form);
        }
        let (body, check) = text.split_at(text.len() - CHECK_LEN);
        let sum = read_base62(check, CHECK_LEN).ok_or(ValueError::Checksum)?;
        if sum != u128::from(crc32fast::hash(body.as_bytes())) {
            return Err(ValueError::Checksum);
        }
        Ok(Self {
            text: SecretString::from(text.to_owned()),
            guid: Guid::from_bytes(guid.to_be_bytes()),
        })
    }

    /// The public half.
    pub fn guid(&self) -> Guid {
        self.guid
    }

    /// The value itself, for the one place that shows, sends or seals it.
    pub fn expose(&self) -> &str {
        self.text.expose_secret()
    }

    /// What the store keeps to know the value again.
    pub fn hash(&self) -> ValueHash {
        labelled_hash(HASH_LABEL, self.expose())
    }
}

impl fmt::Debug for TokenValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenValue(hidden)")
    }
}

/// SHA-256 of a secret under the label of its kind.
pub(super) fn labelled_hash(label: &[u8], text: &str) -> ValueHash {
    ValueHash(Sha256::new().chain_update(label).chain_update(text).finalize().into())
}

/// Whether a text may be the prefix of a store's values: 2 to 8 lower-case letters.
pub fn is_prefix(text: &str) -> bool {
    (2..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn push_base62(text: &mut String, mut number: u128, width: usize) {
    let mut digits = Vec::with_capacity(width);
    for _ in 0..width {
        // The remainder of 62 is always a place in the alphabet.
        let place = usize::try_from(number % 62).unwrap_or(0);
        digits.push(ALPHABET.get(place).copied().unwrap_or(b'0'));
        number /= 62;
    }
    text.extend(digits.iter().rev().copied().map(char::from));
}

pub(super) fn read_base62(text: &str, width: usize) -> Option<u128> {
    if text.len() != width {
        return None;
    }
    text.bytes().try_fold(0_u128, |number, byte| {
        let digit = ALPHABET.iter().position(|letter| *letter == byte)?;
        number.checked_mul(62)?.checked_add(digit as u128)
    })
}

/// SHA-256 of a value under a domain label. A slow password hash would add
/// nothing at 256 random bits and give an attacker a lever to stall verify.
#[derive(Clone, Copy)]
pub struct ValueHash([u8; 32]);

impl ValueHash {
    /// A hash as a store kept it.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes a store keeps.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Compares in constant time.
    pub fn matches(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl fmt::Debug for ValueHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ValueHash(hidden)")
    }
}

/// A value under the store's data key: nonce and ciphertext.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed(pub Vec<u8>);

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

/// What a store keeps of one value, under its GUID.
#[derive(Debug, Clone)]
pub struct Credential {
    /// The public half; no two credentials of a store ever share one.
    pub guid: Guid,
    /// Recognises the value; kept after it ended, so that a leak can be traced.
    pub hash: ValueHash,
    /// The value sealed, where the store retains it; erased when it ends.
    pub sealed: Option<Sealed>,
}

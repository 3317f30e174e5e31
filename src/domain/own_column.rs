//! A column that only one backend knows of: what it tells of a token and no rule of ours
//! looks into.

use std::fmt;

/// The most letters of a key.
const LONGEST: usize = 32;

/// The key of a backend's own column: small letters, digits, `-` and `_`. Cheap to copy, as
/// columns go by value everywhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnColumn([u8; LONGEST]);

impl OwnColumn {
    /// The column of that key; none where it is empty, too long or has other letters.
    pub fn new(key: &str) -> Option<Self> {
        let plain =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
        if key.is_empty() || !key.bytes().all(plain) {
            return None;
        }
        let mut bytes = [0; LONGEST];
        bytes.get_mut(..key.len())?.copy_from_slice(key.as_bytes());
        Some(Self(bytes))
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(LONGEST);
        self.0.get(..end).and_then(|key| std::str::from_utf8(key).ok()).unwrap_or_default()
    }
}

impl fmt::Debug for OwnColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_what_it_was_made_of_or_none() {
        let longest = "k".repeat(LONGEST);
        for key in ["seats", "last_rotated-2", &longest] {
            assert_eq!(
                OwnColumn::new(key).map(|own| own.as_str().to_owned()).as_deref(),
                Some(key)
            );
        }
        for key in ["", "Seats", "a b", "a:b", "\u{1b}", &format!("{longest}k")] {
            assert!(OwnColumn::new(key).is_none(), "{key}");
        }
    }
}

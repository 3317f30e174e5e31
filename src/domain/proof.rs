//! What the file of an export has to hold, in one number that tells nobody anything
//! else: whoever has a file compares it before they put its values in force.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::{Guid, TokenId, ValueHash};

/// Keeps these digests apart from all others.
const LABEL: &[u8] = b"tokendeck export v1\0";

/// The digest over token, GUID and hash of the value of each row, in their order: 64
/// hexadecimal digits.
pub fn of_rows(rows: impl IntoIterator<Item = (TokenId, Guid, ValueHash)>) -> String {
    let mut digest = Sha256::new();
    digest.update(LABEL);
    for (token, guid, hash) in rows {
        digest.update(token.number().to_be_bytes());
        digest.update(guid.as_bytes());
        digest.update(hash.as_bytes());
    }
    digest.finalize().iter().fold(String::new(), |mut text, byte| {
        // Writing into a text can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

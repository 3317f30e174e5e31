//! Names that may be taken for one another.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Token, TokenId, name};

/// The tokens whose name may be taken for that of another one of their account. Deleted ones
/// have given theirs up.
pub(super) fn among<'t>(tokens: impl Iterator<Item = &'t Token>) -> BTreeSet<TokenId> {
    let mut looks: BTreeMap<_, BTreeMap<String, Vec<TokenId>>> = BTreeMap::new();
    for token in tokens.filter(|token| token.deleted.is_none()) {
        let look = (token.account, name::skeleton(&token.name));
        looks.entry(look).or_default().entry(name::key(&token.name)).or_default().push(token.id);
    }
    // One key is one name, written twice at the most by names of before.
    let several = looks.into_values().filter(|keys| keys.len() > 1);
    several.flat_map(BTreeMap::into_values).flatten().collect()
}

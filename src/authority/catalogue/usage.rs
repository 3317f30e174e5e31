//! What still uses an entry, in words: nothing that is used can be removed.

use crate::domain::{Catalogue, EntryId, Operator, Refusal};
use crate::store::Read;

use crate::authority::Answer;
use crate::text::thousands;

/// Names that are said before the rest is only counted.
const NAMED: usize = 5;

/// Refuses where tokens, groups or users refer to the entry. A scope that only the
/// operator holds is not used: it goes with them.
pub(super) fn must_be_unused(
    state: &dyn Read,
    all: &Catalogue,
    operator: &Operator,
    id: EntryId,
) -> Answer<()> {
    let mut users = Vec::new();
    match state.tokens_using(id)? {
        0 => {}
        1 => users.push("1 token".to_owned()),
        many => users.push(format!("{} tokens", thousands(many))),
    }
    users.extend(match id {
        EntryId::Module(id) => {
            let groups = all.groups.values().filter(|group| group.access.contains_key(&id));
            named("group", groups.map(|group| group.name.as_str()))
        }
        EntryId::Scope(id) => {
            let holders = all.users.values().filter(|user| user.scopes.contains(&id));
            let others = holders.filter(|user| user.id != operator.user);
            named("user", others.map(|user| user.name.as_str()))
        }
        EntryId::Account(_) | EntryId::Group(_) | EntryId::User(_) => None,
    });
    if users.is_empty() { Ok(()) } else { Err(Refusal::InUse(users.join(" and ")).into()) }
}

/// "groups Order readers, Support"; none where there are none.
fn named<'n>(what: &str, names: impl Iterator<Item = &'n str>) -> Option<String> {
    let names: Vec<_> = names.collect();
    let said = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => None,
        1 => Some(format!("{what} {said}")),
        many if many > NAMED => Some(format!("{what}s {said} and {} more", many - NAMED)),
        _ => Some(format!("{what}s {said}")),
    }
}

//! Every term of the query language against a plain reading of it that knows nothing of the
//! domain's, through the listing and through `matches`.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use proptest::collection::vec;
use proptest::prelude::*;
use strum::IntoEnumIterator as _;
use tokendeck::domain::query::{Bare, QueryTerms, QueryWord};
use tokendeck::domain::{
    AccountId, Catalogue, GroupId, Level, ModuleId, Operator, PreviousValue, Query, ScopeId,
    Status, Time, Token, TokenId, UserId, verify,
};
use tokendeck::search::{Asker, TokenIndex};

use super::random::a_token;
use super::{filled, operator};
use crate::support::now;

/// What a term finds, by a reader of its own; the last says whether a status is named beside it.
type Naive = fn(&Token, &Catalogue, bool) -> bool;

fn at(text: &str) -> Time {
    text.parse().unwrap()
}

fn ago(days: i64) -> Time {
    now() - TimeDelta::days(days)
}

fn status(token: &Token, catalogue: &Catalogue) -> Status {
    Status::of(token, catalogue, now())
}

/// The effective levels, the long way round.
fn levels(token: &Token, catalogue: &Catalogue) -> BTreeMap<ModuleId, Level> {
    let mut levels = token.access.clone();
    for group in token.groups.iter().map(|id| &catalogue.groups[id]) {
        for (module, level) in &group.access {
            let known = levels.entry(*module).or_insert(*level);
            if *level == Level::Full {
                *known = Level::Full;
            }
        }
    }
    levels
}

fn in_name(token: &Token, word: &str) -> bool {
    token.name.to_lowercase().contains(word)
}

fn anywhere(token: &Token, catalogue: &Catalogue, word: &str) -> bool {
    let owner = token.owner.map(|id| &catalogue.users[&id]);
    let by_owner = owner.is_some_and(|user| user.login.contains(word) || user.name.contains(word));
    let long = word.len() > 3;
    let guid = token.value.map(|value| value.guid.to_string().replace('-', ""));
    in_name(token, word)
        || by_owner
        || token.description.to_lowercase().contains(word)
        || (long && token.id.to_string().to_lowercase().contains(word))
        || (long && guid.is_some_and(|guid| guid.contains(word)))
}

fn unused(token: &Token, catalogue: &Catalogue, limit: Time, named: bool) -> bool {
    token.last_used_at.is_none_or(|used| used < limit)
        && (named || verify::is_usable(token, catalogue, now()))
}

fn disabled(token: &Token) -> bool {
    token.account == Some(AccountId::new(2))
}

const TERMS: &[(&str, Naive)] = &[
    ("status:active", |t, c, _| status(t, c) == Status::Active),
    ("status:inactive", |t, c, _| !matches!(status(t, c), Status::Active | Status::Deleted)),
    ("STATUS:deleted,Revoked", |t, c, _| matches!(status(t, c), Status::Deleted | Status::Revoked)),
    ("account:zeta", |t, _, _| t.account == Some(AccountId::new(1))),
    ("account:Zeta,ACC-0000-0002", |t, _, _| t.account.is_some()),
    ("owner:user2", |t, _, _| t.owner == Some(UserId::new(2))),
    ("owner:\"a user\",USR-0000-0003", |t, _, _| {
        [Some(UserId::new(4)), Some(UserId::new(3))].contains(&t.owner)
    }),
    ("by:user1", |t, _, _| t.created.by == Some(UserId::new(1))),
    ("module:\"module 8\"", |t, c, _| levels(t, c).contains_key(&ModuleId::new(1))),
    ("module:MOD-0003", |t, c, _| levels(t, c).contains_key(&ModuleId::new(3))),
    ("scope:\"scope 1\"", |t, _, _| t.scopes.contains(&ScopeId::new(1))),
    ("group:GROUP", |t, _, _| t.groups.contains(&GroupId::new(1))),
    ("level:\"module 6\"=full", |t, c, _| {
        levels(t, c).get(&ModuleId::new(3)) == Some(&Level::Full)
    }),
    ("level:MOD-0003=read", |t, c, _| levels(t, c).get(&ModuleId::new(3)) == Some(&Level::Read)),
    ("level:MOD-0001=any", |t, c, _| levels(t, c).contains_key(&ModuleId::new(1))),
    ("level:*=full", |t, c, _| levels(t, c).values().any(|level| *level == Level::Full)),
    ("level:*=any", |t, c, _| !levels(t, c).is_empty()),
    ("id:TKN-0000-0003,TKN-0000-0009", |t, _, _| [3, 9].contains(&t.id.number())),
    ("guid:0303-0303", |t, _, _| {
        t.value.is_some_and(|v| v.guid.to_string().replace('-', "").contains("03030303"))
    }),
    ("text:É", |t, c, _| anywhere(t, c, "é")),
    ("text:\"a user\"", |t, c, _| anywhere(t, c, "a") && anywhere(t, c, "user")),
    ("0004", |t, c, _| anywhere(t, c, "0004")),
    ("text:0303", |t, c, _| anywhere(t, c, "0303")),
    ("name:B", |t, _, _| in_name(t, "b")),
    ("\"x\"", |t, c, _| anywhere(t, c, "x")),
    // Ahead of now, what has ended is left out; a day is the day shown.
    ("exp<2d", |t, _, _| t.valid_to.is_some_and(|end| now() < end && end <= ago(-2))),
    ("exp<2026-03-09", |t, _, _| t.valid_to.is_some_and(|end| end <= at("2026-03-09T00:00:00Z"))),
    ("exp>1d", |t, _, _| t.valid_to.is_some_and(|end| end > ago(-1))),
    ("exp>2026-03-09", |t, _, _| t.valid_to.is_some_and(|end| end > at("2026-03-10T00:00:00Z"))),
    ("created<1d", |t, _, _| t.created.at < ago(1)),
    ("created>1d", |t, _, _| t.created.at > ago(1)),
    ("created>2026-03-09", |t, _, _| t.created.at >= at("2026-03-10T00:00:00Z")),
    ("used<2026-03-10T12:00:00Z", |t, _, _| t.last_used_at.is_some_and(|used| used < now())),
    ("used>2d", |t, _, _| t.last_used_at.is_some_and(|used| used > ago(2))),
    ("revoked<1d", |t, _, _| t.revoked.is_some_and(|stamp| stamp.at < ago(1))),
    ("revoked>24h", |t, _, _| t.revoked.is_some_and(|stamp| stamp.at > ago(1))),
    ("unused:1d", |t, c, named| unused(t, c, ago(1), named)),
    ("unused:2026-03-11", |t, c, named| unused(t, c, at("2026-03-11T00:00:00Z"), named)),
    ("never", |t, _, _| t.valid_to.is_none()),
    ("NeverUsed", |t, _, _| t.last_used_at.is_none()),
    ("overlap", |t, _, _| t.previous.is_some_and(|old| old.until > now())),
    ("account-disabled", |t, _, _| disabled(t)),
    ("owner-disabled", |t, _, _| t.owner == Some(UserId::new(4))),
    ("out-of-service", |t, _, _| disabled(t) || t.owner == Some(UserId::new(4))),
    ("offends", |t, c, _| {
        // A request that is switched off, or whose owner is, would be so once accepted.
        let in_service = !disabled(t) && t.owner != Some(UserId::new(4));
        let lives = [Status::Active, Status::Scheduled, Status::Pending].contains(&status(t, c));
        let lives = lives && in_service;
        let forbidden = t.valid_to.is_none() && t.account == Some(AccountId::new(1));
        forbidden && lives && t.value.is_some()
    }),
    ("label:Team", |t, _, _| t.labels.contains_key("team")),
    ("label:team=\"Pay\"", |t, _, _| t.labels.get("team").is_some_and(|text| text == "pay")),
];

/// Those of no word yet, and those that the reader above has no tokens for.
const ELSEWHERE: &[QueryWord] = &[QueryWord::Lookalike];

#[test]
fn a11_every_word_has_a_term_here() {
    let typed = |term: &str| term.to_lowercase();
    for word in QueryWord::iter().filter(|word| !ELSEWHERE.contains(word)) {
        for start in word.spelling().starts {
            assert!(TERMS.iter().any(|(term, _)| typed(term).starts_with(start)), "{start}");
        }
    }
}

fn chosen() -> impl Strategy<Value = Vec<(bool, usize)>> {
    vec((any::<bool>(), 0..TERMS.len()), 1..4)
}

/// A bare word is negated by nothing: a dash belongs to it.
fn is_bare(term: &str) -> bool {
    term.starts_with(|c: char| c.is_ascii_digit() || c == '"')
}

fn typed(chosen: &[(bool, usize)]) -> String {
    let term = |(not, at): &(bool, usize)| match TERMS[*at].0 {
        term if *not && !is_bare(term) => format!("-{term}"),
        term => term.to_owned(),
    };
    chosen.iter().map(term).collect::<Vec<_>>().join(" ")
}

fn expected(chosen: &[(bool, usize)], token: &Token, catalogue: &Catalogue) -> bool {
    let positive: Vec<_> = chosen.iter().filter(|(not, _)| !not).collect();
    let status_term = |at: usize| TERMS[at].0.to_lowercase().starts_with("status:");
    let named = positive.iter().any(|(_, at)| status_term(*at));
    let deleted = positive.iter().any(|(_, at)| TERMS[*at].0.starts_with("STATUS:"));
    let all = chosen.iter().all(|(not, at)| {
        let (term, naive) = TERMS[*at];
        naive(token, catalogue, named) != (*not && !is_bare(term))
    });
    all && (deleted || status(token, catalogue) != Status::Deleted)
}

fn old_value(byte: u8, days: i64) -> Option<PreviousValue> {
    let guid = tokendeck::domain::Guid::from_bytes([byte | 0x80; 16]);
    (days != 0).then(|| super::random::previous(guid, now() + TimeDelta::days(days)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a11_every_term_finds_what_it_says(
        tokens in vec((a_token(), "[a-z]{0,2}", -1_i64..2, "(pay|ship)?"), 0..25),
        chosen in chosen(),
    ) {
        let tokens = tokens.into_iter().map(|(token, description, overlap, team)| {
            let previous = old_value(3, overlap);
            let labels = (!team.is_empty()).then(|| ("team".to_owned(), team));
            Token { description, previous, labels: labels.into_iter().collect(), ..token }
        });
        let memory = filled(tokens.collect());
        let (filter, rosa) = (typed(&chosen), operator(&memory, 1));
        let query = Query { filter: filter.clone(), ..Query::default() };
        let listing = TokenIndex::load(&memory).unwrap();
        let asker = Asker { operator: &rosa, now: now() };
        let found = listing.found(&query, asker, Bare::Text).unwrap();
        for token in memory.tokens.values() {
            let right = expected(&chosen, token, &memory.catalogue);
            prop_assert_eq!(found.iter().any(|(id, _)| *id == token.id), right, "{} {:?}", filter, token);
            prop_assert_eq!(query.matches(token, &memory.catalogue, now()), right);
        }
        let terms = QueryTerms::parse(&filter, Bare::Text).unwrap();
        prop_assert_eq!(terms.to_string(), filter);
    }
}

fn asks(memory: &super::Memory, operator: &Operator, filter: &str) -> Result<Vec<TokenId>, String> {
    let query = Query { filter: filter.to_owned(), ..Query::default() };
    let asker = Asker { operator, now: now() };
    let found = TokenIndex::load(memory).unwrap().found(&query, asker, Bare::Text);
    found.map(|found| found.into_iter().map(|(id, _)| id).collect()).map_err(|why| why.to_string())
}

#[test]
fn a11_a_name_that_one_may_not_know_reads_like_none() {
    let mut memory = filled(vec![]);
    let (admin, member) = (operator(&memory, 3), operator(&memory, 4));
    for filter in ["account:Alpha", "-account:Alpha", "account:ACC-0000-0002"] {
        let none = filter.replace("Alpha", "Nobody").replace("0002", "0099");
        let error = |filter: &str| asks(&memory, &admin, filter).unwrap_err();
        assert!(error(filter).starts_with("no account '"), "{filter}");
        let name = |text: &str| text.split('\'').nth(1).unwrap_or_default().to_owned();
        let (one, other) = (error(filter), error(&none));
        assert_eq!(one.replace(&name(&one), ""), other.replace(&name(&other), ""));
    }
    assert_eq!(asks(&memory, &member, "by:user1"), Err("no user 'user1' here".to_owned()));
    // Whoever stands on a token that one sees may be asked for.
    let mut token = super::random::plain(7);
    token.owner = Some(member.user);
    token.created.by = Some(UserId::new(1));
    memory.put(token);
    assert_eq!(asks(&memory, &member, "by:user1"), Ok(vec![TokenId::new(7)]));
}

#[test]
fn a18_names_that_may_be_taken_for_one_another_are_found_where_both_are_seen() {
    let named = |number: u64, name: &str, account: u64| Token {
        name: name.to_owned(),
        account: Some(AccountId::new(account)),
        ..super::random::plain(number)
    };
    let memory = filled(vec![
        named(1, "paypal", 1),
        named(2, "p\u{430}ypal", 1),
        named(3, "other", 1),
        named(4, "p\u{430}ypal", 2),
    ]);
    let (rosa, pia) = (operator(&memory, 1), operator(&memory, 2));
    let ids = |numbers: &[u64]| Ok(numbers.iter().copied().map(TokenId::new).collect());
    assert_eq!(asks(&memory, &rosa, "lookalike"), ids(&[1, 2, 4]));
    assert_eq!(asks(&memory, &pia, "lookalike"), ids(&[1, 2]));
    assert_eq!(asks(&memory, &rosa, "-lookalike name:other"), ids(&[3]));
}

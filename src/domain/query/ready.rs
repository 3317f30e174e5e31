//! A query that met a catalogue and a clock: names are records, lengths of time are instants.
//! What it finds is the one meaning of the query.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::str::FromStr;

use super::part::{self, Part};
use super::term::{Asked, Bare, Side, Term, TokenDate};
use super::{AccountFilter, Query, words_of};
use crate::domain::catalogue::{Named, named};
use crate::domain::catalogue_rules::knows_removed;
use crate::domain::guid::is_blank_part;
use crate::domain::when::{DayEnd, When};
use crate::domain::{
    AccountId, Catalogue, Column, GroupId, Level, ModuleId, Operator, Refusal, ScopeId, Status,
    Time, Token, TokenId, User, UserId, access, label, policy, service, verify,
};

/// What one token does not say by itself, of those that the operator sees.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// Users who stand on tokens, though the operator may not look them up.
    pub met: BTreeSet<UserId>,
    /// Tokens whose names may be taken for that of another one of their account.
    pub alike: BTreeSet<TokenId>,
}

/// What the names of a query may mean, and when it is asked.
#[derive(Debug, Clone, Copy)]
pub struct QuerySight<'s> {
    /// What exists, all of it.
    pub catalogue: &'s Catalogue,
    /// Who asks: what they may not know of has no name here. None = whoever may know all.
    pub operator: Option<&'s Operator>,
    /// What the other tokens say.
    pub around: &'s Around,
    /// The time that lengths of time count from.
    pub now: Time,
}

/// What a term asks of a token, by ids and instants.
#[derive(Debug)]
enum Test {
    Status(BTreeSet<Status>),
    Account(BTreeSet<AccountId>),
    Owner(BTreeSet<UserId>),
    By(BTreeSet<UserId>),
    Module(BTreeSet<ModuleId>),
    Scope(BTreeSet<ScopeId>),
    Group(BTreeSet<GroupId>),
    Level(Option<ModuleId>, Option<Level>),
    Id(BTreeSet<TokenId>),
    Guid(Vec<String>),
    Text(Vec<String>),
    Name(Vec<String>),
    /// First instant from which it no longer holds.
    Before(TokenDate, Time),
    /// First instant from which it holds; for an end, the last at which it does not.
    After(TokenDate, Time),
    Unused(Time),
    Label(label::LabelTerm),
    Lookalike,
    Offends,
    Never,
    NeverUsed,
    Overlap,
    OwnerDisabled,
    AccountDisabled,
    OutOfService,
}

/// A query that can be asked of tokens.
#[derive(Debug)]
pub struct Ready<'r> {
    query: &'r Query,
    catalogue: &'r Catalogue,
    now: Time,
    alike: &'r BTreeSet<TokenId>,
    /// Each with whether it takes away what it finds.
    tests: Vec<(bool, Test)>,
    /// The words of the query's own searches, folded.
    text: Vec<String>,
    search: Vec<String>,
    /// Whether deleted tokens were asked for.
    names_deleted: bool,
    /// Whether any status was.
    names_status: bool,
}

impl Query {
    /// The query for this catalogue and time. Refused where it can't be read, or names what
    /// is not there for the operator.
    pub fn ready<'r>(&'r self, sight: &QuerySight<'r>, bare: Bare) -> Result<Ready<'r>, Refusal> {
        let terms = self.terms(bare)?;
        // Only the backend that has such a column knows what is in it.
        if let Some(key) = self.sort.iter().find(|key| matches!(key.column, Column::Own(_))) {
            let error = format!("'{}' is not a column here", key.column.typed());
            return Err(Refusal::field("sort", error));
        }
        let named = terms.iter().filter_map(Term::statuses);
        let named: BTreeSet<Status> = named.flatten().chain(&self.statuses).copied().collect();
        let test = |term: &Term| Ok((term.not, test(term, sight)?));
        Ok(Ready {
            query: self,
            catalogue: sight.catalogue,
            now: sight.now,
            alike: &sight.around.alike,
            tests: terms.iter().map(test).collect::<Result<_, Refusal>>()?,
            text: words_of(&self.text),
            search: words_of(&self.search),
            names_deleted: named.contains(&Status::Deleted),
            names_status: !named.is_empty(),
        })
    }
}

impl Ready<'_> {
    /// Whether a token belongs to the answer. Visibility is not its concern.
    pub fn matches(&self, token: &Token) -> bool {
        let (query, catalogue, now) = (self.query, self.catalogue, self.now);
        let status = Status::of(token, catalogue, now);
        (status != Status::Deleted || self.names_deleted)
            && (query.statuses.is_empty() || query.statuses.contains(&status))
            && self.matches_account(token)
            && query.owner.is_none_or(|owner| token.owner == Some(owner))
            && part::all_in_name(&self.text, token)
            && part::all_in(&self.search, token, catalogue)
            && (is_blank_part(&query.guid) || has_part(token, query.guid.split_whitespace()))
            && query.expires_before.is_none_or(|limit| ends_before(token, limit, now))
            && query.unused_since.is_none_or(|limit| self.is_unused(token, limit))
            && !(query.never_used && token.last_used_at.is_some())
            && (query.scopes.is_empty() || !query.scopes.is_disjoint(&token.scopes))
            && self.matches_modules(token)
            && self.tests.iter().all(|(not, test)| self.holds(test, token) != *not)
    }

    /// What of a token holds the words that were searched for, where its name does not.
    pub fn elsewhere(&self, token: &Token) -> BTreeSet<Part> {
        let texts = self.tests.iter().filter_map(|(not, test)| match test {
            Test::Text(words) if !not => Some(words),
            _ => None,
        });
        let words = texts.flatten().chain(&self.search);
        let found = words.filter_map(|word| part::holding(word, token, self.catalogue));
        found.filter(|part| *part != Part::Name).collect()
    }

    fn matches_account(&self, token: &Token) -> bool {
        match self.query.account {
            AccountFilter::Any => true,
            AccountFilter::One(account) => token.account == Some(account),
        }
    }

    fn matches_modules(&self, token: &Token) -> bool {
        let mut modules = self.query.modules.iter();
        self.query.modules.is_empty() || modules.any(|id| self.level(token, *id).is_some())
    }

    fn level(&self, token: &Token, module: ModuleId) -> Option<Level> {
        access::level_of(token, module, self.catalogue)
    }

    /// What nobody could use is not found unused, unless it was asked for by its status.
    fn is_unused(&self, token: &Token, limit: Time) -> bool {
        token.last_used_at.is_none_or(|used| used < limit)
            && (self.names_status || verify::is_usable(token, self.catalogue, self.now))
    }

    fn holds(&self, test: &Test, token: &Token) -> bool {
        let one_of =
            |ids: &BTreeSet<UserId>, id: Option<UserId>| id.is_some_and(|id| ids.contains(&id));
        match test {
            Test::Status(statuses) => {
                statuses.is_empty()
                    || statuses.contains(&Status::of(token, self.catalogue, self.now))
            }
            Test::Account(ids) => {
                ids.is_empty() || token.account.is_some_and(|id| ids.contains(&id))
            }
            Test::Owner(ids) => one_of(ids, token.owner),
            Test::By(ids) => one_of(ids, token.created.by),
            Test::Module(ids) => ids.iter().any(|id| self.level(token, *id).is_some()),
            Test::Scope(ids) => !ids.is_disjoint(&token.scopes),
            Test::Group(ids) => !ids.is_disjoint(&token.groups),
            Test::Level(module, wanted) => self.has_level(token, *module, *wanted),
            Test::Id(ids) => ids.contains(&token.id),
            Test::Guid(parts) => has_part(token, parts.iter().map(String::as_str)),
            Test::Text(words) => part::all_in(words, token, self.catalogue),
            Test::Name(words) => part::all_in_name(words, token),
            Test::Before(TokenDate::Expires, limit) if *limit > self.now => {
                ends_before(token, *limit, self.now)
            }
            // An end is the first instant outside: at midnight it is the day before's.
            Test::Before(TokenDate::Expires, limit) => {
                token.valid_to.is_some_and(|end| end <= *limit)
            }
            Test::After(TokenDate::Expires, limit) => {
                token.valid_to.is_some_and(|end| end > *limit)
            }
            Test::Before(fact, limit) => date(*fact, token).is_some_and(|at| at < *limit),
            Test::After(fact, limit) => date(*fact, token).is_some_and(|at| at >= *limit),
            Test::Unused(limit) => self.is_unused(token, *limit),
            Test::Label(wanted) => wanted.matches(&token.labels),
            Test::Offends => !policy::offences(token, self.catalogue, self.now).is_empty(),
            Test::Lookalike => self.alike.contains(&token.id),
            Test::Never => token.valid_to.is_none(),
            Test::NeverUsed => token.last_used_at.is_none(),
            Test::Overlap => token.previous.is_some_and(|previous| previous.until > self.now),
            Test::OwnerDisabled => service::is_owner_disabled(token, self.catalogue),
            Test::AccountDisabled => service::is_account_disabled(token, self.catalogue),
            Test::OutOfService => {
                service::is_owner_disabled(token, self.catalogue)
                    || service::is_account_disabled(token, self.catalogue)
            }
        }
    }

    fn has_level(&self, token: &Token, module: Option<ModuleId>, wanted: Option<Level>) -> bool {
        let fits = |level: Level| wanted.is_none_or(|wanted| level == wanted);
        match module {
            Some(module) => self.level(token, module).is_some_and(fits),
            None => access::effective(token, self.catalogue).iter().any(|grant| fits(grant.level)),
        }
    }
}

/// What has ended already does not end soon.
fn ends_before(token: &Token, limit: Time, now: Time) -> bool {
    token.valid_to.is_some_and(|end| now < end && end <= limit)
}

fn has_part<'p>(token: &Token, parts: impl Iterator<Item = &'p str>) -> bool {
    let mut parts = parts.filter(|part| !is_blank_part(part));
    token.value.is_some_and(|value| parts.any(|part| value.guid.contains(part)))
}

fn date(fact: TokenDate, token: &Token) -> Option<Time> {
    match fact {
        TokenDate::Expires => token.valid_to,
        TokenDate::Created => Some(token.created.at),
        TokenDate::Used => token.last_used_at,
        TokenDate::Revoked => token.revoked.map(|stamp| stamp.at),
    }
}

fn test(term: &Term, sight: &QuerySight<'_>) -> Result<Test, Refusal> {
    Ok(match &term.asked {
        Asked::Status(statuses) => Test::Status(statuses.clone()),
        Asked::Account(names) => Test::Account(each(names, |name| sight.account(name))?),
        Asked::Owner(names) => Test::Owner(each(names, |name| sight.user(name))?),
        Asked::By(names) => Test::By(each(names, |name| sight.maker(name))?),
        Asked::Module(names) => Test::Module(each(names, |name| sight.module(name))?),
        Asked::Scope(names) => Test::Scope(each(names, |name| sight.scopes(name))?),
        Asked::Group(names) => Test::Group(each(names, |name| sight.groups(name))?),
        Asked::Level(module, level) => {
            let module = module.as_ref().map(|name| sight.module(name)).transpose()?;
            Test::Level(module.and_then(|ids| ids.first().copied()), *level)
        }
        Asked::Id(ids) => Test::Id(ids.clone()),
        Asked::Guid(parts) => Test::Guid(parts.clone()),
        Asked::Text(text) => Test::Text(words_of(text)),
        Asked::Name(text) => Test::Name(words_of(text)),
        Asked::Date(fact, side, when) => {
            limit(*fact, *side, *when, sight.now).ok_or_else(|| outside(*when))?
        }
        Asked::Unused(when) => Test::Unused(when.ago(sight.now).ok_or_else(|| outside(*when))?),
        Asked::Label(wanted) => Test::Label(wanted.clone()),
        Asked::Lookalike => Test::Lookalike,
        Asked::Offends => Test::Offends,
        Asked::Never => Test::Never,
        Asked::NeverUsed => Test::NeverUsed,
        Asked::Overlap => Test::Overlap,
        Asked::OwnerDisabled => Test::OwnerDisabled,
        Asked::AccountDisabled => Test::AccountDisabled,
        Asked::OutOfService => Test::OutOfService,
    })
}

fn outside(when: When) -> Refusal {
    Refusal::field("filter", format!("'{when}' lies outside the calendar"))
}

/// The instant a date is compared with. A bare span is ahead for ends, else ago; a day is
/// meant as it is shown, so that nothing of it lies before or after it.
fn limit(fact: TokenDate, side: Side, when: When, now: Time) -> Option<Test> {
    let (is_end, is_day) = (fact == TokenDate::Expires, day_of(when));
    let instant = |end| match when {
        When::Span(_) if !is_end => when.ago(now),
        _ => when.at(now, end),
    };
    Some(match side {
        Side::Before => Test::Before(fact, instant(DayEnd::Start)?),
        Side::After if is_day || is_end => Test::After(fact, instant(DayEnd::End)?),
        // Strictly after: times here have whole nanoseconds.
        Side::After => {
            let next = instant(DayEnd::End)?.checked_add_signed(chrono::TimeDelta::nanoseconds(1));
            Test::After(fact, next?)
        }
    })
}

fn day_of(when: When) -> bool {
    match when {
        When::Day(_) | When::EndOfMonth | When::EndOfYear => true,
        When::Span(_) | When::Instant(_) => false,
    }
}

fn each<I: Ord>(
    names: &[String],
    find: impl Fn(&str) -> Result<Vec<I>, Refusal>,
) -> Result<BTreeSet<I>, Refusal> {
    let found: Result<Vec<_>, _> = names.iter().map(|name| find(name)).collect();
    Ok(found?.into_iter().flatten().collect())
}

impl QuerySight<'_> {
    fn account(&self, text: &str) -> Result<Vec<AccountId>, Refusal> {
        let known = self.catalogue.accounts.values().filter(|one| self.reaches(one.id));
        only("account", text, known.map(|one| (one.id, vec![one.name.as_str()])))
    }

    fn module(&self, text: &str) -> Result<Vec<ModuleId>, Refusal> {
        let modules = self.catalogue.modules.values();
        let known = modules.filter(|one| {
            self.knows_all() || one.accounts.iter().any(|account| self.reaches(*account))
        });
        only("module", text, known.map(|one| (one.id, vec![one.name.as_str()])))
    }

    fn user(&self, text: &str) -> Result<Vec<UserId>, Refusal> {
        let known = self.catalogue.users.values().filter(|user| self.knows(user));
        only("user", text, known.map(|one| (one.id, vec![one.login.as_str(), one.name.as_str()])))
    }

    /// One who made tokens, be it one who was removed: those go by what they were called,
    /// unless somebody is called so now.
    fn maker(&self, text: &str) -> Result<Vec<UserId>, Refusal> {
        let removed = self.catalogue.removed.users().filter(|(id, one)| {
            self.around.met.contains(id)
                || self.operator.is_none_or(|operator| knows_removed(operator, one))
        });
        match self.user(text) {
            Err(refusal @ Refusal::NotFound { .. }) => {
                let found = only("user", text, removed.map(|(id, one)| (id, one.names())));
                found.map_err(|_| refusal)
            }
            found => found,
        }
    }

    /// Scopes of several accounts often have one name: it stands for each of them.
    fn scopes(&self, text: &str) -> Result<Vec<ScopeId>, Refusal> {
        let known = self.catalogue.scopes.values().filter(|one| self.reaches(one.account));
        some("scope", text, named(text, known.map(|one| (one.id, vec![one.name.as_str()]))))
    }

    /// So have groups.
    fn groups(&self, text: &str) -> Result<Vec<GroupId>, Refusal> {
        let groups = self.catalogue.groups.values();
        let known = groups.filter(|one| one.account.is_none_or(|account| self.reaches(account)));
        some("group", text, named(text, known.map(|one| (one.id, vec![one.name.as_str()]))))
    }

    fn knows_all(&self) -> bool {
        self.operator.is_none()
    }

    fn reaches(&self, account: AccountId) -> bool {
        self.operator.is_none_or(|operator| operator.reaches(account))
    }

    fn knows(&self, user: &User) -> bool {
        self.operator.is_none_or(|operator| operator.knows(user))
            || self.around.met.contains(&user.id)
    }
}

fn some<I>(what: &'static str, text: &str, found: Named<I>) -> Result<Vec<I>, Refusal> {
    match found {
        Named::Nothing => Err(Refusal::NotFound { what, name: text.to_owned() }),
        Named::One(id) => Ok(vec![id]),
        Named::Several(ids) => Ok(ids),
    }
}

/// Of several by one name an id says which is meant.
fn only<'c, I>(
    what: &'static str,
    text: &str,
    entries: impl Iterator<Item = (I, Vec<&'c str>)>,
) -> Result<Vec<I>, Refusal>
where
    I: Copy + PartialEq + Display + FromStr,
{
    let found = some(what, text, named(text, entries))?;
    if found.len() < 2 {
        return Ok(found);
    }
    let ids: Vec<_> = found.iter().map(ToString::to_string).collect();
    let message =
        format!("'{text}' names {} {what}s: give an id, one of {}", ids.len(), ids.join(", "));
    Err(Refusal::field("filter", message))
}

//! The facts of an event in words, as every door shows them.

use std::collections::BTreeSet;

use crate::domain::calendar::{day, end_day, seconds};
use crate::domain::{Detail, EventAction, Level, ScopeId, Time, facts};
use crate::text::yes_no;

use super::{EventView, Names};

impl EventView {
    /// The facts in words, by the names of what they are about. What another fact tells
    /// more exactly is left out. Not yet safe for a terminal.
    pub fn facts(&self) -> Vec<String> {
        let told: Vec<_> = self.event.details.iter().flat_map(facts::tells).copied().collect();
        let all = &self.event.details;
        let is_told = |fact: &&Detail| match fact {
            Detail::Changed { field } => told.contains(field),
            Detail::User { user } => all
                .iter()
                .any(|other| matches!(other, Detail::Owner { after, .. } if *after == Some(*user))),
            Detail::Module { module } => all
                .iter()
                .any(|other| matches!(other, Detail::Level { module: of, .. } if of == module)),
            _ => false,
        };
        let words = Words { names: &self.names, is_new: is_new(&self.event.action) };
        all.iter().filter(|fact| !is_told(fact)).map(|fact| words.of(fact)).collect()
    }
}

/// Whether nothing was there before: then only what is is said.
fn is_new(action: &EventAction) -> bool {
    match action {
        EventAction::Created | EventAction::Requested => true,
        EventAction::Edited
        | EventAction::Enabled
        | EventAction::Disabled
        | EventAction::Regenerated
        | EventAction::Revoked
        | EventAction::Deleted
        | EventAction::Cancelled
        | EventAction::Accepted
        | EventAction::OverlapEnded
        | EventAction::Revealed
        | EventAction::Exported
        | EventAction::HandedOver
        | EventAction::Initialised
        | EventAction::Migrated
        | EventAction::ClockAccepted
        | EventAction::Other(_) => false,
    }
}

struct Words<'n> {
    names: &'n Names,
    is_new: bool,
}

impl Words<'_> {
    fn of(&self, fact: &Detail) -> String {
        let names = self.names;
        match fact {
            Detail::Changed { field } => format!("{field} changed"),
            Detail::From { status } => format!("was {status}"),
            Detail::NewGuid { guid } => format!("new GUID {guid}"),
            Detail::Guid { guid } => format!("GUID {guid}"),
            Detail::OldGuid { guid, until: None } => format!("old GUID {guid} ended"),
            Detail::OldGuid { guid, until: Some(until) } => {
                format!("old GUID {guid} until {}", seconds(*until))
            }
            Detail::ValidTo { at } => format!("expires {}", at.map_or_else(never, seconds)),
            Detail::User { user } => format!("user {}", names.user(*user)),
            Detail::Module { module } => format!("module {}", names.module(*module)),
            Detail::Count { count } => format!("{count} in all"),
            Detail::Credential { guid } => format!("operator credential {guid}"),
            Detail::Clock { from, to } => {
                let from = from.map_or_else(|| "none".to_owned(), seconds);
                format!("the store's time {from} -> {}", seconds(*to))
            }
            Detail::Schema { version } => format!("schema {version}"),
            Detail::Level { module, before, after } => {
                format!("{}: {}", names.module(*module), self.step(level(*before), level(*after)))
            }
            Detail::Groups { before, after } => {
                let list = |groups: &BTreeSet<_>| listed(groups.iter().map(|id| names.group(*id)));
                self.said("groups", list(before), list(after))
            }
            Detail::Scopes { before, after } => {
                let list =
                    |scopes: &BTreeSet<ScopeId>| listed(scopes.iter().map(|id| names.scope(*id)));
                self.said("scopes", list(before), list(after))
            }
            Detail::Accounts { before, after } => {
                let list = |accounts: &BTreeSet<_>| {
                    listed(accounts.iter().map(|id| names.account(Some(*id))))
                };
                self.said("accounts", list(before), list(after))
            }
            Detail::Paths { before, after } => {
                self.said("paths", before.to_string(), after.to_string())
            }
            Detail::Start { before, after } => {
                let at = |time: &Option<Time>| time.map_or_else(|| "at once".to_owned(), day);
                self.said("valid from", at(before), at(after))
            }
            Detail::End { before, after } => self.end(*before, *after),
            Detail::Account { account } => format!("account {}", names.account(*account)),
            Detail::Owner { before, after } => {
                let owner =
                    |id: &Option<_>| id.map_or_else(|| "none".to_owned(), |id| names.user(id));
                self.said("owner", owner(before), owner(after))
            }
            Detail::Enabled { before, after } => self.said("enabled", yes(*before), yes(*after)),
            Detail::Role { before, after } => {
                self.said("role", some(before.as_ref()), after.to_string())
            }
            Detail::ManageTokens { before, after } => {
                self.said("manage_tokens", yes(*before), yes(*after))
            }
            Detail::AccountStatus { before, after } => {
                self.said("status", some(before.as_ref()), after.to_string())
            }
            Detail::Rules { before, after } => {
                self.said("rules", before.to_string(), after.to_string())
            }
            Detail::Name { before, after } => {
                self.said("name", some(before.as_ref()), after.to_string())
            }
            Detail::Login { before, after } => {
                self.said("login", some(before.as_ref()), after.to_string())
            }
            Detail::Reason { reason } => format!("reason: {reason}"),
            Detail::Other(fact) => fact.to_string(),
        }
    }

    fn said(&self, what: &str, before: String, after: String) -> String {
        format!("{what} {}", self.step(before, after))
    }

    fn step(&self, before: String, after: String) -> String {
        if self.is_new || before == after { after } else { before + " -> " + &after }
    }

    /// By their days, unless those are the same.
    fn end(&self, before: Option<Time>, after: Option<Time>) -> String {
        let days = |time: Option<Time>| time.map_or_else(never, end_day);
        let exact = |time: Option<Time>| time.map_or_else(never, seconds);
        let by_day = days(before) != days(after);
        let form = |time| if by_day { days(time) } else { exact(time) };
        self.said("expires", form(before), form(after))
    }
}

fn never() -> String {
    "Never".to_owned()
}

fn level(level: Option<Level>) -> String {
    level.map_or_else(|| "No".to_owned(), |level| level.to_string())
}

fn yes(flag: bool) -> String {
    yes_no(flag).to_owned()
}

fn some(text: Option<&impl ToString>) -> String {
    text.map_or_else(|| "none".to_owned(), ToString::to_string)
}

fn listed(names: impl Iterator<Item = String>) -> String {
    let names: Vec<_> = names.collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

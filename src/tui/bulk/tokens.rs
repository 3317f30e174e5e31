//! The questions about work on many tokens (R52, R53).

use std::collections::BTreeMap;

use super::{Bulk, BulkText, Room, requests, tokens};
use crate::domain::{Query, Receiver, Status, Verb};
use crate::text::{safe_line, thousands, wrap};
use crate::tui::stage::Stage;
use crate::wire::{PlanItem, RowId, Step, Target};

/// Names of tokens that a dialog lists at the most before it only counts the rest.
const NAMED: usize = 30;

/// Hidden ones that it names.
const HIDDEN: usize = 3;

/// Whose tokens a bulk action is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) enum Whose {
    /// Those that were selected.
    Selected,
    /// All of an account, by its name.
    Account(String),
    /// All of a user, by their name.
    User(String),
    /// Those that were selected, for somebody else.
    ForAnother {
        /// Who gets them.
        to: Receiver,
        /// The same by name; not yet safe for a terminal.
        name: String,
    },
}

impl Whose {
    /// Who gets them, where somebody does.
    pub(in crate::tui) fn receiver(&self) -> Option<Receiver> {
        match self {
            Self::ForAnother { to, .. } => Some(*to),
            Self::Selected | Self::Account(_) | Self::User(_) => None,
        }
    }
}

impl BulkText for Verb {
    type Id = RowId;
    type Query = Query;
    type Aim = Whose;
    const NOTHING: &'static str = "No tokens";
    const CHANGED: &'static str = "The tokens";
    const LOOK: &'static str = "the tokens";

    fn sized(target: &Target) -> Option<usize> {
        match target {
            Target::Tokens(ids) => Some(ids.len()),
            Target::Found(_) | Target::Account(_) | Target::Owner(_) => None,
        }
    }

    fn id(item: &PlanItem) -> RowId {
        item.id.clone()
    }

    fn names<'p>(items: impl Iterator<Item = &'p PlanItem>) -> String {
        names(items, HIDDEN)
    }

    fn title(bulk: &Bulk) -> String {
        bulk.heading()
    }

    fn stages(bulk: &Bulk, room: Room) -> Vec<Stage> {
        bulk.questions(room)
    }
}

impl Bulk {
    /// `Revoke 2 tokens`, or `Cancel 1 request` where there is nothing else.
    fn heading(&self) -> String {
        if self.plan.only_cancels() {
            return format!("Cancel {}", requests(self.plan.count()));
        }
        let verb = self.plan.verb.title();
        match &self.aim {
            Whose::Selected | Whose::ForAnother { .. } => {
                format!("{verb} {}", tokens(self.plan.count()))
            }
            Whose::Account(_) | Whose::User(_) => format!("{verb} all tokens"),
        }
    }

    /// The questions, with as many names as there is room for. Where a word is to be
    /// typed there is one question; a single token is revoked in two, like any other
    /// (D7).
    fn questions(&self, room: Room) -> Vec<Stage> {
        let button = match self.aim {
            _ if self.plan.only_cancels() => "Cancel requests",
            Whose::User(_) => "Revoke All Tokens",
            Whose::Selected | Whose::Account(_) | Whose::ForAnother { .. } => {
                self.plan.verb.title()
            }
        };
        let stage = |text| Stage { text, button };
        let (facts, consequence) = (self.facts(), self.consequence());
        let single = self.plan.phrase().is_none() && !self.plan.only_cancels();
        if self.plan.verb == Verb::Revoke && single {
            return vec![stage([self.set(1), facts].concat()), stage(consequence)];
        }
        let renews = self.plan.verb == Verb::Regenerate;
        let text = |named, consequence: &[String]| {
            // In a low window the last lines go first.
            [self.set(named), consequence.to_vec(), facts.clone()].concat()
        };
        let fits = |text: &Vec<String>| {
            text.iter().map(|line| wrap(line, room.columns).len()).sum::<usize>() <= room.rows
        };
        let most = self.plan.acting().take(NAMED).count().max(1);
        let mut texts = (1..=most).rev().map(|named| text(named, &consequence));
        // Counts say more than what everybody knows of revoking.
        let brief = || text(1, &self.end().map(str::to_owned).into_iter().collect::<Vec<_>>());
        let first = texts.find(fits).unwrap_or_else(brief);
        if renews {
            // The terms come with the first question, the word with the second.
            let count = self.plan.count();
            let get = if count == 1 { "gets a new value" } else { "get new values" };
            let last = format!("{} {get}. This can't be undone.", tokens(count));
            return vec![Stage { text: first, button: "Go on" }, stage(vec![last])];
        }
        vec![stage(first)]
    }

    /// Which tokens it is for.
    fn set(&self, named: usize) -> Vec<String> {
        let cancels = self.plan.only_cancels();
        let mut lines = vec![match &self.aim {
            Whose::ForAnother { to, name } => {
                let what = names(self.plan.acting(), named);
                match to {
                    Receiver::User(_) => format!("Hand {what} over to {}?", safe_line(name)),
                    Receiver::Account => format!("Hand {what} back to {}?", safe_line(name)),
                }
            }
            Whose::Selected if self.plan.count() == 1 => {
                let name = names(self.plan.acting(), 1);
                let verb = self.plan.verb.to_string();
                let what = if cancels { "cancel the request for" } else { verb.as_str() };
                format!("Are you sure you want to {what} {name}?")
            }
            Whose::Selected => names(self.plan.acting(), named),
            Whose::Account(name) | Whose::User(name) => {
                let what = match (self.plan.count(), cancels) {
                    (1, true) => "Cancel the only request".to_owned(),
                    (count, true) => format!("Cancel all {}", requests(count)),
                    (1, false) => "Revoke the only token".to_owned(),
                    (count, false) => format!("Revoke all {}", tokens(count)),
                };
                safe_line(&format!("{what} of {name}?"))
            }
        }];
        let all = match self.aim {
            Whose::Selected | Whose::ForAnother { .. } => None,
            Whose::Account(_) => Some("All that you see of it, whatever the filter."),
            Whose::User(_) => Some("All of theirs that you see, whatever the filter."),
        };
        lines.extend(all.map(str::to_owned));
        lines
    }

    /// What can't be seen, what is skipped, and in which state the rest is.
    fn facts(&self) -> Vec<String> {
        let mut lines: Vec<_> = self.unseen().into_iter().collect();
        lines.extend(self.plan.look_alikes().map(|alike| safe_line(&alike)));
        lines.extend(self.skipped());
        lines.extend(self.passed_over());
        lines.push(self.counts());
        lines
    }

    /// Which tokens get no new value: whoever rotates has to do those some other way.
    fn passed_over(&self) -> Option<String> {
        let skipped = || self.plan.items.iter().filter(|item| is_skipped(item));
        let some = self.plan.verb == Verb::Regenerate && skipped().next().is_some();
        some.then(|| format!("Skipped: {}", names(skipped(), HIDDEN)))
    }

    /// `17 Active, 1 Disabled; 3 used in the last 24 h`.
    fn counts(&self) -> String {
        let mut statuses: BTreeMap<Status, usize> = BTreeMap::new();
        for item in self.plan.acting() {
            *statuses.entry(item.status).or_default() += 1;
        }
        let words: Vec<_> = statuses
            .iter()
            .map(|(status, count)| format!("{} {status}", thousands(count)))
            .collect();
        let lately = self.plan.acting().filter(|item| item.used_lately).count();
        let lately = if lately == 0 { "none".to_owned() } else { thousands(lately) };
        format!("{}; {lately} used in the last 24 h", words.join(", "))
    }

    fn consequence(&self) -> Vec<String> {
        let cancelled = self.plan.acting().filter(|item| item.step == Step::CancelRequest).count();
        let cancelled = match cancelled {
            0 => None,
            count if self.plan.only_cancels() => {
                Some(format!("This cancels {}: nothing is revoked.", requests(count)))
            }
            1 => Some("1 open request is cancelled with it.".to_owned()),
            count => Some(format!("{} open requests are cancelled with it.", thousands(count))),
        };
        let exported = self.plan.toll().exported().filter(|_| self.plan.verb.is_final());
        let exported = exported.map(|values| format!("{values}."));
        let last = self.end().map(|end| format!(" {end}")).unwrap_or_default();
        if self.plan.verb == Verb::Delete {
            let working = self.plan.acting().filter(|item| item.values > 0).count();
            let values = values_until_deleted(working, self.plan.count());
            let deleted = format!("{values}{last}");
            return cancelled.into_iter().chain(exported).chain([deleted]).collect();
        }
        let text = match (self.plan.verb, &self.aim, self.plan.count()) {
            _ if self.plan.only_cancels() => "",
            (Verb::Revoke, Whose::Account(_) | Whose::User(_), _) => {
                "Revoking all tokens disables access to all associated products."
            }
            (Verb::Revoke, Whose::Selected | Whose::ForAnother { .. }, _) => {
                "Revoking disables access to all associated products."
            }
            (Verb::Regenerate, _, 1) => "It gets a new GUID and value, which goes into a file.",
            (Verb::Regenerate, ..) => "Each gets a new GUID and value; they go into a file.",
            (Verb::HandOver, Whose::ForAnother { to, .. }, count) => keeps(*to, count),
            (Verb::Disable, _, 1) => "Its value is refused until it is enabled again.",
            (Verb::Disable, ..) => "Their values are refused until they are enabled again.",
            (_, _, 1) => "Its value is accepted again.",
            _ => "Their values are accepted again.",
        };
        let consequence = format!("{text}{last}").trim().to_owned();
        cancelled.into_iter().chain(exported).chain([consequence]).collect()
    }

    fn end(&self) -> Option<&'static str> {
        self.plan.verb.is_final().then_some("This can't be undone.")
    }
}

fn is_skipped(item: &PlanItem) -> bool {
    match item.step {
        Step::Skip { .. } => true,
        Step::Act | Step::CancelRequest | Step::Give(_) => false,
    }
}

/// What becomes of values that others know.
fn keeps(to: Receiver, count: usize) -> &'static str {
    match (to, count) {
        (Receiver::Account, 1) => {
            "Who had it still knows its value, which stays in force: regenerate it where they \
             must not."
        }
        (Receiver::User(_), 1) => {
            "Who had it still knows its value, which stays in force: regenerate it where they \
             must not. What the store can show of it is erased for good."
        }
        (Receiver::Account, _) => {
            "Who had them still knows their values, which stay in force: regenerate them where \
             they must not."
        }
        (Receiver::User(_), _) => {
            "Who had them still knows their values, which stay in force: regenerate them where \
             they must not. What the store can show of them is erased for good."
        }
    }
}

/// Which of the values still work, and that the tokens leave the list.
fn values_until_deleted(working: usize, all: usize) -> String {
    match (working, all) {
        (0, 1) => "Its value does not work now; the token leaves the list.".to_owned(),
        (_, 1) => "Its value works until you delete it; the token leaves the list.".to_owned(),
        (0, _) => "No value of theirs works now; the tokens leave the list.".to_owned(),
        (working, all) if working == all => {
            "Their values work until you delete them; the tokens leave the list.".to_owned()
        }
        (working, all) => format!(
            "{} of {} values {} until you delete them; the tokens leave the list.",
            thousands(working),
            thousands(all),
            if working == 1 { "works" } else { "work" }
        ),
    }
}

/// `robot-1, robot-2 and 13 more`.
fn names<'p>(items: impl Iterator<Item = &'p PlanItem>, most: usize) -> String {
    let mut names = Vec::new();
    let mut more = 0;
    for item in items {
        if names.len() < most {
            names.push(safe_line(&item.name));
        } else {
            more += 1;
        }
    }
    let more = if more == 0 { String::new() } else { format!(" and {} more", thousands(more)) };
    format!("{}{more}", names.join(", "))
}

//! A bulk action between its plan and its report, and the words for both (R52,
//! R53). Pure: the plan is the backend's, and who asks for it is `update`.

use std::collections::{BTreeMap, BTreeSet};

use super::notice::Kind;
use super::overlay::Stage;
use super::wrap::wrap;
use crate::domain::{HolderVerb, Status, TokenId, Verb};
use crate::text::{Safe, thousands};
use crate::wire::{
    HolderReportItem, ImportReport, ImportReportItem, JobReport, Outcome, Plan, PlanItem, Report,
    ReportItem, Step, Target,
};

/// Names of tokens that a dialog lists at the most before it only counts the rest.
const NAMED: usize = 30;

/// Hidden ones that it names.
const HIDDEN: usize = 3;

/// How much text a dialog has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    /// Columns of a line.
    pub(super) columns: usize,
    /// Lines.
    pub(super) rows: usize,
}

/// Whose tokens a bulk action is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Whose {
    /// Those that were selected.
    Selected,
    /// All of an account, by its name.
    Account(String),
    /// All of a user, by their name.
    User(String),
}

/// A frozen set of tokens, and what is to be done with each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bulk {
    /// What the backend says would be done.
    pub(super) plan: Plan,
    /// What the plan was asked for, to ask again when something changed.
    pub(super) target: Target,
    /// Whose tokens they are.
    pub(super) whose: Whose,
    /// Those among them that the filter hides.
    pub(super) hidden: BTreeSet<TokenId>,
}

/// "1 token", "19 tokens".
pub(super) fn tokens(count: usize) -> String {
    if count == 1 { "1 token".to_owned() } else { format!("{} tokens", thousands(count)) }
}

/// "1 request", "3 requests".
fn requests(count: usize) -> String {
    if count == 1 { "1 request".to_owned() } else { format!("{} requests", thousands(count)) }
}

impl Bulk {
    /// `Revoke 2 tokens`, or `Cancel 1 request` where there is nothing else.
    pub(super) fn title(&self) -> String {
        if self.plan.only_cancels() {
            return format!("Cancel {}", requests(self.plan.count()));
        }
        let verb = self.plan.verb.title();
        match &self.whose {
            Whose::Selected => format!("{verb} {}", tokens(self.plan.count())),
            Whose::Account(_) | Whose::User(_) => format!("{verb} all tokens"),
        }
    }

    /// The questions, with as many names as there is room for. Where a word is to be
    /// typed there is one question; a single token is revoked in two, like any other
    /// (D7).
    pub(super) fn stages(&self, room: Room) -> Vec<Stage> {
        let button = match self.whose {
            _ if self.plan.only_cancels() => "Cancel requests",
            Whose::User(_) => "Revoke All Tokens",
            Whose::Selected | Whose::Account(_) => self.plan.verb.title(),
        };
        let stage = |text| Stage { text, button };
        let (facts, consequence) = (self.facts(), self.consequence());
        let single = self.plan.phrase().is_none() && !self.plan.only_cancels();
        if self.plan.verb == Verb::Revoke && single {
            return vec![stage([self.set(1), facts].concat()), stage(consequence)];
        }
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
        vec![stage(texts.find(fits).unwrap_or_else(brief))]
    }

    /// Which tokens it is for.
    fn set(&self, named: usize) -> Vec<String> {
        let cancels = self.plan.only_cancels();
        let mut lines = vec![match &self.whose {
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
                Safe::line(&format!("{what} of {name}?")).into_string()
            }
        }];
        let all = match self.whose {
            Whose::Selected => None,
            Whose::Account(_) => Some("All that you see of it, whatever the filter."),
            Whose::User(_) => Some("All of theirs that you see, whatever the filter."),
        };
        lines.extend(all.map(str::to_owned));
        lines
    }

    /// What can't be seen, what is skipped, and in which state the rest is.
    fn facts(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.hidden.is_empty() {
            let hidden = self.plan.items.iter().filter(|item| self.hidden.contains(&item.id));
            let names = names(hidden, HIDDEN);
            lines.push(format!("{} hidden by the filter: {names}", thousands(self.hidden.len())));
        }
        lines.extend(self.plan.look_alikes().map(|alike| Safe::line(&alike).into_string()));
        lines.extend(self.skipped());
        lines.push(self.counts());
        lines
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

    /// `(1 skipped: already revoked)`.
    pub(super) fn skipped(&self) -> Option<String> {
        let reasons = self.plan.skipped();
        let count: usize = reasons.values().sum();
        let reasons: Vec<_> = reasons.iter().map(|(reason, count)| (*count, *reason)).collect();
        (count > 0).then(|| format!("({} skipped: {})", thousands(count), listed(&reasons)))
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
        let text = match (self.plan.verb, &self.whose, self.plan.count()) {
            _ if self.plan.only_cancels() => "",
            (Verb::Revoke, Whose::Account(_) | Whose::User(_), _) => {
                "Revoking all tokens disables access to all associated products."
            }
            (Verb::Revoke, Whose::Selected, _) => {
                "Revoking disables access to all associated products."
            }
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

/// `2 already revoked, 1 already expired`; a single reason needs no count.
pub(super) fn listed(reasons: &[(usize, &str)]) -> String {
    let lower = |text: &str| {
        let mut letters = text.chars();
        let first = letters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
        first + letters.as_str()
    };
    let words: Vec<_> = match reasons {
        [(_, only)] => vec![lower(only)],
        many => many
            .iter()
            .map(|(count, reason)| format!("{} {}", thousands(count), lower(reason)))
            .collect(),
    };
    Safe::line(&words.join(", ")).into_string()
}

/// `robot-1, robot-2 and 13 more`.
fn names<'p>(items: impl Iterator<Item = &'p PlanItem>, most: usize) -> String {
    let mut names = Vec::new();
    let mut more = 0;
    for item in items {
        if names.len() < most {
            names.push(Safe::line(&item.name).into_string());
        } else {
            more += 1;
        }
    }
    let more = if more == 0 { String::new() } else { format!(" and {} more", thousands(more)) };
    format!("{}{more}", names.join(", "))
}

/// How the items of a job ended, whatever they are.
#[derive(Debug)]
pub(super) struct Ending<'r> {
    past: &'static str,
    /// What they are called where all of them were done: tokens, or nothing.
    counted: fn(usize) -> String,
    /// Whether the message says why some were skipped.
    says_why: bool,
    /// How many were done, where that is no number of items.
    done: Option<usize>,
    /// The only one that it was for, by name: what is said after the count.
    only: Option<String>,
    items: Vec<(String, &'r Outcome)>,
}

impl<'r> Ending<'r> {
    /// How a job ended.
    pub(super) fn of(report: &'r JobReport) -> Self {
        match report {
            JobReport::Tokens(report) => Self::of_tokens(report),
            JobReport::Holders(report) => Self::of_holders(report),
            JobReport::Imports(report) => Self::of_import(report),
        }
    }

    /// How a plan for tokens ended.
    pub(super) fn of_tokens(report: &'r Report) -> Self {
        let named = |item: &'r ReportItem| {
            (format!("{}  {}", item.id, Safe::line(&item.name)), &item.outcome)
        };
        let items = report.items.iter().map(named).collect();
        let only = match report.items.as_slice() {
            [only] => Some(Safe::line(&format!(": {} {}", only.name, only.id)).into_string()),
            _ => None,
        };
        let (past, counted): (_, fn(usize) -> String) = if report.only_cancels() {
            ("cancelled", requests)
        } else {
            (report.verb.past(), tokens)
        };
        Self { past, counted, says_why: false, done: None, only, items }
    }

    /// How a plan for users ended.
    pub(super) fn of_holders(report: &'r Report<HolderVerb>) -> Self {
        let named = |item: &'r HolderReportItem| {
            let names = Safe::line(&format!("{}  {}", item.user_name, item.module_name));
            (format!("{}  {names}", item.user), &item.outcome)
        };
        let items = report.items.iter().map(named).collect();
        let plain = |count: usize| thousands(count);
        // What takes tokens away counts them, as its question did.
        let (counted, done): (fn(usize) -> String, _) = match report.verb {
            HolderVerb::Remove => (tokens, Some(report.gone().count())),
            HolderVerb::Cancel => (requests, Some(report.gone().count())),
            HolderVerb::Request | HolderVerb::Generate => (plain, None),
        };
        let only = only_one(report);
        Self { past: report.verb.past(), counted, says_why: true, done, only, items }
    }

    /// How an import ended.
    pub(super) fn of_import(report: &'r ImportReport) -> Self {
        let named = |item: &'r ImportReportItem| {
            let name = Safe::line(&item.name);
            (format!("line {}  {name}", item.line), &item.outcome)
        };
        let items = report.items.iter().map(named).collect();
        Self { past: "imported", counted: tokens, says_why: false, done: None, only: None, items }
    }

    /// The message that it came to its end, and of which kind it is.
    pub(super) fn result(&self) -> (Kind, String) {
        let count = |outcome: fn(&Outcome) -> bool| {
            self.items.iter().filter(|(_, ended)| outcome(ended)).count()
        };
        let skipped = count(|outcome| matches!(outcome, Outcome::Skipped { .. }));
        let failed = count(|outcome| matches!(outcome, Outcome::Failed { .. }));
        let done = self.done.unwrap_or(self.items.len() - skipped - failed);
        let kind = if failed == 0 { Kind::Ok } else { Kind::Error };
        if skipped == 0 && failed == 0 {
            let only = self.only.as_deref().unwrap_or_default();
            return (kind, format!("{} {}{only}", (self.counted)(done), self.past));
        }
        let why = if self.says_why { self.why_skipped() } else { String::new() };
        let skip = format!("skipped{why}");
        let counts = [(done, self.past), (skipped, skip.as_str()), (failed, "failed")];
        let words = counts.iter().enumerate();
        // What was done is said even where it is nothing.
        let words = words.filter(|(place, (count, _))| *place == 0 || *count > 0);
        let words: Vec<_> =
            words.map(|(_, (count, word))| format!("{} {word}", thousands(count))).collect();
        (kind, words.join(", "))
    }

    /// ` (already pending)`.
    fn why_skipped(&self) -> String {
        let reasons = self.reasons();
        let skipped = reasons.iter().filter(|reason| !reason.failed);
        let skipped: Vec<_> =
            skipped.map(|reason| (reason.tokens.len(), reason.text.as_str())).collect();
        format!(" ({})", listed(&skipped))
    }

    /// The items that failed or were skipped, by reason: failures first.
    pub(super) fn reasons(&self) -> Vec<Reason> {
        let mut reasons: BTreeMap<(bool, &str), Vec<String>> = BTreeMap::new();
        for (name, outcome) in &self.items {
            let (skipped, reason) = match outcome {
                Outcome::Done => continue,
                Outcome::Failed { reason, .. } => (false, reason),
                Outcome::Skipped { reason, .. } => (true, reason),
            };
            reasons.entry((skipped, reason)).or_default().push(name.clone());
        }
        reasons
            .into_iter()
            .map(|((skipped, reason), tokens)| Reason {
                failed: !skipped,
                text: Safe::line(reason).into_string(),
                tokens,
            })
            .collect()
    }

    /// The same, but nothing where the message says it all.
    pub(super) fn worth_a_box(&self) -> Option<Vec<Reason>> {
        let reasons = self.reasons();
        (reasons.len() > 1 || reasons.iter().any(|reason| reason.failed)).then_some(reasons)
    }
}

/// Whom a plan for users was for, where that was one: ": carl-erecording TKN-1000-0010
/// of Carl Clerk".
fn only_one(report: &Report<HolderVerb>) -> Option<String> {
    let [item, rest @ ..] = report.items.as_slice() else { return None };
    if rest.iter().any(|other| other.user != item.user) {
        return None;
    }
    let user = &item.user_name;
    let text = match (report.verb, report.gone().collect::<Vec<_>>().as_slice()) {
        (HolderVerb::Remove | HolderVerb::Cancel, [token]) => {
            format!(": {} {} of {user}", token.name, token.id)
        }
        (HolderVerb::Remove | HolderVerb::Cancel, _) => format!(": {user}"),
        (HolderVerb::Request, _) => format!(" for {user}"),
        // Where the file is follows, and is worth more.
        (HolderVerb::Generate, _) => return None,
    };
    Some(Safe::line(&text).into_string())
}

/// Why some tokens of a plan were not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    /// Whether they failed; else there was nothing to do.
    pub(super) failed: bool,
    /// The reason.
    pub(super) text: String,
    /// Which ones: id and name.
    pub(super) tokens: Vec<String>,
}

#[cfg(test)]
mod tests;

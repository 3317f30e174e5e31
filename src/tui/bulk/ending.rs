//! How work on many ended, in words.

use std::collections::BTreeMap;

use super::{listed, requests, tokens};
use crate::domain::HolderVerb;
use crate::text::{Safe, safe_line, thousands};
use crate::tui::notice::Kind;
use crate::wire::{
    HolderReportItem, ImportReport, ImportReportItem, JobReport, Outcome, Report, ReportItem,
};

/// How the items of a job ended, whatever they are.
#[derive(Debug)]
pub(in crate::tui) struct Ending<'r> {
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
    pub(in crate::tui) fn of(report: &'r JobReport) -> Self {
        match report {
            JobReport::Tokens(report) => Self::of_tokens(report),
            JobReport::Holders(report) => Self::of_holders(report),
            JobReport::Imports(report) => Self::of_import(report),
        }
    }

    /// How a plan for tokens ended.
    pub(in crate::tui) fn of_tokens(report: &'r Report) -> Self {
        let named = |item: &'r ReportItem| {
            (format!("{}  {}", item.id, Safe::line(&item.name)), &item.outcome)
        };
        let items = report.items.iter().map(named).collect();
        let only = match report.items.as_slice() {
            [only] => Some(safe_line(&format!(": {} {}", only.name, only.id))),
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
    pub(in crate::tui) fn of_holders(report: &'r Report<HolderVerb>) -> Self {
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
    pub(in crate::tui) fn of_import(report: &'r ImportReport) -> Self {
        let named = |item: &'r ImportReportItem| {
            let name = Safe::line(&item.name);
            (format!("line {}  {name}", item.line), &item.outcome)
        };
        let items = report.items.iter().map(named).collect();
        Self { past: "imported", counted: tokens, says_why: false, done: None, only: None, items }
    }

    /// The message that it came to its end, and of which kind it is.
    pub(in crate::tui) fn result(&self) -> (Kind, String) {
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
    pub(in crate::tui) fn reasons(&self) -> Vec<Reason> {
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
                text: safe_line(reason),
                tokens,
            })
            .collect()
    }

    /// The same, but nothing where the message says it all.
    pub(in crate::tui) fn worth_a_box(&self) -> Option<Vec<Reason>> {
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
    Some(safe_line(&text))
}

/// Why some tokens of a plan were not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) struct Reason {
    /// Whether they failed; else there was nothing to do.
    pub(in crate::tui) failed: bool,
    /// The reason.
    pub(in crate::tui) text: String,
    /// Which ones: id and name.
    pub(in crate::tui) tokens: Vec<String>,
}

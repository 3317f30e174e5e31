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
    /// What was done is called what the question called it, and counted as it did.
    counted: fn(usize) -> String,
    /// How many were done, where that is no number of items.
    done: Option<usize>,
    /// The only one that it was done to, by name: what is said after the count.
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
        let done = report.items.iter().filter(|item| item.outcome == Outcome::Done);
        let only = match done.collect::<Vec<_>>()[..] {
            [only] => Some(safe_line(&format!(": {} {}", only.name, only.id))),
            _ => None,
        };
        let (past, counted): (_, fn(usize) -> String) = if report.only_cancels() {
            ("cancelled", requests)
        } else {
            (report.verb.past(), tokens)
        };
        Self { past, counted, done: None, only, items }
    }

    /// How a plan for users ended.
    pub(in crate::tui) fn of_holders(report: &'r Report<HolderVerb>) -> Self {
        let named = |item: &'r HolderReportItem| {
            let names = Safe::line(&format!("{}  {}", item.user_name, item.module_name));
            (format!("{}  {names}", item.user), &item.outcome)
        };
        let items = report.items.iter().map(named).collect();
        // What takes tokens away counts them, as its question did.
        let (counted, done): (fn(usize) -> String, _) = match report.verb {
            HolderVerb::Remove => (tokens, Some(report.gone().count())),
            HolderVerb::Cancel => (requests, Some(report.gone().count())),
            HolderVerb::Request | HolderVerb::Generate => (tokens, None),
        };
        let only = only_one(report);
        Self { past: report.verb.past(), counted, done, only, items }
    }

    /// How an import ended.
    pub(in crate::tui) fn of_import(report: &'r ImportReport) -> Self {
        let named = |item: &'r ImportReportItem| {
            let name = Safe::line(&item.name);
            (format!("line {}  {name}", item.line), &item.outcome)
        };
        let items = report.items.iter().map(named).collect();
        Self { past: "imported", counted: tokens, done: None, only: None, items }
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
        // What was done is said even where it is nothing.
        let only = self.only.as_deref().unwrap_or_default();
        let mut words = vec![format!("{} {}{only}", (self.counted)(done), self.past)];
        if skipped > 0 {
            words.push(format!("{} skipped{}", thousands(skipped), self.why_skipped()));
        }
        if failed > 0 {
            words.push(format!("{} failed", thousands(failed)));
        }
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
    let mut done = report.items.iter().filter(|item| item.outcome == Outcome::Done);
    let item = done.next()?;
    if done.any(|other| other.user != item.user) {
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

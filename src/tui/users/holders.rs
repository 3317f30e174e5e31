//! A bulk action for users between its plan and its report, and the words for both
//! (R118 to R125, R131). Pure: the plan is the backend's, and who asks for it is
//! `update`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::domain::{HolderVerb, UserId};
use crate::text::{safe_line, thousands};
use crate::tui::bulk::{Bulk, BulkText, Room};
use crate::tui::stage::Stage;
use crate::wire::{HolderItem, HolderTarget, Lost, Report, Toll, UserQuery};

/// Names that a dialog lists before it only counts the rest.
const NAMED: usize = 3;

/// What came of generating and exporting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) struct Generated {
    /// How each item ended.
    pub(in crate::tui) report: Report<HolderVerb>,
    /// Where the values are: `host:/absolute/path`.
    pub(in crate::tui) place: String,
}

/// "1 token", "19 tokens".
fn count(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{} {what}s", thousands(count)) }
}

impl BulkText for HolderVerb {
    type Id = UserId;
    type Query = UserQuery;
    /// The folder of the file that generated values go to.
    type Aim = PathBuf;
    const NOTHING: &'static str = "Nothing";
    const CHANGED: &'static str = "What they hold";
    const LOOK: &'static str = "the users";

    fn sized(target: &HolderTarget) -> Option<usize> {
        Some(target.users.len())
    }

    fn id(item: &HolderItem) -> UserId {
        item.user
    }

    fn names<'p>(items: impl Iterator<Item = &'p HolderItem>) -> String {
        names(items)
    }

    fn title(bulk: &Bulk<Self>) -> String {
        bulk.plan.verb.title().to_owned()
    }

    fn stages(bulk: &Bulk<Self>, _room: Room) -> Vec<Stage> {
        bulk.questions()
    }
}

impl Bulk<HolderVerb> {
    /// The questions; generate & export has two (R124).
    fn questions(&self) -> Vec<Stage> {
        let stage = |text, button| Stage { text, button };
        match self.plan.verb {
            HolderVerb::Request => {
                let text = [vec![self.request()], self.modules(), self.facts()].concat();
                vec![stage(text, "Request")]
            }
            HolderVerb::Remove => {
                let text = [vec![self.remove()], self.also(), self.end(), self.facts()];
                vec![stage(text.concat(), "Remove")]
            }
            HolderVerb::Cancel => {
                let text = [vec![self.cancel()], self.end(), self.facts()].concat();
                vec![stage(text, "Cancel requests")]
            }
            HolderVerb::Generate => {
                let replaced = self.replaced();
                // In a low window the last lines go first.
                let first = [vec![self.generate()], replaced.clone(), self.also()].concat();
                let first = [first, self.modules(), vec![self.file()], self.facts()].concat();
                let last = "The file holds the new values in the clear: keep it safe. \
                            This can't be undone.";
                let second = [replaced, vec![self.file(), last.to_owned()]].concat();
                vec![stage(first, "Generate"), stage(second, "Generate & export")]
            }
        }
    }

    fn request(&self) -> String {
        let tokens = self.plan.count();
        let who = self.names();
        if tokens == 1 {
            format!("Request a token for {who}?")
        } else {
            format!("Request {} tokens for {who}?", thousands(tokens))
        }
    }

    /// For what, and what comes of it.
    fn modules(&self) -> Vec<String> {
        let names: BTreeSet<_> = self.plan.acting().map(|item| item.module_name.as_str()).collect();
        let names: Vec<_> = names.into_iter().collect();
        let names = safe_line(&names.join(", "));
        let line = match self.plan.verb {
            HolderVerb::Generate => {
                format!("For {names}, Full. Each is Pending until accepted or first used.")
            }
            _ if self.plan.count() == 1 => {
                format!("For {names}, Full. It is Pending until the user accepts it.")
            }
            _ => format!("For {names}, Full. Each is Pending until its user accepts it."),
        };
        vec![line]
    }

    fn remove(&self) -> String {
        let lost = self.plan.lost();
        let who = self.names();
        match lost[..] {
            [only] => format!("Remove {} of {who}?", named(only)),
            _ => format!("Remove {} of {who}?", count(lost.len(), "token")),
        }
    }

    fn cancel(&self) -> String {
        let lost = self.plan.lost().len();
        format!("Cancel {} of {}?", count(lost, "pending request"), self.names())
    }

    fn generate(&self) -> String {
        let tokens = count(self.plan.count(), "new token");
        format!("Generate and export {tokens} for {}?", self.names())
    }

    /// The file is named after the moment it is made.
    fn file(&self) -> String {
        let name = format!("api-tokens-{}-TIME.csv", self.plan.account);
        safe_line(&format!("File {}", self.aim.join(name).display()))
    }

    /// What generating takes away (R123).
    fn replaced(&self) -> Vec<String> {
        let toll = self.plan.toll();
        let mut lines = vec![match toll.tokens - toll.requests {
            0 => "No existing token is replaced.".to_owned(),
            tokens => format!(
                "This replaces {}; the old values stop working.",
                count(tokens, "existing token")
            ),
        }];
        lines.extend(toll.exported().map(|values| format!("{values}.")));
        if toll.requests > 0 {
            lines.push(format!("{} replaced with it.", verb_of(toll.requests, "pending request")));
        }
        lines
    }

    /// Tokens that reach other modules too, with what else goes with them (D27).
    fn also(&self) -> Vec<String> {
        let lost = self.plan.lost();
        let wider: Vec<_> = lost.iter().filter(|lost| !lost.also.is_empty()).collect();
        let line = |lost: &&&Lost| {
            safe_line(&format!("{} goes, also {}", lost.name, lost.also.join(", ")))
        };
        let mut lines: Vec<_> = wider.iter().take(NAMED).map(line).collect();
        if let Some(more) = wider.len().checked_sub(NAMED).filter(|more| *more > 0) {
            lines.push(format!("and {} more that reach other modules too", thousands(more)));
        }
        lines
    }

    /// Requests that go with what is removed, and how many values stop working: the
    /// exported ones too, which somebody may have by now (R120, R121).
    fn end(&self) -> Vec<String> {
        let toll = self.plan.toll();
        let requests = match (self.plan.verb, toll.requests) {
            (HolderVerb::Remove, requests) if requests > 0 => {
                Some(format!("{} cancelled with it.", verb_of(requests, "open request")))
            }
            _ => None,
        };
        let values = match self.plan.verb {
            HolderVerb::Remove => format!("{} ", until_removed(toll)),
            HolderVerb::Request | HolderVerb::Cancel | HolderVerb::Generate => {
                toll.values().map(|values| format!("{values}. ")).unwrap_or_default()
            }
        };
        requests.into_iter().chain([format!("{values}This can't be undone.")]).collect()
    }

    /// Who can't be seen, and who is skipped.
    fn facts(&self) -> Vec<String> {
        self.unseen().into_iter().chain(self.skipped()).collect()
    }

    fn names(&self) -> String {
        names(self.plan.acting())
    }
}

/// "2 values work until you remove them, 1 of them exported."
fn until_removed(toll: Toll) -> String {
    match (toll.values, toll.exported) {
        (0, _) => "No value of what goes works now.".to_owned(),
        (1, 0) => "1 value works until you remove it.".to_owned(),
        (1, _) => "1 exported value works until you remove it.".to_owned(),
        (values, 0) => format!("{} values work until you remove them.", thousands(values)),
        (values, exported) => format!(
            "{} values work until you remove them, {} of them exported.",
            thousands(values),
            thousands(exported)
        ),
    }
}

fn verb_of(number: usize, what: &str) -> String {
    format!("{} {}", count(number, what), if number == 1 { "is" } else { "are" })
}

fn named(lost: &Lost) -> String {
    safe_line(&format!("{} {}", lost.name, lost.id))
}

/// `Carl Clerk, Dora Deputy and 13 more`, each user once.
fn names<'p>(items: impl Iterator<Item = &'p HolderItem>) -> String {
    let mut seen = BTreeSet::new();
    let once: Vec<_> = items.filter(|item| seen.insert(item.user)).collect();
    let shown: Vec<_> = once.iter().take(NAMED).map(|item| safe_line(&item.user_name)).collect();
    let more = match once.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {} more", thousands(more)),
    };
    format!("{}{more}", shown.join(", "))
}

#[cfg(test)]
#[path = "holders_tests.rs"]
mod tests;

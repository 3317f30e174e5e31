//! Work on many between its plan and its report (R52, R53, R118 to R125): what is asked
//! for, what a plan came to, and the words that are the same for tokens and for users.
//! Pure: the plan is the backend's, and who asks for it is `update`.

mod ending;
mod tokens;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::path::PathBuf;
use std::sync::Arc;

use super::stage::Stage;
use crate::domain::{Expiry, Overlap, Verb};
use crate::text::{counted, safe_line, thousands};
use crate::wire::{BulkCall, Plan, Report};

pub(super) use ending::{Ending, Reason};
pub(super) use tokens::Whose;

/// The words that tokens and users have of their own.
pub(super) trait BulkText: BulkCall {
    /// What the filter hides.
    type Id: Clone + Debug + Ord;
    /// What is listed.
    type Query: Clone + Debug + Eq;
    /// What a question has to know besides the plan.
    type Aim: Clone + Debug + Eq;
    /// "No tokens": what there is to do, where that is nothing.
    const NOTHING: &'static str;
    /// "The tokens": what changed.
    const CHANGED: &'static str;
    /// "the tokens": what could not be looked at.
    const LOOK: &'static str;

    /// For how many it is, where that is known before it is planned.
    fn sized(target: &Self::Target) -> Option<usize>;
    /// What of an item the filter may hide.
    fn id(item: &Self::Item) -> Self::Id;
    /// `robot-1, robot-2 and 13 more`, each once.
    fn names<'p>(items: impl Iterator<Item = &'p Self::Item>) -> String;
    /// `Revoke 2 tokens`.
    fn title(bulk: &Bulk<Self>) -> String;
    /// The questions, with as much as there is room for.
    fn stages(bulk: &Bulk<Self>, room: Room) -> Vec<Stage>;
}

/// How much text a dialog has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    /// Columns of a line.
    pub(super) columns: usize,
    /// Lines.
    pub(super) rows: usize,
}

/// Work on many that is to be planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proposal<V: BulkText = Verb> {
    /// What to do; nothing stands for enable or disable, whichever all can have.
    pub(super) verb: Option<V>,
    /// To what.
    pub(super) target: V::Target,
    /// What the question has to know besides.
    pub(super) aim: V::Aim,
    /// What is listed, to know what it hides.
    pub(super) query: V::Query,
    /// Whether it is planned anew for the question on screen.
    pub(super) again: bool,
}

/// What a proposal came to.
#[derive(Debug)]
pub(super) enum Planned<V: BulkText = Verb> {
    /// This would be done.
    Plan {
        /// The frozen set.
        plan: Box<Plan<V>>,
        /// Those in it that the filter hides.
        hidden: BTreeSet<V::Id>,
    },
    /// Some are enabled and some are not, so that neither can be meant for all.
    Mixed,
}

/// A frozen set, and what is to be done with each of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bulk<V: BulkText = Verb> {
    /// What the backend says would be done.
    pub(super) plan: Plan<V>,
    /// What the plan was asked for, to ask again when something changed.
    pub(super) target: V::Target,
    /// What the question has to know besides.
    pub(super) aim: V::Aim,
    /// Those among them that the filter hides.
    pub(super) hidden: BTreeSet<V::Id>,
}

/// New values for many tokens, as they were confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BulkRenewal {
    /// Which tokens.
    pub(super) bulk: Arc<Bulk>,
    /// How long the new values live.
    pub(super) expiry: Expiry,
    /// How long the old ones still pass.
    pub(super) overlap: Overlap,
    /// The new file that the values go to.
    pub(super) file: PathBuf,
}

/// New values in their file.
#[derive(Debug)]
pub(super) struct Rotated {
    /// How each token ended.
    pub(super) report: Report,
    /// Where the values are: `host:/absolute/path`.
    pub(super) place: String,
}

impl<V: BulkText> Bulk<V> {
    /// `Revoke 2 tokens`.
    pub(super) fn title(&self) -> String {
        V::title(self)
    }

    /// The questions, with as much as there is room for.
    pub(super) fn stages(&self, room: Room) -> Vec<Stage> {
        V::stages(self, room)
    }

    /// `2 hidden by the filter: robot-1, robot-2`.
    pub(super) fn unseen(&self) -> Option<String> {
        let hidden = self.plan.items.iter().filter(|item| self.hidden.contains(&V::id(item)));
        let count = thousands(self.hidden.len());
        (!self.hidden.is_empty())
            .then(|| format!("{count} hidden by the filter: {}", V::names(hidden)))
    }

    /// `(1 skipped: already revoked)`.
    pub(super) fn skipped(&self) -> Option<String> {
        let reasons = self.plan.skipped();
        let count: usize = reasons.values().sum();
        let reasons: Vec<_> = reasons.iter().map(|(reason, count)| (*count, *reason)).collect();
        (count > 0).then(|| format!("({} skipped: {})", thousands(count), listed(&reasons)))
    }

    /// `No tokens to revoke (1 skipped: already revoked)`.
    pub(super) fn nothing_to_do(&self) -> String {
        let skipped = self.skipped().unwrap_or_default();
        format!("{} to {} {skipped}", V::NOTHING, self.plan.verb).trim_end().to_owned()
    }
}

/// "1 token", "19 tokens".
pub(super) fn tokens(count: usize) -> String {
    counted(count, "token")
}

/// "1 request", "3 requests".
pub(super) fn requests(count: usize) -> String {
    counted(count, "request")
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
    safe_line(&words.join(", "))
}

#[cfg(test)]
mod tests;

//! Work on many at once: a frozen plan before it, a report after it. It is written once,
//! for tokens and for what users hold; what differs follows from the verb.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{Debug, Display};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use super::ability::Ability;
use crate::domain::job::Work;
use crate::domain::{Guid, Receiver, Refusal, Time, Verb};
use crate::text::thousands;

/// A verb that can be planned for many: [`Verb`] for tokens, and
/// [`crate::domain::HolderVerb`] for what users hold of modules.
pub trait BulkVerb:
    Copy + Debug + Display + Eq + Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static
{
    /// What a plan is asked for.
    type Target: Clone + Debug + Eq + Send + Sync + 'static;
    /// The account that a plan is limited to; `()` where it is to none.
    type Account: Copy + Debug + Eq + Serialize + Send + Sync + 'static;
    /// One of those that a plan is for.
    type Item: BulkItem;
    /// How one of them ended.
    type End: BulkEnd;
    /// A plan as it is sent.
    type Form: DeserializeOwned + JsonSchema + Into<Plan<Self>>;
    /// The schema of a report: its name, what it is, and what its items are.
    const REPORT: [&str; 3];

    /// Whether an account is none, and not sent.
    fn is_nowhere(account: &Self::Account) -> bool;
    /// The same as a job has it.
    fn work(self) -> Work;
    /// That a plan would do nothing.
    fn nothing_to_do(self) -> Refusal;
    /// What carrying it out takes of a backend.
    fn abilities(plan: &Plan<Self>) -> Vec<Ability>;
    /// What it takes away.
    fn toll(plan: &Plan<Self>) -> Toll;
    /// "revoke 19": the words that confirm it.
    fn words(plan: &Plan<Self>) -> String;
    /// Whether nothing less than those words does.
    fn wants_words(plan: &Plan<Self>) -> bool;
}

/// What every item of a plan says.
pub trait BulkItem: Clone + Debug + Eq + Serialize + Send + Sync + 'static {
    /// What will be done.
    fn step(&self) -> &Step;
    /// Whether another plan does the same to the same, as it was then.
    fn is_same(&self, other: &Self) -> bool;
    /// How many records it is about.
    fn size(&self) -> usize;
}

/// What every item of a report says.
pub trait BulkEnd:
    Clone + Debug + Eq + Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static
{
    /// How it ended.
    fn outcome(&self) -> &Outcome;
}

/// What will be done with one token of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The action itself.
    Act,
    /// It is handed over to this receiver and keeps its value.
    Give(
        /// Who gets it.
        Receiver,
    ),
    /// The request is cancelled, as revoking many tokens leaves none that could come alive.
    CancelRequest,
    /// Nothing, for this reason.
    Skip {
        /// The refusal's code.
        code: String,
        /// The refusal's sentence.
        reason: String,
    },
}

impl Step {
    /// Nothing, because of this.
    pub fn skip(refusal: &Refusal) -> Self {
        Self::Skip { code: refusal.code().to_owned(), reason: refusal.to_string() }
    }

    /// Whether it is more than nothing.
    pub fn acts(&self) -> bool {
        match self {
            Self::Act | Self::Give(_) | Self::CancelRequest => true,
            Self::Skip { .. } => false,
        }
    }

    /// How an item ended that was to be skipped; none where something was to be done.
    pub fn skipped(&self) -> Option<Outcome> {
        match self {
            Self::Act | Self::Give(_) | Self::CancelRequest => None,
            Self::Skip { code, reason } => {
                Some(Outcome::Skipped { code: code.clone(), reason: reason.clone() })
            }
        }
    }
}

/// How one item of a plan ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Done,
    /// There was nothing to do.
    Skipped {
        /// The refusal's code.
        code: String,
        /// The refusal's sentence.
        reason: String,
    },
    /// It could not be done.
    Failed {
        /// The refusal's code.
        code: String,
        /// The refusal's sentence.
        reason: String,
    },
}

impl Outcome {
    /// That nothing was left to do, because of this.
    pub fn skipped(refusal: &Refusal) -> Self {
        Self::Skipped { code: refusal.code().to_owned(), reason: refusal.to_string() }
    }

    /// That it could not be done, because of this.
    pub fn failed(refusal: &Refusal) -> Self {
        Self::Failed { code: refusal.code().to_owned(), reason: refusal.to_string() }
    }

    /// "skipped", and why.
    pub fn words(&self) -> [&str; 2] {
        match self {
            Self::Done => ["done", ""],
            Self::Skipped { reason, .. } => ["skipped", reason],
            Self::Failed { reason, .. } => ["failed", reason],
        }
    }
}

/// A frozen set of items and what will be done with each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(bound = "")]
pub struct Plan<V: BulkVerb = Verb> {
    /// Names it, so that it is started once however often it is sent, and its job is
    /// found again; none = each time anew.
    pub id: Option<Guid>,
    /// The action.
    pub verb: V,
    /// In which account.
    #[serde(skip_serializing_if = "V::is_nowhere")]
    pub account: V::Account,
    /// Every item concerned, in the order of the list.
    pub items: Vec<V::Item>,
    /// When it was made.
    pub made_at: Time,
}

impl<'de, V: BulkVerb> Deserialize<'de> for Plan<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        V::Form::deserialize(deserializer).map(Into::into)
    }
}

impl<V: BulkVerb> JsonSchema for Plan<V> {
    fn schema_name() -> Cow<'static, str> {
        V::Form::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        V::Form::json_schema(generator)
    }
}

impl<V: BulkVerb> Plan<V> {
    /// The items that something will be done with.
    pub fn acting(&self) -> impl Iterator<Item = &V::Item> {
        self.items.iter().filter(|item| item.step().acts())
    }

    /// How many they are.
    pub fn count(&self) -> usize {
        self.acting().count()
    }

    /// Refuses a plan that would do nothing.
    pub fn must_act(&self) -> Result<(), Refusal> {
        if self.count() == 0 { Err(self.verb.nothing_to_do()) } else { Ok(()) }
    }

    /// How many will be skipped, for each reason.
    pub fn skipped(&self) -> BTreeMap<&str, usize> {
        let mut reasons = BTreeMap::new();
        for item in &self.items {
            match item.step() {
                Step::Skip { reason, .. } => *reasons.entry(reason.as_str()).or_default() += 1,
                Step::Act | Step::Give(_) | Step::CancelRequest => {}
            }
        }
        reasons
    }

    /// What carrying it out takes of a backend.
    pub fn abilities(&self) -> Vec<Ability> {
        V::abilities(self)
    }

    /// What it takes away.
    pub fn toll(&self) -> Toll {
        V::toll(self)
    }

    /// How many records it is about.
    pub fn size(&self) -> usize {
        self.items.iter().fold(0, |sum, item| sum.saturating_add(item.size()))
    }

    /// "revoke 19": the words that confirm it.
    pub fn words(&self) -> String {
        V::words(self)
    }

    /// What must be typed to confirm it; none where a yes is enough.
    pub fn phrase(&self) -> Option<String> {
        V::wants_words(self).then(|| V::words(self))
    }

    /// Whether another plan does the same to the same, as it was then.
    pub fn is_same(&self, other: &Self) -> bool {
        let mut both = self.items.iter().zip(&other.items);
        self.items.len() == other.items.len() && both.all(|(mine, other)| mine.is_same(other))
    }
}

/// What came of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Report<V: BulkVerb = Verb> {
    /// The action.
    pub verb: V,
    /// Every item of the plan.
    pub items: Vec<V::End>,
}

impl<V: BulkVerb> JsonSchema for Report<V> {
    fn schema_name() -> Cow<'static, str> {
        let [name, ..] = V::REPORT;
        name.into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let [_, description, of_items] = V::REPORT;
        let mut verb = generator.subschema_for::<V>();
        verb.insert("description".to_owned(), "The action.".into());
        let mut items = generator.subschema_for::<Vec<V::End>>();
        items.insert("description".to_owned(), of_items.into());
        json_schema!({
            "description": description,
            "type": "object",
            "properties": { "verb": verb, "items": items },
            "required": ["verb", "items"],
        })
    }
}

impl<V: BulkVerb> Report<V> {
    /// How many were done, skipped and failed.
    pub fn counts(&self) -> (usize, usize, usize) {
        self.items.iter().fold((0, 0, 0), |(done, skipped, failed), item| match item.outcome() {
            Outcome::Done => (done + 1, skipped, failed),
            Outcome::Skipped { .. } => (done, skipped + 1, failed),
            Outcome::Failed { .. } => (done, skipped, failed + 1),
        })
    }
}

/// What a plan takes away, counted once for every question about it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Toll {
    /// Tokens, the requests among them, each once.
    pub tokens: usize,
    /// Requests that nobody has a value of.
    pub requests: usize,
    /// Values that pass now and stop doing so.
    pub values: usize,
    /// Those of them that were exported and wait for their owner.
    pub exported: usize,
}

impl Toll {
    /// "3 values stop working, 1 of them exported": nothing where none works.
    pub fn values(self) -> Option<String> {
        let values = match self.values {
            0 => return None,
            1 if self.exported == 1 => return Some("1 exported value stops working".to_owned()),
            1 => return Some("1 value stops working".to_owned()),
            values if values == self.exported => {
                return Some(format!("{} exported values stop working", thousands(values)));
            }
            values => thousands(values),
        };
        let exported = match self.exported {
            0 => String::new(),
            exported => format!(", {} of them exported", thousands(exported)),
        };
        Some(format!("{values} values stop working{exported}"))
    }

    /// "1 exported value stops working", for whoever speaks of the other values apart.
    pub fn exported(self) -> Option<String> {
        Self { values: self.exported, ..self }.values()
    }
}

//! What the rows of a backend consist of: the columns, filters, form fields and details tabs
//! that there are. A backend says it in its session, so that one with other facts needs no
//! screen of its own; who says nothing has all of ours.

use std::borrow::Cow;
use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::IntoEnumIterator as _;

use crate::domain::query::{Asked, QueryTerms, QueryWord};
use crate::domain::{AccountFilter, Column, Query, SortKey, Status};

use super::known;

/// What there is of a backend's rows. It always has names, and the tab General.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Descriptors {
    /// The columns, the most important first.
    #[serde(deserialize_with = "known::each")]
    pub columns: Vec<ColumnDescriptor>,
    /// The statuses that its tokens may have.
    #[serde(deserialize_with = "known::each")]
    pub statuses: BTreeSet<Status>,
    /// What a list can be narrowed by: the words of the query language.
    #[serde(serialize_with = "known::words", deserialize_with = "known::each_word")]
    #[schemars(with = "BTreeSet<String>")]
    pub filters: BTreeSet<QueryWord>,
    /// The fields of the form for a new token.
    #[serde(deserialize_with = "known::each")]
    pub create: BTreeSet<FormField>,
    /// Those of the form that edits one.
    #[serde(deserialize_with = "known::each")]
    pub edit: BTreeSet<FormField>,
    /// The tabs of the details, in their order.
    #[serde(deserialize_with = "known::each")]
    pub tabs: Vec<DetailsTab>,
    /// Whether its operators have roles. Where not, what may be done is said by its abilities
    /// alone, and the role in the session is nobody's.
    pub roles: bool,
}

/// A column of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ColumnDescriptor {
    /// Which: one of ours, or `own:` and the key of one that only the backend knows of.
    #[schemars(with = "String")]
    pub key: Column,
    /// What people read above it.
    pub title: String,
    /// What is in it.
    pub kind: ColumnKind,
    /// Its width on a screen, in cells.
    pub width: u16,
    /// Whether a list can be sorted by it.
    pub sorts: bool,
    /// Whether it is shown where nobody chose columns.
    pub shown: bool,
}

/// What is in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    /// An instant, or a day.
    Time,
    /// A count.
    Number,
    /// Yes or no.
    Flag,
    /// Anything else, kinds of later versions among it.
    #[serde(other)]
    Text,
}

/// A field of the form for a token.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    JsonSchema,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FormField {
    /// Name; no form is without.
    Name,
    /// Description.
    Description,
    /// Account.
    Account,
    /// Owner.
    Owner,
    /// Whether it is enabled.
    Enabled,
    /// The public half of its value.
    Guid,
    /// Scopes.
    Scopes,
    /// First instant of validity.
    ValidFrom,
    /// Its end: a period, or a date.
    Expires,
    /// Labels.
    Labels,
    /// A level for each module.
    Access,
    /// Permission groups.
    Groups,
}

/// A tab of the details.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    JsonSchema,
    strum::EnumIter,
    strum::Display,
    strum::EnumString,
)]
#[serde(rename_all = "lowercase")]
pub enum DetailsTab {
    /// Description, GUID, value, endpoint, and what only the backend knows of.
    #[default]
    General,
    /// What may be called.
    Modules,
    /// Dates.
    Details,
    /// What was done, and by whom.
    #[strum(serialize = "Audit trail")]
    Audit,
}

impl ColumnDescriptor {
    /// One of ours, with our words.
    fn ours(key: Column) -> Self {
        let (kind, width) = match key {
            Column::Name | Column::Account | Column::RevokedBy | Column::Own(_) => {
                (ColumnKind::Text, 16)
            }
            Column::LastAccess | Column::Created => (ColumnKind::Time, 16),
            Column::Status => (ColumnKind::Text, 11),
            Column::Id => (ColumnKind::Text, 13),
            Column::RevokedAt => (ColumnKind::Time, 13),
            Column::Modules => (ColumnKind::Text, 12),
            Column::IsActive => (ColumnKind::Flag, 12),
            Column::Expires => (ColumnKind::Time, 10),
            Column::ActiveFrom => (ColumnKind::Time, 14),
            Column::CreatedBy | Column::Owner | Column::Labels => (ColumnKind::Text, 26),
            Column::Guid => (ColumnKind::Text, 36),
        };
        // Labels are for who looks for them.
        let shown = key != Column::Labels;
        Self { key, title: key.title().to_owned(), kind, width, sorts: true, shown }
    }

    /// How wide it is, with room for the arrow and the place of a sort key.
    pub fn cells(&self) -> usize {
        usize::from(self.width.clamp(1, MOST_CELLS))
    }
}

/// The most that a column takes of a screen.
const MOST_CELLS: u16 = 60;

/// All of ours: what a store and our server say.
impl Default for Descriptors {
    fn default() -> Self {
        Self {
            columns: Column::iter().map(ColumnDescriptor::ours).collect(),
            statuses: Status::told().collect(),
            filters: QueryWord::iter().collect(),
            create: FormField::iter().collect(),
            edit: FormField::iter().collect(),
            tabs: DetailsTab::iter().collect(),
            roles: true,
        }
    }
}

impl Descriptors {
    /// Whether nothing is said but what is ours.
    pub fn are_ours(&self) -> bool {
        *self == Self::default()
    }

    /// What is said of a column; none where there is no such column.
    pub fn column(&self, key: Column) -> Option<&ColumnDescriptor> {
        self.columns.iter().find(|column| column.key == key)
    }

    /// The columns there are, the most important first.
    pub fn keys(&self) -> impl Iterator<Item = Column> {
        self.columns.iter().map(|column| column.key)
    }

    /// The place of a column among all, in the order in which they are told.
    pub fn place(&self, key: Column) -> Option<usize> {
        self.keys().position(|column| column == key)
    }

    /// Whether there is such a column.
    pub fn has(&self, key: Column) -> bool {
        self.column(key).is_some()
    }

    /// What a column is called here.
    pub fn title(&self, key: Column) -> Cow<'_, str> {
        let said = self.column(key).map(|column| Cow::Borrowed(column.title.as_str()));
        said.unwrap_or_else(|| Cow::Owned(key.title().to_owned()))
    }

    /// The columns that only this backend knows of.
    pub fn own(&self) -> impl Iterator<Item = &ColumnDescriptor> {
        self.columns.iter().filter(|column| matches!(column.key, Column::Own(_)))
    }

    /// Whether tokens belong to accounts.
    pub fn accounts(&self) -> bool {
        self.has(Column::Account)
    }

    /// Whether a form has a field; that of a new token, or the one that edits.
    pub fn asks(&self, field: FormField, new: bool) -> bool {
        field == FormField::Name || if new { &self.create } else { &self.edit }.contains(&field)
    }

    /// Refuses what a list can't be sorted by.
    pub fn must_sort(&self, keys: &[SortKey]) -> Result<(), String> {
        let sorts = |key: Column| self.column(key).is_some_and(|column| column.sorts);
        let Some(wrong) = keys.iter().find(|key| !sorts(key.column)) else { return Ok(()) };
        let known = self.keys().filter(|key| sorts(*key));
        let known: Vec<_> = known.map(|key| key.typed().into_owned()).collect();
        let typed = wrong.column.typed();
        Err(format!("'{typed}' is nothing to sort by here: {}", known.join(", ")))
    }

    /// Refuses a word that narrows nothing here.
    pub fn must_have(&self, word: QueryWord) -> Result<(), String> {
        if self.filters.contains(&word) {
            return Ok(());
        }
        Err(format!("There is no filter '{}' here", word.key()))
    }

    /// Refuses what a list can't be narrowed by.
    pub fn must_filter(&self, query: &Query, terms: &QueryTerms) -> Result<(), String> {
        let words = terms.iter().map(|term| term.asked.word());
        let fields = [
            (QueryWord::Status, !query.statuses.is_empty()),
            (QueryWord::Account, query.account != AccountFilter::Any),
            (QueryWord::Text, !query.search.is_empty()),
            (QueryWord::Name, !query.text.is_empty()),
            (QueryWord::Module, !query.modules.is_empty()),
            (QueryWord::Scope, !query.scopes.is_empty()),
            (QueryWord::Owner, query.owner.is_some()),
            (QueryWord::Guid, !query.guid.is_empty()),
            (QueryWord::Expires, query.expires_before.is_some()),
            (QueryWord::Unused, query.unused_since.is_some()),
            (QueryWord::NeverUsed, query.never_used),
        ];
        let fields = fields.into_iter().filter(|(_, asked)| *asked).map(|(word, _)| word);
        words.chain(fields).try_for_each(|word| self.must_have(word))?;
        let asked = terms.iter().filter_map(|term| match &term.asked {
            Asked::Status(statuses) => Some(statuses),
            _ => None,
        });
        let mut asked = asked.flatten().chain(&query.statuses);
        match asked.find(|status| !self.statuses.contains(status)) {
            Some(none) => Err(format!("no token is {} here", none.to_string().to_lowercase())),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should fail")]
mod tests {
    use super::*;
    use crate::domain::OwnColumn;
    use crate::domain::query::Bare;

    #[test]
    fn who_says_nothing_has_all_of_ours_and_what_is_said_survives_the_wire() {
        let ours = Descriptors::default();
        assert_eq!(serde_json::from_str::<Descriptors>("{}").unwrap(), ours);
        let own = Column::Own(OwnColumn::new("seats").unwrap());
        let column = ColumnDescriptor { key: own, ..ColumnDescriptor::ours(Column::Name) };
        let other = Descriptors { columns: vec![column], roles: false, ..Descriptors::default() };
        for said in [ours, other] {
            let text = serde_json::to_string(&said).unwrap();
            assert_eq!(serde_json::from_str::<Descriptors>(&text).unwrap(), said);
        }
    }

    #[test]
    fn what_a_newer_server_says_in_words_of_its_own_is_left_out() {
        let text = r#"{
            "columns": [
                { "key": "name", "title": "N", "kind": "text", "width": 9, "sorts": true, "shown": true },
                { "key": "later", "title": "L", "kind": "text", "width": 9, "sorts": true, "shown": true },
                { "key": "own:a", "title": "A", "kind": "map", "width": 0, "sorts": false, "shown": true },
                7
            ],
            "statuses": ["active", "asleep"], "filters": ["status", "mood", 3], "tabs": ["x"],
            "create": [], "edit": ["name", "mood"], "roles": true
        }"#;
        let said: Descriptors = serde_json::from_str(text).unwrap();
        let keys: Vec<_> = said.keys().map(|key| key.typed().into_owned()).collect();
        assert_eq!(keys, ["name", "own:a"]);
        assert_eq!(
            said.columns.last().map(|column| (column.kind, column.cells())),
            Some((ColumnKind::Text, 1))
        );
        assert_eq!(said.statuses, BTreeSet::from([Status::Active]));
        assert_eq!(said.filters, BTreeSet::from([QueryWord::Status]));
        assert_eq!((said.tabs, said.create), (vec![], BTreeSet::new()));
    }

    #[test]
    fn what_is_not_there_is_refused_by_name() {
        let ours = Descriptors::default();
        let terms = QueryTerms::parse("status:active -never lookalike", Bare::Text).unwrap();
        assert_eq!(ours.must_filter(&Query::default(), &terms), Ok(()));
        let few = Descriptors { filters: BTreeSet::from([QueryWord::Status]), ..ours };
        let refused = few.must_filter(&Query::default(), &terms);
        assert_eq!(refused, Err("There is no filter 'never' here".to_owned()));
        let own = SortKey::parse_list("own:seats").unwrap();
        assert!(few.must_sort(&own).is_err_and(|why| why.starts_with("'own:seats' is nothing")));
        assert_eq!(few.must_sort(&Query::default().sort), Ok(()));
    }
}

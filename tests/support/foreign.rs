//! A backend with other facts than ours: columns of its own, one of them a time, and fewer
//! of ours; few filters and fields, one tab; no accounts, roles, versions or values, and no
//! word about what a token's status is.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use tokendeck::backend::{Answer, Backend};
use tokendeck::domain::query::QueryWord;
use tokendeck::domain::{Column, Direction, OwnColumn, Query, Status, TokenDraft, Verb, Window};
use tokendeck::wire::{
    ColumnDescriptor, ColumnKind, Descriptors, DetailsTab, Edit, FormField, Issued, OwnValue, Page,
    RowId, Run, Session, TokenView,
};
use tokio::sync::watch;

use super::lacking::Odd;

/// Its own columns.
pub(crate) fn own(key: &str) -> Column {
    Column::Own(OwnColumn::new(key).unwrap())
}

fn column(key: Column, title: &str, kind: ColumnKind) -> ColumnDescriptor {
    let (title, sorts) = (title.to_owned(), key != own("team"));
    ColumnDescriptor { key, title, kind, width: 17, sorts, shown: true }
}

/// What it says of its rows.
pub(crate) fn descriptors() -> Descriptors {
    let ours = Descriptors::default();
    let kept = [Column::Name, Column::Status, Column::Id];
    let kept = ours.columns.into_iter().filter(|column| kept.contains(&column.key));
    let own = [
        column(own("seats"), "Seats", ColumnKind::Number),
        column(own("rotated"), "Last rotated", ColumnKind::Time),
        column(own("team"), "Team\u{1b}[2J", ColumnKind::Text),
        column(own("root"), "Root", ColumnKind::Flag),
    ];
    Descriptors {
        columns: kept.chain(own).collect(),
        statuses: BTreeSet::from([Status::Unknown]),
        filters: BTreeSet::from([QueryWord::Text, QueryWord::Status]),
        create: BTreeSet::from([FormField::Name, FormField::Description]),
        edit: BTreeSet::from([FormField::Name]),
        tabs: vec![DetailsTab::General],
        roles: false,
    }
}

/// A store seen so.
pub(crate) struct Foreign(Odd);

impl Foreign {
    pub(crate) fn new(inner: Arc<dyn Backend>) -> Self {
        Self(Odd(inner))
    }
}

/// Seats of a token: some number that tells them apart.
fn seats(view: &TokenView) -> i64 {
    i64::try_from(view.token.name.len()).unwrap()
}

fn seen(mut view: TokenView) -> TokenView {
    let rotated = view.token.created.at;
    view.status = Status::Unknown;
    (view.guid, view.endpoint) = (None, None);
    let token = &mut view.token;
    (token.version, token.value, token.accepted) = (0, None, None);
    view.own = [
        ("seats", OwnValue::Number(seats(&view))),
        ("rotated", OwnValue::Time(rotated)),
        ("team", OwnValue::Text("Night\u{1b}[2J shift".to_owned())),
        ("root", OwnValue::Flag(false)),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into();
    view
}

fn issued(issued: Issued) -> Issued {
    Issued { token: seen(issued.token), value: issued.value }
}

#[async_trait]
impl Backend for Foreign {
    async fn session(&self) -> Answer<Session> {
        Ok(Session { descriptors: descriptors(), ..self.0.session().await? })
    }

    async fn list(&self, query: Query, window: Window) -> Answer<Page> {
        let sort = query.sort.clone();
        let known = descriptors();
        assert!(sort.iter().all(|key| known.has(key.column)), "{sort:?}");
        assert!(query.statuses.is_subset(&known.statuses), "{query:?}");
        let ours = sort.iter().copied().filter(|key| !matches!(key.column, Column::Own(_)));
        let query = Query { statuses: BTreeSet::new(), sort: ours.collect(), ..query };
        let mut tokens = self.0.list(query, Window::ALL).await?.tokens;
        tokens = tokens.into_iter().map(seen).collect();
        match sort.first() {
            Some(key) if key.column == own("seats") && key.direction == Direction::Descending => {
                tokens.sort_by_key(|view| Reverse(seats(view)));
            }
            Some(key) if key.column == own("seats") => tokens.sort_by_key(seats),
            _ => {}
        }
        let total = tokens.len();
        let totals = [(Status::Unknown, total)].into();
        let tokens = tokens.into_iter().skip(window.offset).take(window.limit).collect();
        let offset = window.offset;
        Ok(Page { total, offset, tokens, totals, as_of: None, next_change: None })
    }

    async fn show(&self, reference: String) -> Answer<TokenView> {
        self.0.show(reference).await.map(seen)
    }

    async fn create(&self, draft: TokenDraft, run: Run) -> Answer<Issued> {
        assert!(draft.account.is_none() && draft.guid.is_none(), "{draft:?}");
        self.0.create(draft, run).await.map(issued)
    }

    async fn edit(&self, id: RowId, edit: Edit, run: Run) -> Answer<Issued> {
        assert_eq!(edit.version, 0);
        // Its own way of knowing which one is meant.
        let version = self.0.show(id.to_string()).await?.token.version;
        self.0.edit(id, Edit { version, ..edit }, run).await.map(issued)
    }

    async fn act(&self, verb: Verb, id: RowId, version: Option<u64>) -> Answer<TokenView> {
        assert_eq!(version, None, "there is no version to compare with");
        self.0.act(verb, id, version).await.map(seen)
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.0.changes()
    }

    async fn close(&self) -> Answer<()> {
        self.0.close().await
    }
}

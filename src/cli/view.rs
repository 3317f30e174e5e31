//! `tokendeck view`: what a list shows, under a name.

use serde::Serialize;

use super::args::ViewCommand;
use super::deck::Deck;
use super::exit::Finish;
use super::failure::Ended;
use super::output::{Format, Sheet};
use crate::domain::view::{all_views, is_built_in};
use crate::domain::{Query, Window};

#[derive(Serialize)]
struct Listed {
    total: usize,
    views: Vec<Line>,
}

#[derive(Serialize)]
struct Line {
    name: String,
    built_in: bool,
    tokens: Option<usize>,
    filter: String,
    sort: String,
    columns: Vec<String>,
}

/// Does what the command says.
pub(super) async fn run(deck: &Deck, command: &ViewCommand) -> Ended {
    match command {
        ViewCommand::List => list(deck).await,
    }
}

async fn list(deck: &Deck) -> Ended {
    let mut views = Vec::new();
    for (name, view) in all_views(&deck.views) {
        let query = Query { filter: view.filter.clone(), ..Query::default() };
        let page = deck.backend.list(query, Window { offset: 0, limit: 0 }).await;
        // A name in it may stand for nothing at this backend.
        let tokens = page.ok().map(|page| page.total);
        let columns = view.columns.iter().map(|column| column.typed().into_owned()).collect();
        let (built_in, sort) = (is_built_in(&name), view.order());
        views.push(Line { name, built_in, tokens, filter: view.filter, sort, columns });
    }
    let listed = Listed { total: views.len(), views };
    deck.output.list(&listed, &listed.views, |format| {
        let row = |line: &Line| {
            let none = if format == Format::Csv { "" } else { "?" };
            let kind = if line.built_in { "built in" } else { "own" };
            vec![
                line.name.clone(),
                line.tokens.map_or_else(|| none.to_owned(), |count| count.to_string()),
                kind.to_owned(),
                line.filter.clone(),
                line.sort.clone(),
                line.columns.join(","),
            ]
        };
        let titles = vec!["Name", "Tokens", "Kind", "Filter", "Sort", "Columns"];
        Sheet::new(titles, listed.views.iter().map(row).collect())
    })?;
    Ok(Finish::Done)
}

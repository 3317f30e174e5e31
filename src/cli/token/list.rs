//! `tokendeck token list`.

use serde::Serialize;

use super::columns;
use super::filter::{query, view_of};
use super::report::parts;
use super::view::{sheet_of, table};
use crate::cli::args::ListArgs;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::output::{Format, print};
use crate::domain::Window;
use crate::domain::query::Bare;
use crate::wire::TokenView;

#[derive(Serialize)]
struct Listed<'p> {
    total: usize,
    offset: usize,
    tokens: &'p [TokenView],
}

pub(super) async fn run(deck: &Deck, args: &ListArgs) -> Ended {
    let ListArgs { filters, sorting, shape } = args;
    if !shape.columns.is_empty() && deck.output.format().is_json() {
        let message = "--columns is for tables and CSV: JSON has every field under its name";
        return Err(Failure::Usage(message.to_owned()));
    }
    let said = &deck.session.descriptors;
    let mut columns = columns::parse(said, &shape.columns)?;
    if columns.is_empty() {
        // Those that this backend has; JSON has every field anyway.
        let kept = view_of(deck, filters)?.columns;
        let kept = kept.iter().filter(|column| said.has(**column));
        let kept: Vec<_> = kept.map(|column| column.typed().into_owned()).collect();
        columns = columns::parse(said, &kept)?;
    }
    let query = query(deck, filters, &sorting.sort, Bare::Text).await?;
    let searches = query.searches();
    let limit = sorting.limit.unwrap_or(usize::MAX);
    let window = Window { offset: sorting.offset, limit };
    let page = deck.backend.list(query, window).await?;
    if shape.quiet {
        let ids: Vec<_> = page.tokens.iter().map(|view| view.token.id.to_string()).collect();
        // Nothing found is no line.
        print(&ids.iter().flat_map(|id| [id.as_str(), "\n"]).collect::<String>())?;
        return Ok(Finish::Done);
    }
    let listed = Listed { total: page.total, offset: page.offset, tokens: &page.tokens };
    let matched = || page.tokens.iter().map(|view| parts(&view.matched)).collect();
    let is_elsewhere = page.tokens.iter().any(|view| !view.matched.is_empty());
    deck.output.list(&listed, &page.tokens, |format| match format {
        _ if !columns.is_empty() => columns::sheet((said, &columns), &page.tokens, format),
        Format::Csv if searches => sheet_of(said, &page.tokens).with_cells("matched", matched()),
        Format::Csv => sheet_of(said, &page.tokens),
        _ if is_elsewhere => table(said, &page.tokens).with_cells("Matched", matched()),
        _ => table(said, &page.tokens),
    })?;
    if page.tokens.len() < page.total {
        deck.output.note(&format!("{} of {} tokens", page.tokens.len(), page.total));
    }
    Ok(Finish::Done)
}

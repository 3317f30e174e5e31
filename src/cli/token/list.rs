//! `tokendeck token list`.

use serde::Serialize;

use super::filter::query;
use super::view::{sheet_of, table};
use crate::cli::args::ListArgs;
use crate::cli::deck::Deck;
use crate::cli::exit::Exit;
use crate::cli::failure::Outcome;
use crate::cli::output::Format;
use crate::domain::Window;
use crate::wire::TokenView;

#[derive(Serialize)]
struct Listed<'p> {
    total: usize,
    offset: usize,
    tokens: &'p [TokenView],
}

pub(super) async fn run(deck: &Deck, args: &ListArgs) -> Outcome {
    let query = query(deck, &args.filters, &args.sorting.sort).await?;
    let limit = args.sorting.limit.unwrap_or(usize::MAX);
    let window = Window { offset: args.sorting.offset, limit };
    let page = deck.backend.list(query, window).await?;
    let listed = Listed { total: page.total, offset: page.offset, tokens: &page.tokens };
    deck.output.list(&listed, &page.tokens, |format| match format {
        Format::Csv => sheet_of(&page.tokens),
        _ => table(&page.tokens),
    })?;
    if page.tokens.len() < page.total {
        deck.output.note(&format!("{} of {} tokens", page.tokens.len(), page.total));
    }
    Ok(Exit::Done)
}

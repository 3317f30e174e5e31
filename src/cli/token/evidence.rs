//! `tokendeck token report`: what is asked after a leak or a leaver, as a file or on
//! standard output.

use super::filter::query;
use super::which::{both, named};
use crate::backend::evidence::{self, Chain, ReportForm};
use crate::cli::args::ReportArgs;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::input;
use crate::cli::output::{Format, print, to_line};
use crate::domain::Window;
use crate::domain::query::Bare;
use crate::text::counted;
use crate::wire::RowId;

pub(super) async fn run(deck: &Deck, args: &ReportArgs) -> Ended {
    let form = form(deck, args)?;
    let ids = ids(deck, args).await?;
    if ids.is_empty() {
        deck.output.note("no token was found, and nothing was written");
        return Ok(Finish::Done);
    }
    let evidence = evidence::gather(&*deck.backend, &ids).await?;
    match (&args.out, form) {
        (Some(path), form) => {
            let path = path.clone();
            let kept = evidence.clone();
            let saved = tokio::task::spawn_blocking(move || evidence::save(&path, form, &kept));
            let path = saved.await.map_err(|error| Failure::Screen(error.to_string()))??;
            let tokens = counted(evidence.tokens.len(), "token");
            deck.output.note(&format!("report on {tokens} written to '{}'", path.display()));
        }
        // In which nothing acts on a terminal.
        (None, ReportForm::Json) => print(&(to_line(&evidence) + "\n"))?,
        (None, ReportForm::Markdown) => print(&form.text(&evidence)?)?,
    }
    match &evidence.chain {
        Chain::Read(chain) if chain.whole => Ok(Finish::Done),
        Chain::Read(_) => {
            deck.output.warn("log_broken", "the log is broken: see 'tokendeck audit verify'");
            Ok(Finish::No)
        }
        Chain::Unread { .. } => {
            deck.output.note("the head of the log could not be read: the report says so");
            Ok(Finish::Done)
        }
    }
}

/// As it was asked for, else by the name of the file.
fn form(deck: &Deck, args: &ReportArgs) -> Result<ReportForm, Failure> {
    match deck.output.format() {
        Format::Json | Format::Jsonl => Ok(ReportForm::Json),
        Format::Md => Ok(ReportForm::Markdown),
        Format::Table => {
            let named = args.out.as_deref().and_then(|path| ReportForm::of(path).ok());
            Ok(named.unwrap_or(ReportForm::Markdown))
        }
        Format::Csv => {
            let message = "a report is no list: -o md or -o json; 'token list -o csv' is one";
            Err(Failure::Usage(message.to_owned()))
        }
    }
}

/// Those that are named, those of standard input, or those that the filters find.
async fn ids(deck: &Deck, args: &ReportArgs) -> Result<Vec<RowId>, Failure> {
    let from_input = args.tokens.iter().any(|token| token == "-");
    if !args.tokens.is_empty() && args.filters.is_given() {
        return Err(both());
    }
    if args.filters.is_given() {
        let query = query(deck, &args.filters, &[], Bare::Text).await?;
        let page = deck.backend.list(query, Window::ALL).await?;
        return Ok(page.tokens.into_iter().map(|view| view.token.id).collect());
    }
    let mut references = if from_input { input::lines()? } else { vec![] };
    references.extend(args.tokens.iter().filter(|token| *token != "-").cloned());
    if references.is_empty() && !from_input {
        let message = "which tokens? name them, or say which with filters such as: \
                       token report --owner kim";
        return Err(Failure::Usage(message.to_owned()));
    }
    let views = named(deck, &references).await?;
    Ok(views.into_iter().map(|view| view.token.id).collect())
}

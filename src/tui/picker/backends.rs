//! The backends there are, each with its kind and place (R2).

use super::entry::{Choice, Entry};
use crate::text::{pad, safe_line, width};
use crate::tui::backends::BackendChoice;
use crate::tui::place::Seen;

/// The widest the names make their column.
const NAME: usize = 24;

/// The open one is marked.
pub(super) fn entries(model: &Seen<'_>) -> Vec<Entry> {
    let offers = &model.backends.offers;
    let safe = |text: &str| safe_line(text);
    let widest = |of: fn(&str) -> usize, texts: Vec<&str>| {
        texts.into_iter().map(of).max().unwrap_or_default().min(NAME)
    };
    let name = widest(width, offers.iter().map(|offer| offer.name.as_str()).collect());
    let kinds: Vec<String> = offers.iter().map(kind_of).collect();
    let kind = widest(width, kinds.iter().map(String::as_str).collect());
    let entry = |(at, offer): (usize, &BackendChoice)| {
        let mark = if offer.name == model.backends.open { "* " } else { "  " };
        let (name, kind) = (pad(&safe(&offer.name), name), pad(&safe(&kind_of(offer)), kind));
        Entry::new(Choice::Backend(at), mark, format!("{name}  {kind}  {}", safe(&offer.place)))
    };
    offers.iter().enumerate().map(entry).collect()
}

/// `remote`, `remote, read-only`.
fn kind_of(offer: &BackendChoice) -> String {
    match offer.held {
        Some(_) => format!("{}, read-only", offer.kind),
        None => offer.kind.clone(),
    }
}

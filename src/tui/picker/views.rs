//! The views there are, each with how many tokens it has.

use super::entry::{Choice, Entry};
use crate::text::{pad, width};

/// A view to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) struct ViewChoice {
    /// Its name.
    pub(in crate::tui) name: String,
    /// How many tokens it has, in words.
    pub(in crate::tui) count: String,
    /// What it asks for.
    pub(in crate::tui) terms: String,
}

pub(super) fn entries(views: &[ViewChoice]) -> Vec<Entry> {
    let widest = |of: fn(&ViewChoice) -> &str| views.iter().map(|view| width(of(view))).max();
    let name = widest(|view| &view.name).unwrap_or_default();
    let count = widest(|view| &view.count).unwrap_or_default();
    let entry = |(at, view): (usize, &ViewChoice)| {
        let text = format!("{}  {}", pad(&view.name, name), pad(&view.count, count));
        Entry::new(Choice::View(at), "", text).noted(view.terms.clone())
    };
    views.iter().enumerate().map(entry).collect()
}

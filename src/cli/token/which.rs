//! Which tokens a command means, where they are named, and what is to be done to them.

use crate::cli::deck::Deck;
use crate::cli::failure::Failure;
use crate::domain::{Refusal, Verb, lifecycle};
use crate::wire::TokenView;

/// What is to be done to tokens by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct VerbOrder {
    pub(super) verb: Verb,
    /// Whether a token that is like that already is as good as done.
    pub(super) if_needed: bool,
}

impl VerbOrder {
    /// Whether the refusal is none to whoever gave the order.
    pub(super) fn is_met_by(self, refusal: &Refusal) -> bool {
        self.if_needed && lifecycle::is_so_already(self.verb, refusal)
    }
}

/// Nothing was said that leaves any token out.
pub(super) fn which(verb: Verb) -> Failure {
    Failure::Usage(format!(
        "which tokens? name them, or say which with filters such as: token {verb} --search WORDS"
    ))
}

/// Names and filters would say two things.
pub(super) fn both() -> Failure {
    Failure::Usage("name tokens or give filters, but not both at once".to_owned())
}

/// Tokens by id, GUID or name. All are looked up before anything is done; one that is
/// named twice counts once.
pub(super) async fn named(deck: &Deck, references: &[String]) -> Result<Vec<TokenView>, Failure> {
    let mut views: Vec<TokenView> = Vec::new();
    for reference in references {
        let view = deck.backend.show(reference.clone()).await?;
        if views.iter().all(|known| known.token.id != view.token.id) {
            views.push(view);
        }
    }
    Ok(views)
}
